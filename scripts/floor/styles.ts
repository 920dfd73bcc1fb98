import type { Identifier } from '@mdn/browser-compat-data/forLegacyNode';
import { generate, parse, toPlainObject, type CssNode } from 'css-tree';
import { browsers as floor, type Browser } from './browsers.ts';
import type { Problem } from './problem.ts';
import { childOf, featureAt, lacking, otherSpellings } from './support.ts';

/** A thing of CSS that some browsers of the floor lack. */
interface Lack {
  construct: string;
  browsers: Browser[];
}

/** What surrounds a piece of a style sheet. */
interface Surroundings {
  file: string;
  /** The browsers of the floor that get here: not those that drop a rule around it. */
  reaching: Browser[];
  /** What `@supports` around it has asked for, as text. */
  asked: string;
  insideRule: boolean;
}

/**
 * What of a style sheet a browser of the floor does not understand and has nothing instead of:
 *
 * - a declaration, unless the same rule says the same before it in words that the browser knows, or
 *   has its prefixed or older spelling, or stands in an `@supports` that asks for it;
 * - a selector, which takes its whole rule with it, and an at-rule with all it holds; what is in them
 *   is then no concern of the browser. Those that ask what a visitor prefers (`prefers-…`, forced or
 *   inverted colors) only add: where they are unknown the rest of the sheet holds;
 * - `gap` where the rule does not say that it lays out a grid or columns: it may be flex;
 * - `var()` in a declaration with nothing plain of the same property, or of its shorthand, before it.
 *   The floor has custom properties; the browsers below it read the page too, and in its colors.
 *
 * Names of animations, fonts and grid areas are not looked at, nor what only others' prefixes name.
 */
export function checkStyles(file: string, text: string): Problem[] {
  return checked(file, text, 'stylesheet');
}

/** The same for the declarations of a style attribute. */
export function checkDeclarations(file: string, text: string): Problem[] {
  return checked(file, text, 'declarationList');
}

function checked(file: string, text: string, context: 'stylesheet' | 'declarationList'): Problem[] {
  const malformed: Problem[] = [];
  const sheet = toPlainObject(
    parse(text, {
      context,
      parseCustomProperty: true,
      onParseError: ({ message }) =>
        malformed.push({
          file,
          construct: `CSS that cannot be read (${message})`,
          browsers: [],
          advice: 'mend it.',
        }),
    }),
  );
  const surroundings = { file, reaching: floor, asked: '', insideRule: false };
  return [
    ...malformed,
    ...(context === 'stylesheet'
      ? (sheet.children ?? []).flatMap((child) => checkNode(child, surroundings))
      : checkBlock(sheet, surroundings)),
  ];
}

function checkNode(node: CssNode, around: Surroundings): Problem[] {
  if (node.type === 'Atrule') return checkAtRule(node, around);
  return node.type === 'Rule' ? checkRule(node, around) : [];
}

// ---- at-rules ----

function checkAtRule(node: CssNode, around: Surroundings): Problem[] {
  const name = nameOf(node);
  if (isPrefixed(name)) return [];
  const lacks = [
    { construct: `@${name}`, browsers: lacking([featureAt('css/at-rules', name)]) },
    ...(name === 'media' && node.prelude ? lacksOfQuery(node.prelude) : []),
  ];
  const refused = lacks.filter(({ construct }) => !asksForPreference.test(construct));
  const problems = refused.flatMap((lack) =>
    refuse(lack, around, 'the browser drops all it holds: say it without, first.'),
  );
  if (!node.block) return problems;
  const inside = {
    ...around,
    reaching: around.reaching.filter(
      (browser) => !lacks.some(({ browsers }) => browsers.includes(browser)),
    ),
    asked:
      name === 'supports' && node.prelude
        ? `${around.asked} ${generate(node.prelude)}`
        : around.asked,
  };
  if (name === 'font-face' || name === 'page') {
    return [...problems, ...descriptors(name, node.block, inside)];
  }
  return [...problems, ...checkBlock(node.block, inside)];
}

const asksForPreference = /^@media \((prefers-[a-z-]+|forced-colors|inverted-colors)\)$/;

