import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSize, readSpeed, type AmountReading } from '../../../src/core/amount.ts';

const known = (low: number, high = low): AmountReading => ({
  kind: 'known',
  amount: { low, high },
});

describe('a typed size', () => {
  it.each([
    ['40', known(40)],
    ['40 GB', known(40)],
    ['40gb', known(40)],
    ['  40   gigabytes ', known(40)],
    ['about 40 gigs', known(40)],
    ['~40g', known(40)],
    ['1,5 TB', known(1500)],
    ['1.5 tb', known(1500)],
    ['.5 TB', known(500)],
    ['1,024 GB', known(1024)],
    ['12,000.5 MB', known(12.0005)],
    ['512 MB', known(0.512)],
    ['64 GiB', known(64 * 1.073741824)],
    ['20 to 30', known(20, 30)],
    ['30-20 GB', known(20, 30)],
    ['800 MB – 1.2 GB', known(0.8, 1.2)],
    ['40 GB of 64 GB used', known(40)],
    ['40/64', known(40)],
    ['500 MB of 8 GB', known(0.5)],
    ['half of 64 GB', known(32)],
    ['Three quarters of 1 TB', known(750)],
    ['90% of 128', known(115.2)],
    ['0', known(0)],
    ['0 GB', known(0)],
  ])('"%s" is understood', (typed, reading) => {
    const read = readSize(typed);
    expect(read.kind).toBe('known');
    if (read.kind !== 'known' || reading.kind !== 'known') return;
    expect(read.amount.low).toBeCloseTo(reading.amount.low, 9);
    expect(read.amount.high).toBeCloseTo(reading.amount.high, 9);
  });

  it.each([
    ['half', 'part-of-what'],
    ['50%', 'part-of-what'],
    ['90 GB of 64 GB', 'more-than-whole'],
    ['120% of 64 GB', 'more-than-whole'],
    ['10 Mbit/s', 'other-unit'],
    ['nonsense', 'no-number'],
    ['-5', 'no-number'],
    ['1.2.3', 'no-number'],
    ['1e3', 'no-number'],
    ['40 constructor', 'no-number'],
    ['forty', 'no-number'],
    ['Infinity', 'no-number'],
    ['NaN GB', 'no-number'],
    ['999 TB', 'too-large'],
  ])('"%s" is refused for a reason', (typed, why) => {
    expect(readSize(typed)).toEqual({ kind: 'unreadable', why });
  });

  it('is no problem while nothing is typed', () => {
    expect([readSize(''), readSize('  \n')]).toEqual([{ kind: 'empty' }, { kind: 'empty' }]);
  });
});

describe('a typed speed', () => {
  it.each([
    ['10', 10],
    ['0.5 Mbps', 0.5],
    ['0,5 Mbit/s', 0.5],
    ['10mb/s', 10],
    ['10 Mb', 10],
    ['2 MB/s', 16],
    ['2 MByte/s', 16],
    ['768 kbps', 0.768],
    ['1 Gbit/s', 1000],
    ['1 gigabit', 1000],
    ['50 megabits/s', 50],
  ])('"%s" is understood', (typed, megabits) => {
    const read = readSpeed(typed);
    expect(read.kind === 'known' ? read.amount.high : read).toBeCloseTo(megabits, 9);
  });

  it('may be a range', () => {
    expect(readSpeed('5 to 10 Mbit/s')).toEqual(known(5, 10));
    expect(readSpeed('10–5')).toEqual(known(5, 10));
  });

  it.each([
    ['0', 'zero'],
    ['0 to 10', 'zero'],
    ['10 GB', 'other-unit'],
    ['fast', 'no-number'],
    ['10 mph', 'no-number'],
    ['900 Gbit/s', 'too-large'],
  ])('"%s" is refused for a reason', (typed, why) => {
    expect(readSpeed(typed)).toEqual({ kind: 'unreadable', why });
  });
});

describe('whatever is typed', () => {
  const amountLike = fc
    .array(
      fc.oneof(
        fc.constantFrom('1', '40', '0', '9'.repeat(30), '.', ',', ' ', '-', 'to', 'of', '%', '/'),
        fc.constantFrom('GB', 'TB', 'mb/s', 'Mbps', 'half', 'toString', '__proto__', '½', '٣'),
      ),
      { maxLength: 9 },
    )
    .map((parts) => parts.join(''));

  it('gives finite amounts with low up to high, or a reason', () => {
    fc.assert(
      fc.property(fc.oneof(amountLike, fc.string({ unit: 'binary' })), (typed) => {
        for (const reading of [readSize(typed), readSpeed(typed)]) {
          if (reading.kind !== 'known') continue;
          const { low, high } = reading.amount;
          expect(Number.isFinite(low) && Number.isFinite(high)).toBe(true);
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeGreaterThanOrEqual(low);
        }
        const speed = readSpeed(typed);
        if (speed.kind === 'known') expect(speed.amount.low).toBeGreaterThan(0);
      }),
      { numRuns: 20_000 },
    );
  });

  it('reads every plain number as itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999 }), (size) => {
        expect(readSize(`${size} GB`)).toEqual(known(size));
        expect(readSize(size.toLocaleString('en-US'))).toEqual(known(size));
        expect(readSpeed(`${size} Mbps`)).toEqual(known(size));
      }),
    );
  });
});
