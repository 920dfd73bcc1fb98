import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildIndex, lookup, type Lookup, type Match } from '../../../src/core/lookup/lookup.ts';
import { facts } from '../../../src/data/facts.ts';

const index = buildIndex(facts);

function matchesOf(text: string): Match[] {
  const result = lookup(index, text);
  return result.kind === 'matches' ? result.matches : [];
}
const idsOf = (text: string): string[] => matchesOf(text).map(({ device }) => device.id);
const firstOf = (text: string): string | undefined => idsOf(text)[0];

/** The text with what is shown as matched in brackets. */
function marked(match: Match | undefined): string {
  const pieces = [
    ...(match?.name ?? []),
    { text: ' ', matched: false },
    ...(match?.by?.pieces ?? []),
  ];
  return pieces
    .map(({ text, matched }) => (matched ? `[${text}]` : text))
    .join('')
    .trim();
}

describe('a device is found', () => {
  it.each([
    ['6s', 'iphone-6s'],
    ['iphone6s', 'iphone-6s'],
    ['IPHONE 6S', 'iphone-6s'],
    ['6s+', 'iphone-6s-plus'],
    ['6splus', 'iphone-6s-plus'],
    ['i phone 7', 'iphone-7'],
    ['iphone seven plus', 'iphone-7-plus'],
    ['SE 2020', 'iphone-se-2nd-generation'],
    ['se2', 'iphone-se-2nd-generation'],
    ['ipad 8th gen', 'ipad-8th-generation'],
    ['ipad gen 8', 'ipad-8th-generation'],
    ['ipad eighth generation', 'ipad-8th-generation'],
    ['ipad pro 12.9 2018', 'ipad-pro-12-9-inch-3rd-generation'],
    ['ipad pro 12,9 3rd gen', 'ipad-pro-12-9-inch-3rd-generation'],
    ['iPad Pro (12.9-inch) (2nd generation)', 'ipad-pro-12-9-inch-2nd-generation'],
    ['ipad pro 10.5"', 'ipad-pro-10-5-inch'],
    ['11promax', 'iphone-11-pro-max'],
    ['iphonexsmax', 'iphone-xs-max'],
    ['iphone 10', 'iphone-x'],
    ['iphone ten', 'iphone-x'],
    ['ipad air m2 13', 'ipad-air-13-inch-m2'],
    ['mini 6', 'ipad-mini-6th-generation'],
    ['itouch 5', 'ipod-touch-5th-generation'],
    ['apple iphone 8+ red 64gb', 'iphone-8-plus'],
    ['iphone 11 128', 'iphone-11'],
    ['the new ipad', 'ipad-3rd-generation'],
  ])('as people write it: %s', (text, id) => {
    expect(firstOf(text)).toBe(id);
  });

  it.each([
    ['ihpone 8', 'iphone-8'],
    ['iphnoe 8', 'iphone-8'],
    ['ifone 8', 'iphone-8'],
    ['aphone 6s', 'iphone-6s'],
    ['iphone 12 pto', 'iphone-12-pro'],
    ['iphone8plsu', 'iphone-8-plus'],
    ['iphone 8 puls', 'iphone-8-plus'],
    ['ipohne 11 promx', 'iphone-11-pro-max'],
    ['ipda mini 4', 'ipad-mini-4'],
    ['phones 8 gold', 'iphone-8'],
    ['ipad sevnth generation', 'ipad-7th-generation'],
    ['ipad thrid gen', 'ipad-3rd-generation'],
    ['iphone twelv', 'iphone-12'],
  ])('misspelled: %s', (text, id) => {
    expect(firstOf(text)).toBe(id);
  });

  it.each([
    ['A1633', 'iphone-6s'],
    ['a1633', 'iphone-6s'],
    ['Model A1633', 'iphone-6s'],
    ['iPhone8,1', 'iphone-6s'],
    ['iphone8,1', 'iphone-6s'],
    ['iPad7,2', 'ipad-pro-12-9-inch-2nd-generation'],
    ['A1821', 'ipad-pro-12-9-inch-2nd-generation'],
  ])('by its code, and by nothing else: %s', (text, id) => {
    expect(idsOf(text)).toEqual([id]);
  });

  it('by every name, A-number and identifier of the facts', () => {
    for (const device of facts.devices) {
      expect(firstOf(device.name), device.name).toBe(device.id);
      for (const nickname of device.nicknames) {
        expect(idsOf(nickname), nickname).toContain(device.id);
      }
      for (const variant of device.variants) {
        expect(idsOf(variant.identifier), variant.identifier).toEqual([device.id]);
        for (const model of variant.models) expect(idsOf(model), model).toEqual([device.id]);
      }
    }
  });
});