function lacksOfQuery(prelude: CssNode): Lack[] {
  return nodesIn(prelude).flatMap((node) => {
    if (node.type === 'FeatureRange') {
      const browsers = lacking([featureAt('css/at-rules/media/range_syntax')]);
      return [{ construct: '@media with a range', browsers }];
    }
    if (node.type !== 'Feature') return [];
    const name = nameOf(node).replace(/^(min|max)-/, '');
    if (isPrefixed(name)) return [];
    const browsers = lacking([featureAt('css/at-rules/media', name)]);
    return [{ construct: `@media (${name})`, browsers }];
  });
}

function descriptors(rule: string, block: CssNode, around: Surroundings): Problem[] {
  return (block.children ?? []).flatMap((node) => {
    if (node.type !== 'Declaration') return [];
    const property = node.property ?? '';
    const browsers = lacking([featureAt('css/at-rules', rule, property)]);
    const construct = `${property} in @${rule}`;
    return refuse({ construct, browsers }, around, 'do without it.');
  });
}

// ---- selectors ----

function checkRule(node: CssNode, around: Surroundings): Problem[] {
  const selectors = node.prelude?.children ?? [];
  const lacks = [
    ...(around.insideRule
      ? [{ construct: 'a rule in a rule', browsers: lacking([featureAt('css/selectors/nesting')]) }]
      : []),
    ...selectors.flatMap((selector) =>
      nodesIn(selector).flatMap((part) => lacksOfSelector(part, selectors.length > 1)),
    ),
  ];
  const advice =
    selectors.length > 1
      ? 'the browser drops the rule with all its selectors: give this one a rule of its own.'
      : 'the browser drops the rule: see that it loses nothing and declare that, or write it otherwise.';
  const problems = lacks.flatMap((lack) => refuse(lack, around, advice));
  const reaching = around.reaching.filter(
    (browser) => !lacks.some(({ browsers }) => browsers.includes(browser)),
  );
  return node.block
    ? [...problems, ...checkBlock(node.block, { ...around, reaching, insideRule: true })]
    : problems;
}

/** A prefixed selector alone in its rule is for its own browser; in a list it breaks the others. */
function lacksOfSelector(node: CssNode, inList: boolean): Lack[] {
  const name = nameOf(node);
  if (node.type === 'PseudoClassSelector' || node.type === 'PseudoElementSelector') {
    const construct = `${node.type === 'PseudoClassSelector' ? ':' : '::'}${name}`;
    if (isPrefixed(name)) return inList ? [{ construct, browsers: floor }] : [];
    const feature = featureAt('css/selectors', name);
    const browsers = feature ? lacking([feature]) : floor;
    const list = node.children?.[0];
    const hasList = list?.type === 'SelectorList' && (list.children?.length ?? 0) > 1;
    return [
      { construct, browsers },
      ...(name === 'not' && hasList
        ? [
            {
              construct: ':not() with a list',
              browsers: lacking([featureAt('css/selectors/not/selector_list')]),
            },
          ]
        : []),
    ];
  }
  if (node.type === 'AttributeSelector' && node.flags) {
    const kind = node.flags === 's' ? 'case_sensitive_modifier' : 'case_insensitive_modifier';
    const browsers = lacking([featureAt('css/selectors/attribute', kind)]);
    return [{ construct: `the flag ${node.flags} of an attribute selector`, browsers }];
  }
  return [];
}

// ---- declarations ----

function checkBlock(block: CssNode, around: Surroundings): Problem[] {
  const children = block.children ?? [];
  const declarations = children.filter(({ type }) => type === 'Declaration');
  return [
    ...declarations.flatMap((declaration, index) =>
      checkDeclaration(declaration, index, declarations, around),
    ),
    ...children.flatMap((child) => checkNode(child, around)),
  ];
}

function checkDeclaration(
  declaration: CssNode,
  index: number,
  all: CssNode[],
  around: Surroundings,
): Problem[] {
  const before = all.slice(0, index);
  // A custom property takes anything: what it said before is gone.
  const spoken = before.filter((earlier) => !isCustom(declaration) && covers(earlier, declaration));
  const problems = lacksOfDeclaration(declaration, all).flatMap((lack) => {
    const browsers = lack.browsers.filter(
      (browser) =>
        !spoken.some((earlier) => understands(browser, earlier, all)) &&
        !hasOtherSpelling(browser, declaration, all) &&
        !asksFor(around.asked, declaration),
    );
    return refuse({ ...lack, browsers }, around, 'say it before in words that all know.');
  });
  const isPlain = (earlier: CssNode): boolean => !usesVariable(earlier);
  if (usesVariable(declaration) && !isCustom(declaration) && !spoken.some(isPlain)) {
    problems.push({
      file: around.file,
      construct: `${generate(declaration)} without a plain ${declaration.property ?? ''} before it`,
      browsers: [],
      advice: 'browsers below the floor read this too: say the plain value first.',
    });
  }
  return problems;
}

