import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFileRecord } from '../../../../src/core/backup/fileRecord.ts';
import { PlistError, readPlist, type PlistValue } from '../../../../src/core/backup/plist.ts';
import { ascii, assemble, bigEndian, inXml, writeBinary, writeXml } from './writePlist.ts';

const widths = { offset: 4, reference: 3 };
const reference = (object: number): number[] => bigEndian(BigInt(object), 3);
const xml = (element: string): Uint8Array => new TextEncoder().encode(inXml(element));

/** Lists in lists, the innermost empty. */
function nested(depth: number): PlistValue {
  return depth === 1 ? [] : [nested(depth - 1)];
}

describe('a hostile binary property list', () => {
  it('is read to 100 levels and no further', () => {
    expect(readPlist(writeBinary(nested(100)))).toEqual(nested(100));
    expect(() => readPlist(writeBinary(nested(101)))).toThrow('100 levels');
  });

  it('does not overflow the stack with 100,000 levels', () => {
    const objects = Array.from({ length: 100_000 }, (_, index) => [0xa1, ...reference(index + 1)]);
    expect(() => readPlist(assemble([...objects, [0xa0]], widths))).toThrow('100 levels');
  });

  it('cannot hide its depth behind values that were read before', () => {
    // Sixty levels, each read as an element of the root before one above refers to it.
    const chains = [1, 2].map((chain) =>
      Array.from({ length: 60 }, (_, level) => {
        const next = level < 59 ? 60 * (chain - 1) + level + 2 : chain === 2 ? 1 : 121;
        return [0xa1, ...reference(next)];
      }),
    );
    const root = [0xa2, ...reference(1), ...reference(61)];
    expect(() => readPlist(assemble([root, ...chains.flat(), [0xa0]], widths))).toThrow(
      '100 levels',
    );
  });

  it.each([
    ['itself', [[0xa1, ...reference(0)]]],
    [
      'itself as an entry',
      [
        [0xd1, ...reference(1), ...reference(0)],
        [0x51, 0x41],
      ],
    ],
    [
      'itself by way of others',
      [
        [0xa1, ...reference(1)],
        [0xc1, ...reference(2)],
        [0xa1, ...reference(0)],
      ],
    ],
  ])('is refused when a list holds %s', (_, objects) => {
    expect(() => readPlist(assemble(objects, widths))).toThrow('a list holds itself');
  });

  it('is refused when shared lists stand for billions of values', () => {
    const level = (next: number): number[] => [
      0xaa,
      ...Array.from({ length: 10 }, () => reference(next)).flat(),
    ];
    const levels = (count: number): Uint8Array =>
      assemble([...Array.from({ length: count }, (_, index) => level(index + 1)), [0x09]], widths);
    expect(readPlist(levels(6))).toHaveLength(10);
    expect(() => readPlist(levels(7))).toThrow('two million');
    expect(() => readPlist(levels(60))).toThrow('two million');
  });

  it('is refused for what its lists claim together, before their elements are looked at', () => {
    const count = 1_200_000;
    const list = (element: number): number[] => [
      ...[0xaf, 0x12, ...bigEndian(BigInt(count), 4)],
      ...new Array<number>(count).fill(element),
    ];
    // The elements of the second are not there, which would be found first.
    const file = assemble([list(1), list(200)], { offset: 4, reference: 1 });
    expect(() => readPlist(file)).toThrow('two million');
  });

  it('is refused when texts lie over each other, each a part of the next', () => {
    // Every object is a text of 1,000 characters (UTF-16) that begins four bytes after the former.
    const text = [0x6f, 0x11, 0x03, 0xe8];
    const bytes = [...Array.from({ length: 1000 }, () => text).flat(), ...ascii('a'.repeat(5000))];
    const count = 1000;
    const root = [
      0xaf,
      0x11,
      0x03,
      0xe8,
      ...Array.from({ length: count }, (_, i) => reference(i + 1)).flat(),
    ];
    const start = 8 + root.length;
    const offsets = [8, ...Array.from({ length: count }, (_, index) => start + 4 * index)];
    const table = start + bytes.length;
    const file = Uint8Array.from([
      ...ascii('bplist00'),
      ...root,
      ...bytes,
      ...offsets.flatMap((offset) => bigEndian(BigInt(offset), 4)),
      ...[0, 0, 0, 0, 0, 0, 4, 3],
      ...[count + 1, 0, table].flatMap((each) => bigEndian(BigInt(each), 8)),
    ]);
    expect(() => readPlist(file)).toThrow('lie over each other');
  });

  it.each([
    ['a list of 2^63 elements', [0xaf, 0x13, 0x7f, ...Array<number>(7).fill(0xff)]],
    ['a list of "-1" elements', [0xaf, 0x13, ...Array<number>(8).fill(0xff)]],
    ['a dictionary of 2^32 entries', [0xdf, 0x12, 0xff, 0xff, 0xff, 0xff]],
    ['a set longer than the file', [0xc9]],
    ['data longer than the file', [0x4f, 0x12, 0x7f, 0xff, 0xff, 0xff]],
    ['a text longer than the file', [0x5f, 0x10, 0xff]],
    ['a UTF-16 text longer than the file', [0x62, 0, 0x41]],
    ['a count that is no number', [0xaf, 0x51, 0x41]],
    ['a count of 16 bytes', [0x4f, 0x14, ...Array<number>(16).fill(0)]],
    ['a number that is cut off', [0x13, 0, 0]],
    ['a real that is cut off', [0x23, 0, 0]],
    ['a date that is cut off', [0x33, 0, 0]],
    ['a UID that is cut off', [0x83, 0]],
    ['a UID beyond all numbers', [0x8f, ...Array<number>(16).fill(0xff)]],
    ['a number of 32 bytes', [0x15, ...Array<number>(32).fill(0)]],
    ['a real of two bytes', [0x21, 0, 0]],
    ['a date of four bytes', [0x32, 0, 0, 0, 0]],
    ['a date that is not a number', [0x33, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0]],
    ['a date that no calendar reaches', [0x33, 0x7f, 0xe0, 0, 0, 0, 0, 0, 0]],
    ['nothing (null)', [0x00]],
    ['filling', [0x0f]],
    ['an unknown kind', [0x70]],
    ['characters beyond ASCII', [0x51, 0xe9]],
    ['an element outside the table', [0xa1, 0, 0, 9]],
  ])('is refused when it holds %s', (_, object) => {
    expect(() => readPlist(assemble([object], widths))).toThrow(PlistError);
  });

  /** Positions from the end of the file. */
  it.each<[string, number, number[]]>([
    ['offsets of no bytes', 26, [0]],
    ['offsets of 200 bytes', 26, [200]],
    ['references of no bytes', 25, [0]],
    ['2^64 objects', 24, Array<number>(8).fill(0xff)],
    ['no objects', 24, Array<number>(8).fill(0)],
    ['more objects than the file has room for', 24, [0, 0, 0, 0, 0, 0, 1, 0]],
    ['a root that is not there', 16, [0, 0, 0, 0, 0, 0, 0, 7]],
    ['a table before the objects', 8, [0, 0, 0, 0, 0, 0, 0, 8]],
    ['a table behind the file', 8, [0, 0, 0, 0, 1, 0, 0, 0]],
    ['an object inside the header', 36, [0, 0, 0, 3]],
    ['an object inside the table', 36, [0, 0, 0, 30]],
  ])('is refused when its end claims %s', (_, fromEnd, bytes) => {
    const file = writeBinary('a text of some length');
    file.set(bytes, file.length - fromEnd);
    expect(() => readPlist(file)).toThrow(PlistError);
  });

  it('is refused when a reference past the table meets bytes that look like an offset', () => {
    // Reference 24 would be read 15 bytes into the trailer: the number of objects, 9. There is a value.
    const objects = [...Array.from({ length: 8 }, () => [0x09]), [0xa1, 24]];
    expect(() => readPlist(assemble(objects, { offset: 1, reference: 1 }, 8))).toThrow(PlistError);
    const inside = [...objects.slice(0, 8), [0xa1, 1]];
    expect(readPlist(assemble(inside, { offset: 1, reference: 1 }, 8))).toEqual([true]);
  });

  it('is refused beyond 64 MB, before anything of it is read', () => {
    const file = new Uint8Array(64 * 1024 * 1024 + 1);
    file.set(ascii('bplist00'));
    expect(() => readPlist(file)).toThrow('64 MB');
    expect(() => readFileRecord(file)).toThrow(PlistError);
  });
});

