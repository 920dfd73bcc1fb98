/**
 * Makes an old Chromium lack what iOS Safari 12.2 lacks, by MDN's table of what browsers have:
 * no Safari runs outside of Apple's systems.
 */
import type { CompatData, Identifier, SimpleSupportStatement } from '@mdn/browser-compat-data';

/** Something that scripts could use in newer browsers. */
export interface Lack {
  /** Where it hangs, from the window down: ["Response", "prototype"]; nothing for a global. */
  holder: string[];
  name: string;
  kind: 'property' | 'constructor' | 'inheritance';
}

/** What the floor lacks for certain and Chromium 69 has: one for every kind of mask. */
export const surelyLacking = ['BigInt', 'ResizeObserver', 'PointerEvent', 'requestIdleCallback'];

/**
 * @param version of iOS Safari, such as 12.2
 * @returns every built-in and interface, and every property of those it has, that it lacks
 */
export function lacksOfSafari(
  data: Pick<CompatData, 'api' | 'javascript'>,
  version: number,
): Lack[] {
  const lacks: Lack[] = [];
  const collect = (parent: object, owner: string[], lackOf: typeof lackOfApi): void => {
    for (const [name, feature] of Object.entries(parent) as [string, Identifier][]) {
      if (name === '__compat') continue;
      const support = feature.__compat?.support.safari_ios;
      const statements = support === undefined ? [] : [support].flat();
      if (statements.length > 0 && !statements.some((one) => has(one, version))) {
        lacks.push(...lackOf(owner, name));
      } else if (/^[A-Z]|^console$/.test(name)) {
        collect(feature, [...owner, name], lackOf);
      }
    }
  };
  collect(data.api, [], lackOfApi);
  collect(data.javascript.builtins ?? {}, [], lackOfBuiltIn);
  return lacks;
}

/** Under its own name, without a switch to throw. */
function has(statement: SimpleSupportStatement, version: number): boolean {
  const { version_added: added, version_removed: removed } = statement;
  if (statement.flags || statement.prefix || statement.alternative_name) return false;
  return numberOf(added) <= version && (removed === undefined || numberOf(removed) > version);
}

/** "≤37" is 37; what only a preview has, or nobody, is later than everything. */
function numberOf(version: string | false | null | undefined): number {
  if (version === null || version === undefined) return 0;
  const number = version === false ? Number.NaN : Number.parseFloat(version.replace('≤', ''));
  return Number.isNaN(number) ? Infinity : number;
}

/** The table says of a property of an interface whether it is of the interface itself. */
function lackOfApi(owner: string[], name: string): Lack[] {
  if (name.endsWith('_inheritance')) {
    return [{ holder: [...owner, 'prototype'], name, kind: 'inheritance' }];
  }
  if (name === owner.at(-1)) return [{ holder: owner, name, kind: 'constructor' }];
  const property = name.replace(/_static$/, '').replace(/^(\w+)_event$/, 'on$1');
  if (!isProperty(property)) return [];
  const inWindow = owner.length === 0 || owner[0] === 'Window';
  const itself = inWindow ? [] : owner;
  return name.endsWith('_static') || inWindow
    ? [{ holder: itself, name: property, kind: 'property' }]
    : [{ holder: [...owner, 'prototype'], name: property, kind: 'property' }];
}

/** Of a built-in's properties the table does not say it: Array.from and Array.prototype.at. */
function lackOfBuiltIn(owner: string[], name: string): Lack[] {
  if (!isProperty(name) || name === owner.at(-1)) return [];
  if (owner.length === 0) return [{ holder: [], name, kind: 'property' }];
  return [owner, [...owner, 'prototype']].map((holder) => ({ holder, name, kind: 'property' }));
}

/** The table has more, such as options and behaviors: those cannot be taken away. */
function isProperty(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9]*$/.test(name);
}

/** Runs in the page, before any script of it. Written for Chromium 69. */
export function takeAway(lacks: Lack[]): void {
  const reach = (path: string[]): object | undefined => {
    let place: unknown = window;
    for (const name of path) {
      if (typeof place !== 'function' && (typeof place !== 'object' || place === null)) return;
      place = (place as Record<string, unknown>)[name];
    }
    return typeof place === 'function' || (typeof place === 'object' && place !== null)
      ? place
      : undefined;
  };
  // An interface must still be there when its own are taken.
  const deepestFirst = lacks.slice().sort((a, b) => b.holder.length - a.holder.length);
  for (const { holder: path, name, kind } of deepestFirst) {
    const holder = reach(path);
    if (holder === undefined) continue;
    if (kind === 'property') Reflect.deleteProperty(holder, name);
    else if (kind === 'inheritance') Object.setPrototypeOf(holder, Object.prototype);
    else {
      const replaced = function (): never {
        throw new TypeError('Illegal constructor');
      };
      for (const key of Reflect.ownKeys(holder)) {
        const property = Reflect.getOwnPropertyDescriptor(holder, key) as PropertyDescriptor;
        Reflect.defineProperty(replaced, key, property);
      }
      const { prototype } = holder as { prototype: object };
      replaced.prototype = prototype;
      Reflect.defineProperty(prototype, 'constructor', { value: replaced });
      Reflect.defineProperty(reach(path.slice(0, -1)) as object, name, { value: replaced });
    }
  }
}

/** Runs in the page: which of these it has all the same. Written for Chromium 69. */
export function stillThere(lacks: Lack[]): string[] {
  const isThere = ({ holder, name, kind }: Lack): boolean => {
    let place: unknown = window;
    for (const step of holder) {
      place = (place as Record<string, unknown>)[step];
      if (typeof place !== 'function' && (typeof place !== 'object' || place === null))
        return false;
    }
    if (kind === 'property') return Object.prototype.hasOwnProperty.call(place, name);
    if (kind === 'inheritance') return Object.getPrototypeOf(place) !== Object.prototype;
    try {
      Reflect.construct(place as () => void, []);
      return true;
    } catch (error) {
      return !String(error).includes('Illegal constructor');
    }
  };
  return lacks.filter(isThere).map(({ holder, name }) => holder.concat(name).join('.'));
}
