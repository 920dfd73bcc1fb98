import bcd, {
  type CompatStatement,
  type Identifier,
  type SimpleSupportStatement,
} from '@mdn/browser-compat-data/forLegacyNode';
import { browsers, type Browser } from './browsers.ts';

/** A way a browser of the floor writes a feature: `-webkit-appearance`, `word-wrap`. */
export interface OtherSpelling {
  browser: Browser;
  prefix: string;
  alternative: string | undefined;
}

/** The feature of MDN's data at a path such as `css/properties/gap`, if there is one. */
export function featureAt(...path: string[]): Identifier | undefined {
  let found: unknown = bcd;
  for (const part of path.flatMap((piece) => piece.split('/'))) {
    // Own keys alone: "constructor" is a feature in some places and Object's in all others.
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part))
      return undefined;
    found = (found as Record<string, unknown>)[part];
  }
  return found as Identifier;
}

/** A part of a feature: `clip` of `overflow`. */
export function childOf(feature: Identifier | undefined, name: string): Identifier | undefined {
  return feature && Object.hasOwn(feature, name) ? feature[name] : undefined;
}

/** @throws Error when MDN's data no longer has the feature: the check would silently pass it. */
export function knownFeature(path: string): Identifier {
  const feature = featureAt(path);
  if (feature?.__compat) return feature;
  throw new Error(
    `browser-compat-data has no "${path}" any more. Find its new name and mend scripts/floor.`,
  );
}

/**
 * The browsers of the floor that have none of the features. Features without support data (mere
 * groups) do not count; without any that counts, no browser is said to lack it. What a browser has
 * in part counts as had: what is missing of it is told in prose, or is a feature of its own.
 */
export function lacking(features: (Identifier | undefined)[]): Browser[] {
  const statements = features.flatMap((feature) => feature?.__compat ?? []);
  if (statements.length === 0) return [];
  return browsers.filter((browser) => statements.every((compat) => !hasPlainly(compat, browser)));
}

/** How the browsers of the floor that lack the plain name write it. */
export function otherSpellings({ __compat: compat }: Identifier): OtherSpelling[] {
  if (!compat) return [];
  return browsers.flatMap((browser) =>
    supportOf(compat, browser)
      .filter((one) => one.prefix !== undefined || one.alternative_name !== undefined)
      .map(({ prefix = '', alternative_name: alternative }) => ({ browser, prefix, alternative })),
  );
}

function hasPlainly(compat: CompatStatement, browser: Browser): boolean {
  return supportOf(compat, browser).some(
    ({ prefix, alternative_name: alternative }) =>
      prefix === undefined && alternative === undefined,
  );
}

/** The entries of the data that apply to the browser's version, behind no setting. */
function supportOf(compat: CompatStatement, browser: Browser): SimpleSupportStatement[] {
  const said = compat.support[browser.mdn];
  return (said === undefined ? [] : Array.isArray(said) ? said : [said]).filter(
    ({ version_added: added, version_removed: removed, flags }) =>
      flags === undefined &&
      isBy(added, browser.version) &&
      (removed === undefined || !isBy(removed, browser.version)),
  );
}

/** Whether something of a version (`12.1`, `≤79`, `preview`, false) is there in another. */
function isBy(version: string | false, other: string): boolean {
  if (version === false || version === 'preview') return false;
  const parts = (text: string): number[] => text.replace('≤', '').split('.').map(Number);
  const [a, b] = [parts(version), parts(other)];
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return true;
}