/** Whether what a declaration sets, another before it has set: the same property or a shorthand. */
function covers(earlier: CssNode, { property = '' }: CssNode): boolean {
  const other = earlier.property ?? '';
  return property === other || property.startsWith(`${other}-`);
}

function understands(browser: Browser, declaration: CssNode, all: CssNode[]): boolean {
  return !lacksOfDeclaration(declaration, all).some(({ browsers }) => browsers.includes(browser));
}

function hasOtherSpelling(browser: Browser, { property = '' }: CssNode, all: CssNode[]): boolean {
  const feature = featureAt('css/properties', property);
  if (!feature) return false;
  return otherSpellings(feature)
    .filter((spelling) => spelling.browser === browser)
    .some(({ prefix, alternative }) =>
      all.some((other) => other.property === (alternative ?? `${prefix}${property}`)),
    );
}

/** Whether an `@supports` asks for the property, or for a function or word of the value. */
function asksFor(asked: string, { property = '', value }: CssNode): boolean {
  if (asked === '') return false;
  const words = typeof value === 'object' ? nodesIn(value).map(nameOf) : [];
  return [property, ...words].some((word) => word !== '' && asked.includes(word));
}

function lacksOfDeclaration(declaration: CssNode, all: CssNode[]): Lack[] {
  const { property = '', value } = declaration;
  if (isPrefixed(property)) return [];
  const parts = typeof value === 'object' ? nodesIn(value) : [];
  if (isCustom(declaration)) return parts.flatMap((part) => lacksOfValue('', part));
  const feature = featureAt('css/properties', property);
  const without = feature ? lacking([feature]) : olderNames.has(property) ? [] : floor;
  const lacks: Lack[] = [
    { construct: property, browsers: without },
    ...(isGap(property) && !all.some(laysOutGrid)
      ? [
          {
            construct: `${property} of a flex box`,
            browsers: lacking([childOf(feature, 'flex_context')]),
          },
        ]
      : []),
  ];
  const words = parts.filter(({ type }) => type !== 'Identifier' || !ownNames.test(property));
  const ofValue = words
    .flatMap((part) => lacksOfValue(property, part))
    .map(({ construct, browsers }) => ({
      construct,
      browsers: browsers.filter((browser) => !without.includes(browser)),
    }));
  return [...lacks, ...ofValue];
}

/** Their words are names of one's own; who does not know a font takes the next. */
const ownNames = /^(font|font-family|animation|animation-name|grid-.*|will-change)$/;

/** Names that properties had before: `word-wrap`. The data lists them only with their new ones. */
const olderNames = new Set(
  Object.values(featureAt('css/properties') ?? {}).flatMap((feature) =>
    otherSpellings(feature as Identifier).flatMap(({ alternative }) => alternative ?? []),
  ),
);

function isGap(property: string): boolean {
  return property === 'gap' || property === 'row-gap' || property === 'column-gap';
}

function laysOutGrid({ property = '', value }: CssNode): boolean {
  const words = typeof value === 'object' ? generate(value) : '';
  return property.startsWith('column') ? !isGap(property) : /\bgrid\b/.test(words);
}