describe('a hostile XML property list', () => {
  it('is read to 100 levels and no further', () => {
    expect(readPlist(writeXml(nested(100)))).toEqual(nested(100));
    expect(() => readPlist(writeXml(nested(101)))).toThrow('100 levels');
    expect(() => readPlist(xml('<array>'.repeat(1_000_000)))).toThrow('100 levels');
    expect(() => readPlist(xml('<dict><key>a</key>'.repeat(1_000_000)))).toThrow('100 levels');
  });

  it('is refused with entities of its own (a billion laughs)', () => {
    const laughs = [
      '<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>',
      '<plist version="1.0"><string>&b;</string></plist>',
    ].join('\n');
    expect(() => readPlist(new TextEncoder().encode(laughs))).toThrow('entities');
    expect(() => readPlist(xml('<!ENTITY a "ha"><string>&a;</string>'))).toThrow(PlistError);
  });

  it('does not fetch or obey an entity from outside', () => {
    const outside = '<!DOCTYPE plist [<!ENTITY a SYSTEM "file:///etc/passwd">]><plist>&a;</plist>';
    expect(() => readPlist(new TextEncoder().encode(outside))).toThrow('entities');
  });

  it('is refused with more than two million values, entities among them', () => {
    expect(() => readPlist(xml(`<array>${'<true/>'.repeat(2_000_001)}</array>`))).toThrow(
      'two million',
    );
    expect(() => readPlist(xml(`<string>${'&lt;'.repeat(2_000_001)}</string>`))).toThrow(
      'two million',
    );
  });

  it.each<[string, string]>([
    ['spaces in a number', `<integer>${' '.repeat(9_000_000)}x</integer>`],
    ['digits in a number', `<integer>${'1'.repeat(9_000_000)}</integer>`],
    ['digits in a real', `<real>${'1'.repeat(9_000_000)}</real>`],
    ['spaces in a date', `<date>${' '.repeat(9_000_000)}x</date>`],
    ['spaces in a tag', `<array${' '.repeat(9_000_000)}`],
    ['quotes in a tag', `<array ${'""'.repeat(900_000)}`],
    ['letters in a tag', `<${'a'.repeat(9_000_000)}>`],
    ['spaces in a closing tag', `<array></array${' '.repeat(9_000_000)}x>`],
    ['ampersands', `<string>${'&'.repeat(9_000_000)}</string>`],
    ['comments', `${'<!---->'.repeat(900_000)}<!--`],
  ])('is refused, and does not hang, with millions of %s', (_, element) => {
    expect(() => readPlist(xml(element))).toThrow(PlistError);
  });
});

