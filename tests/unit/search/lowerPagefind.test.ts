import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkScript } from '../../../scripts/floor/javascript.ts';
import { buildTarget } from '../../../scripts/floor/browsers.ts';
import { compiled, lowerPagefind } from '../../../scripts/search/lowerPagefind.ts';
import { spellOutProperties } from '../../../scripts/search/spellOutProperties.ts';

describe('Unicode properties spelled out', () => {
  it.each([
    [String.raw`\p{M}`, 'gu'],
    [String.raw`^\p{Pd}|\p{Pe}|\p{Po}$`, 'u'],
    [String.raw`[a\p{Lu}\-]+`, 'u'],
    [String.raw`[^\p{L}]`, 'u'],
    [String.raw`\P{N}`, 'u'],
  ])('match the same characters: %s', (pattern, flags) => {
    const spelled = spellOutProperties(pattern, flags);
    expect(spelled).not.toMatch(/\\p\{/i);
    const [one, other] = [new RegExp(pattern, flags), new RegExp(spelled, flags)];
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 4 }), (text) => {
        expect(text.match(other)).toEqual(text.match(one));
      }),
      { numRuns: 2000 },
    );
  });

  it('leave patterns without the flag u alone, where \\p is a p', () => {
    expect(spellOutProperties(String.raw`\p{L}`, 'g')).toBe(String.raw`\p{L}`);
  });
});

describe('the script of Pagefind', () => {
  it('is refused when a new version no longer has what is changed', async () => {
    await expect(lowerPagefind('export const search = 1', buildTarget)).rejects.toThrow(
      /has 0 places with .* mend scripts\/search\/lowerPagefind\.ts/,
    );
  });

  it('is compiled to what the check of the floor lets pass', async () => {
    const source = 'export const a = async ({ b, ...c }) => b?.d ?? { ...c, e: 1_000 }';
    expect(checkScript('a.js', source)).not.toEqual([]);
    expect(checkScript('a.js', await compiled(source, buildTarget))).toEqual([]);
  });
});