function lacksOfValue(property: string, part: CssNode): Lack[] {
  const name = nameOf(part);
  const own = featureAt('css/properties', property);
  const lack = (construct: string, features: (Identifier | undefined)[]): Lack[] => [
    {
      construct: property === '' ? construct : `${property}: ${construct}`,
      browsers: lacking(features),
    },
  ];
  switch (part.type) {
    case 'Identifier': {
      if (isPrefixed(name)) return [];
      const word = childOf(own, name) ?? featureAt('css/types/global_keywords', name);
      if (word) return lack(name, [word]);
      return /color|background|border|outline|shadow|fill|stroke/.test(property)
        ? lack(name, [
            featureAt('css/types/color/named-color', name),
            featureAt('css/types/color/system-color', name),
          ])
        : [];
    }
    case 'Function': {
      if (isPrefixed(name)) return [];
      const keys = [name, `${name}-function`, `${name}_function`];
      return [
        ...lack(`${name}()`, [
          ...keys.map((key) => childOf(own, key)),
          ...keys.flatMap((key) => functions.get(key) ?? []),
        ]),
        ...lacksOfColor(part, lack),
      ];
    }
    case 'Hash': {
      const digits = typeof part.value === 'string' ? part.value.length : 0;
      return digits === 4 || digits === 8
        ? lack('a color of # with transparency', [
            featureAt('css/types/color/rgb_hexadecimal_notation/alpha_hexadecimal_notation'),
          ])
        : [];
    }
    case 'Dimension':
      return lack(`the unit ${part.unit ?? ''}`, unitFeatures(part.unit ?? ''));
    default:
      return [];
  }
}

/** `rgb(0 0 0 / 50%)`: colors without commas are younger than colors. */
function lacksOfColor(
  part: CssNode,
  lack: (construct: string, features: (Identifier | undefined)[]) => Lack[],
): Lack[] {
  const name = nameOf(part);
  const family = /^(rgb|hsl)a?$/.exec(name)?.[1];
  if (family === undefined) return [];
  const text = generate(part);
  return [
    ...(text.includes(',')
      ? []
      : lack(`${name}() without commas`, [
          featureAt('css/types/color', family, 'space_separated_parameters'),
        ])),
    ...(/\(from\b/.test(text)
      ? lack(`${name}() from another color`, [
          featureAt('css/types/color', family, 'relative_syntax'),
        ])
      : []),
  ];
}

function unitFeatures(unit: string): (Identifier | undefined)[] {
  const name = unit.toLowerCase();
  const kind = /^([dls])v(h|w|i|b|min|max)$/.exec(name)?.[1];
  if (kind !== undefined) {
    const size = { d: 'dynamic', l: 'large', s: 'small' }[kind] ?? '';
    return [featureAt(`css/types/length/viewport_percentage_units_${size}`)];
  }
  if (/^cq(w|h|i|b|min|max)$/.test(name)) {
    return [featureAt('css/types/length/container_query_length_units')];
  }
  return ['length', 'angle', 'time', 'resolution', 'flex'].map((type) =>
    featureAt('css/types', type, unit),
  );
}

/** All features of CSS types by their name, wherever they stand: `min`, `conic-gradient`, `blur`. */
const functions = readFunctions();

function readFunctions(): Map<string, Identifier[]> {
  const found = new Map<string, Identifier[]>();
  const read = (group: Identifier): void => {
    for (const [name, feature] of Object.entries(group)) {
      if (name === '__compat') continue;
      found.set(name, [...(found.get(name) ?? []), feature as Identifier]);
      read(feature as Identifier);
    }
  };
  read(featureAt('css/types') ?? {});
  return found;
}

// ---- reading nodes ----

function refuse(lack: Lack, { file, reaching }: Surroundings, advice: string): Problem[] {
  const browsers = lack.browsers.filter((browser) => reaching.includes(browser));
  return browsers.length > 0 ? [{ file, construct: lack.construct, browsers, advice }] : [];
}

/** A node and all below it, wherever they hang. */
function nodesIn(node: CssNode): CssNode[] {
  const below = Object.values(node as unknown as Record<string, unknown>).flatMap((value) =>
    (Array.isArray(value) ? (value as unknown[]) : [value]).filter(isNode),
  );
  return [node, ...below.flatMap(nodesIn)];
}

function isNode(value: unknown): value is CssNode {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function usesVariable({ value }: CssNode): boolean {
  return (
    typeof value === 'object' &&
    nodesIn(value).some((part) => part.type === 'Function' && nameOf(part) === 'var')
  );
}

function nameOf({ name }: CssNode): string {
  return typeof name === 'string' ? name.toLowerCase() : '';
}

function isCustom({ property = '' }: CssNode): boolean {
  return property.startsWith('--');
}

function isPrefixed(name: string): boolean {
  return /^-[a-z]+-/.test(name);
}
