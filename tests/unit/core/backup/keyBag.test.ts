import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyBagError, readKeyBag } from '../../../../src/core/backup/keyBag.ts';
import { classBlock, header, number, record, writeKeyBag } from './writeKeyBag.ts';

const salt = Uint8Array.from({ length: 20 }, (_, index) => index);
const longSalt = Uint8Array.from({ length: 20 }, (_, index) => 200 - index);
const wrapped = Uint8Array.from({ length: 40 }, (_, index) => index + 50);

const today = [
  ...header({ salt, iterations: 10_000 }),
  record('DPWT', number(0)),
  record('DPIC', number(10_000_000)),
  record('DPSL', longSalt),
  ...classBlock(3, 2, wrapped),
  ...classBlock(11, 3, wrapped),
  ...classBlock(1, 1),
];

describe('a key bag', () => {
  it('is read as iOS 10.2 and later write it', () => {
    expect(readKeyBag(writeKeyBag(today))).toEqual({
      salt,
      iterations: 10_000,
      double: { salt: longSalt, iterations: 10_000_000 },
      classes: new Map([
        [3, { wrap: 2, wrappedKey: wrapped }],
        [11, { wrap: 3, wrappedKey: wrapped }],
        [1, { wrap: 1, wrappedKey: undefined }],
      ]),
    });
  });

  it('has one derivation before iOS 10.2', () => {
    const bag = readKeyBag(
      writeKeyBag([...header({ salt, iterations: 10_000 }), ...classBlock(3, 2, wrapped)]),
    );
    expect(bag.double).toBeUndefined();
    expect([...bag.classes.keys()]).toEqual([3]);
  });

  it('may name its derivation after the classes, and hold what we do not know', () => {
    const [first, ...rest] = header({ salt, iterations: 10_000 });
    const bag = readKeyBag(
      writeKeyBag([
        ...(first ? [first] : []),
        record('NEW!', new Uint8Array(5)),
        ...rest.filter(({ tag }) => tag !== 'SALT'),
        ...classBlock(3, 2, wrapped),
        record('SALT', salt),
        record('PBKY', new Uint8Array(32)),
      ]),
    );
    expect(bag.salt).toEqual(salt);
    expect(bag.classes.get(3)).toEqual({ wrap: 2, wrappedKey: wrapped });
  });

  it('may name a class last in its block', () => {
    const blocks = [...classBlock(3, 2, wrapped), ...classBlock(4, 1)];
    const order = ['UUID', 'WPKY', 'KTYP', 'WRAP', 'CLAS'];
    const turned = [0, 1].flatMap((block) =>
      order.flatMap((tag) =>
        blocks.slice(5 * block, 5 * block + 5).filter((each) => each.tag === tag),
      ),
    );
    const bag = readKeyBag(writeKeyBag([...header({ salt, iterations: 10_000 }), ...turned]));
    expect([...bag.classes]).toEqual([
      [3, { wrap: 2, wrappedKey: wrapped }],
      [4, { wrap: 1, wrappedKey: undefined }],
    ]);
  });

  it('reads its own block as of no class', () => {
    const bag = readKeyBag(writeKeyBag(header({ salt, iterations: 10_000 })));
    expect(bag.classes.size).toBe(0);
  });

  it('does not keep or share the bytes it was read from', () => {
    const bytes = Buffer.from(writeKeyBag(today));
    const bag = readKeyBag(bytes);
    bytes.fill(0);
    expect(bag.salt).toEqual(salt);
    expect(bag.classes.get(3)?.wrappedKey).toEqual(wrapped);
  });

  it('may be followed by a few bytes', () => {
    expect(readKeyBag(Uint8Array.from([...writeKeyBag(today), 0, 0, 0])).iterations).toBe(10_000);
  });

  const without = (...tags: string[]): Uint8Array =>
    writeKeyBag(today.filter(({ tag }) => !tags.includes(tag)));
  const changed = (tag: string, value: Uint8Array): Uint8Array =>
    writeKeyBag(today.map((each) => (each.tag === tag ? { tag, value } : each)));

  it.each<[string, Uint8Array, string]>([
    ['no bytes', new Uint8Array(0), 'does not say how to begin'],
    ['no derivation', without('SALT', 'ITER'), 'does not say how to begin'],
    ['no salt', without('SALT'), 'is missing'],
    ['an empty salt', changed('SALT', new Uint8Array(0)), 'is missing'],
    ['no rounds', without('ITER'), 'is missing'],
    ['half of the second derivation', without('DPSL'), 'is missing'],
    ['the other half', without('DPIC'), 'is missing'],
    ['rounds in eight bytes', changed('ITER', new Uint8Array(8)), 'is missing'],
    ['2^32 - 1 rounds', changed('ITER', number(2 ** 32 - 1)), '4294967295 rounds'],
    ['2^32 - 1 rounds before them', changed('DPIC', number(2 ** 32 - 1)), '4294967295 rounds'],
    ['more rounds than the limit', changed('DPIC', number(100_000_001)), '100000001 rounds'],
    ['zero rounds', changed('DPIC', number(0)), '0 rounds'],
    ['a record beyond its end', writeKeyBag(today).subarray(0, 130), 'ends too early'],
    ['a length of 4 GB', Uint8Array.of(83, 65, 76, 84, 255, 255, 255, 255), 'ends too early'],
    ['a megabyte', new Uint8Array(1024 * 1024), 'larger than any'],
  ])('is refused with %s', (_, bytes, message) => {
    const attempt = (): unknown => readKeyBag(bytes);
    expect(attempt).toThrow(KeyBagError);
    expect(attempt).toThrow(message);
  });

  it('gives a bag or a KeyBagError from ten thousand damaged ones', () => {
    const whole = writeKeyBag(today);
    const place = fc.nat({ max: whole.length - 1 });
    const damaged = fc
      .tuple(fc.array(fc.tuple(place, fc.nat({ max: 255 })), { maxLength: 4 }), fc.option(place))
      .map(([changes, cut]) => {
        const bytes = Uint8Array.from(whole);
        for (const [at, byte] of changes) bytes[at] = byte;
        return bytes.subarray(0, cut ?? bytes.length);
      });
    const seen = { bag: 0, refused: 0 };
    const inputs = fc.oneof(damaged, fc.uint8Array({ maxLength: 200 }));
    fc.assert(
      fc.property(inputs, (bytes) => {
        try {
          readKeyBag(bytes);
          seen.bag += 1;
        } catch (error) {
          if (!(error instanceof KeyBagError)) throw error;
          expect(error.message).toMatch(/^The key bag .*\.$/);
          seen.refused += 1;
        }
      }),
      { numRuns: 10_000 },
    );
    expect(Math.min(seen.bag, seen.refused)).toBeGreaterThan(500);
  });
});