describe('digits matter more than letters', () => {
  it('"iphone 12" offers the 12 family and nothing else, the plain one first', () => {
    expect(idsOf('iphone 12')).toEqual([
      'iphone-12',
      'iphone-12-mini',
      'iphone-12-pro',
      'iphone-12-pro-max',
    ]);
  });

  it('"iphone 1" shows the first iPhone before those whose number starts with 1', () => {
    expect(firstOf('iphone 1')).toBe('iphone-1st-generation');
    expect(idsOf('iphone 1')).toContain('iphone-12');
  });

  it('"iphone 6" shows the 6 before the 6s', () => {
    expect(idsOf('iphone 6').slice(0, 2)).toEqual(['iphone-6', 'iphone-6s']);
  });

  it('a color is never taken for a model', () => {
    expect(idsOf('iphone 8 blue')).toEqual(idsOf('iphone 8'));
  });
});

describe('an ambiguous query lists all that fit, together', () => {
  it('"iphone se" is the three, newest first', () => {
    expect(idsOf('iphone se')).toEqual([
      'iphone-se-3rd-generation',
      'iphone-se-2nd-generation',
      'iphone-se-1st-generation',
    ]);
  });

  it('"ipad air" is every iPad Air', () => {
    const airs = facts.devices.filter(({ name }) => name.startsWith('iPad Air'));
    expect(idsOf('ipad air').sort()).toEqual(airs.map(({ id }) => id).sort());
  });
});

describe('what matched is shown', () => {
  it.each([
    ['6s', 'iPhone [6s]'],
    ['ipho 6', '[iPho]ne [6]'],
    ['ihpone 8', '[iPhone] [8]'],
    ['a1633', 'iPhone 6s [A1633]'],
    ['SE 2020', 'iPhone [SE] (2nd generation) [2020]'],
    ['iphone 10', 'iPhone X [iPhone] [10]'],
  ])('for %s', (text, shown) => {
    expect(marked(matchesOf(text)[0])).toBe(shown);
  });
});

describe('what is no device of ours gets its own answer', () => {
  it.each<[string, Lookup]>([
    ['', { kind: 'empty' }],
    ['   ', { kind: 'empty' }],
    ['MKQK2LL/A', { kind: 'part-number', code: 'MKQK2LL/A' }],
    ['mkqk2ll', { kind: 'part-number', code: 'MKQK2LL' }],
    ['3D035RU/A', { kind: 'part-number', code: '3D035RU/A' }],
    ['iphone duo', { kind: 'newer', name: 'iPhone Duo' }],
    ['A3447', { kind: 'newer', name: 'iPhone Duo' }],
    ['iPhone19,4', { kind: 'newer', name: 'iPhone Duo' }],
    ['iphone 19', { kind: 'newer', name: 'iphone 19' }],
    ['iPhone20,1', { kind: 'newer', name: 'iPhone20,1' }],
    ['ipad pro m6', { kind: 'newer', name: 'ipad pro m6' }],
    ['A9999', { kind: 'unknown-code', code: 'A9999' }],
    ['iphone 9', { kind: 'nothing' }],
    ['galaxy', { kind: 'nothing' }],
    ['<b>', { kind: 'nothing' }],
  ])('%j', (text, result) => {
    expect(lookup(index, text)).toEqual(result);
  });
});

describe('whatever is typed', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc
      .array(
        fc.constantFrom('iphone', 'ipad', 'pro', '12', '12.9', 'a16', '+', ',', ' ', '/', 'gen'),
        {
          maxLength: 40,
        },
      )
      .map((parts) => parts.join('')),
  );

  it('the lookup answers, and shows the name and what matched whole', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const result = lookup(index, text);
        if (result.kind !== 'matches') return;
        const ids = result.matches.map(({ device }) => device.id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { device, name } of result.matches) {
          expect(name.map((piece) => piece.text).join('')).toBe(device.name);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('a number typed is a number of every device shown', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('iphone', 'ipad', 'ipod'),
        fc.integer({ min: 2, max: 30 }),
        (family, number) => {
          for (const { device, by } of matchesOf(`${family} ${number} `)) {
            const shown = [device.name, ...(by ? by.pieces.map((piece) => piece.text) : [])].join(
              ' ',
            );
            expect(shown).toContain(String(number));
          }
        },
      ),
    );
  });
});