describe('ten thousand damaged files', () => {
  const sample = new Map<string, PlistValue>([
    ['Device Name', 'Zoë’s iPhone'],
    [
      'Applications',
      [
        new Map<string, PlistValue>([
          ['id', 'a.b'],
          ['on', true],
        ]),
        -1.5,
        2 ** 40,
      ],
    ],
    ['Data', Uint8Array.from({ length: 60 }, (_, index) => index)],
    ['Nested', nested(20)],
  ]);
  const fixture = (name: string): Uint8Array =>
    readFileSync(join(import.meta.dirname, 'fixtures', name));
  const lists = [
    writeBinary(sample),
    writeXml(sample),
    fixture('settings.xml.plist'),
    fixture('settings.binary.plist'),
  ];

  interface Change {
    /** Where, counted round and round the file. */
    at: number;
    kind: 'flip' | 'set' | 'cut' | 'insert' | 'remove' | 'repeat';
    byte: number;
  }
  const change: fc.Arbitrary<Change> = fc.record({
    at: fc.noBias(fc.nat({ max: 1_000_000 })),
    kind: fc.constantFrom('flip', 'flip', 'set', 'set', 'cut', 'insert', 'remove', 'repeat'),
    byte: fc.oneof(fc.constantFrom(0, 1, 0x0f, 0x7f, 0x80, 0xff), fc.integer({ min: 0, max: 255 })),
  });

  function changed(bytes: Uint8Array, { at, kind, byte }: Change): Uint8Array {
    const place = bytes.length === 0 ? 0 : at % bytes.length;
    const result = [...bytes];
    if (kind === 'flip') result[place] = (result[place] ?? 0) ^ (1 << (byte & 7));
    if (kind === 'set') result[place] = byte;
    if (kind === 'cut') result.length = place;
    if (kind === 'insert') result.splice(place, 0, byte);
    if (kind === 'remove') result.splice(place, 1 + (byte & 7));
    if (kind === 'repeat') result.splice(place, 0, ...result.slice(place, place + byte));
    return Uint8Array.from(result);
  }

  /** @throws what is not the documented error, which fails the test */
  function outcome(read: () => unknown): 'value' | 'refused' {
    try {
      read();
      return 'value';
    } catch (error) {
      if (!(error instanceof PlistError)) throw error;
      expect(error.message).toMatch(/^It .*\.$/s);
      return 'refused';
    }
  }

  it.each([
    { name: 'readPlist', read: readPlist, whole: lists },
    { name: 'readFileRecord', read: readFileRecord, whole: [fixture('record.plist')] },
  ])('each give a value or a PlistError from $name', ({ read, whole }) => {
    const seen = { value: 0, refused: 0 };
    const damaged = fc
      .tuple(fc.constantFrom(...whole), fc.array(change, { minLength: 1, maxLength: 4 }))
      .map(([bytes, changes]) => changes.reduce(changed, bytes));
    const random = fc.uint8Array({ maxLength: 300 });
    const inputs = fc.oneof(
      { weight: 8, arbitrary: damaged },
      {
        weight: 1,
        arbitrary: random.map((tail) => Uint8Array.from([...ascii('bplist00'), ...tail])),
      },
      { weight: 1, arbitrary: random },
    );
    fc.assert(
      fc.property(inputs, (bytes) => {
        seen[outcome(() => read(bytes))] += 1;
      }),
      { numRuns: 10_000 },
    );
    expect(seen.value).toBeGreaterThan(500);
    expect(seen.refused).toBeGreaterThan(500);
  });
});
