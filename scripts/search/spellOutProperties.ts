import { RegExpParser, visitRegExpAST } from '@eslint-community/regexpp';
import type { AST } from '@eslint-community/regexpp';

/**
 * The pattern with each `\p{…}` replaced by the characters it stands for.
 * @returns a pattern that matches the same in engines without Unicode properties
 */
export function spellOutProperties(pattern: string, flags: string): string {
  if (!flags.includes('u')) return pattern;
  const found: AST.UnicodePropertyCharacterSet[] = [];
  visitRegExpAST(
    new RegExpParser().parsePattern(pattern, undefined, undefined, { unicode: true }),
    {
      onCharacterSetEnter(node) {
        if (node.kind === 'property' && !node.strings) found.push(node);
      },
    },
  );
  return found
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start, end, raw, parent }) => {
      const ranges = rangesOf(new RegExp(raw, 'u'));
      const characters = parent.type === 'CharacterClass' ? ranges : `[${ranges}]`;
      return text.slice(0, start) + characters + text.slice(end);
    }, pattern);
}

/** The characters a set matches, as they stand in a class: `\u{21}-\u{23}\u{5f}`. */
function rangesOf(set: RegExp): string {
  const ranges: [number, number][] = [];
  for (let code = 0; code <= 0x10ffff; code += 1) {
    if (!set.test(String.fromCodePoint(code))) continue;
    const last = ranges.at(-1);
    if (last?.[1] === code - 1) last[1] = code;
    else ranges.push([code, code]);
  }
  const escaped = (code: number): string => `\\u{${code.toString(16)}}`;
  return ranges
    .map(([from, to]) => (from === to ? escaped(from) : `${escaped(from)}-${escaped(to)}`))
    .join('');
}
