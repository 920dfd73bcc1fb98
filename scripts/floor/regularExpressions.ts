import { RegExpParser, visitRegExpAST } from '@eslint-community/regexpp';

/** A thing of regular expressions, and where MDN's data tells who has it. */
export interface RegexFeature {
  construct: string;
  path: string;
}

const flagFeatures: Record<string, string> = {
  d: 'javascript/builtins/RegExp/hasIndices',
  s: 'javascript/builtins/RegExp/dotAll',
  u: 'javascript/builtins/RegExp/unicode',
  v: 'javascript/builtins/RegExp/unicodeSets',
  y: 'javascript/builtins/RegExp/sticky',
};
const inPatterns = {
  lookbehind: {
    construct: 'lookbehind in a regular expression',
    path: 'javascript/regular_expressions/lookbehind_assertion',
  },
  named: {
    construct: 'a named group in a regular expression',
    path: 'javascript/regular_expressions/named_capturing_group',
  },
  reference: {
    construct: 'a reference to a named group in a regular expression',
    path: 'javascript/regular_expressions/named_backreference',
  },
  duplicate: {
    construct: 'two groups of the same name in a regular expression',
    path: 'javascript/regular_expressions/named_capturing_group/duplicate_named_capturing_groups',
  },
  property: {
    construct: '\\p{…} in a regular expression',
    path: 'javascript/regular_expressions/unicode_character_class_escape',
  },
  modifier: {
    construct: 'modifiers in a regular expression',
    path: 'javascript/regular_expressions/modifier',
  },
};

/**
 * What a regular expression uses beyond its oldest form.
 * @returns undefined when it cannot be read as one
 */
export function regexFeatures(pattern: string, flags: string): RegexFeature[] | undefined {
  const found = Object.entries(flagFeatures)
    .filter(([flag]) => flags.includes(flag))
    .map(([flag, path]) => ({ construct: `the flag ${flag} of a regular expression`, path }));
  const names = new Set<string>();
  try {
    const unicode = flags.includes('u');
    const unicodeSets = flags.includes('v');
    visitRegExpAST(
      new RegExpParser().parsePattern(pattern, undefined, undefined, { unicode, unicodeSets }),
      {
        onAssertionEnter({ kind }) {
          if (kind === 'lookbehind') found.push(inPatterns.lookbehind);
        },
        onCapturingGroupEnter({ name }) {
          if (name === null) return;
          found.push(inPatterns.named, ...(names.has(name) ? [inPatterns.duplicate] : []));
          names.add(name);
        },
        onBackreferenceEnter({ ref }) {
          if (typeof ref === 'string') found.push(inPatterns.reference);
        },
        onCharacterSetEnter({ kind }) {
          if (kind === 'property') found.push(inPatterns.property);
        },
        onModifiersEnter() {
          found.push(inPatterns.modifier);
        },
      },
    );
  } catch {
    return undefined;
  }
  return found;
}

/** The same for a piece of a pattern put together at run time: what it says in plain sight. */
export function regexFeaturesInPiece(piece: string): RegexFeature[] {
  return [
    ...(/\(\?<[=!]/.test(piece) ? [inPatterns.lookbehind] : []),
    ...(/\(\?<[^=!]/.test(piece) ? [inPatterns.named] : []),
    ...(/\\p\{/i.test(piece) ? [inPatterns.property] : []),
    ...(/\(\?[ims]*-?[ims]+:/.test(piece) ? [inPatterns.modifier] : []),
  ];
}
