import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSize, readSpeed } from '../../../src/core/amount.ts';
import { noCircumstances, type Circumstances } from '../../../src/core/circumstances.ts';
import { estimateFor, type EstimatedDevice } from '../../../src/core/estimate.ts';
import { estimatedDevice } from '../../../src/components/estimate/devices.ts';
import {
  adviceWords,
  amount,
  backupSum,
  partsOf,
  readingWords,
  timeInWords,
  transferSum,
  type Part,
} from '../../../src/content/estimate.ts';
import { plainText } from '../../../src/content/rich.ts';
import { facts } from '../../../src/data/facts.ts';
import { planning } from '../../../src/data/planning.ts';

const minute = 60;
const hour = 3600;
const day = 24 * hour;

const device = (id: string): EstimatedDevice =>
  facts.devices.filter((known) => known.id === id).map(estimatedDevice)[0] as EstimatedDevice;
const parts = (said: Partial<Circumstances>, of?: EstimatedDevice): Part[] =>
  partsOf(estimateFor({ ...noCircumstances, ...said }, of, planning), of, planning);

describe('a time in words', () => {
  it.each([
    [0, 0, 'no time at all'],
    [0, 1, 'less than a minute'],
    [20, 59, 'less than a minute'],
    [20, 200, 'up to 4 minutes'],
    [61, 119, '1 to 2 minutes'],
    [9 * minute, 9 * minute, 'about 9 minutes'],
    [20 * minute, 38 * minute, '20 to 40 minutes'],
    [40 * minute, 100 * minute, '40 minutes to 2 hours'],
    [59.5 * minute, 60 * minute, '55 minutes to 1 hour'],
    [hour, 1.4 * hour, '1 to 1½ hours'],
    [4.44 * hour, 13.3 * hour, '4 to 14 hours'],
    [8 * hour, 47.5 * hour, '8 hours to 2 days'],
    [3 * day, 9.2 * day, '3 to 10 days'],
    [3 * day, 100 * day, '3 days to more than two months'],
    [100 * day, 900 * day, 'more than two months'],
  ])('%d to %d seconds: %s', (low, high, words) => {
    expect(timeInWords({ low, high })).toBe(words);
  });

  it('is never zero for a time that is not, and always a time for any number', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        (a, b) => {
          const words = timeInWords({ low: Math.min(a, b), high: Math.max(a, b) });
          expect(words).not.toMatch(/\b0\b|NaN|Infinity|undefined|^\s|\s{2}/);
          if (Math.max(a, b) > 0) expect(words).not.toBe('no time at all');
        },
      ),
      { numRuns: 5000 },
    );
  });
});

describe('an amount in words', () => {
  it('has no more digits than it deserves', () => {
    expect(amount({ low: 20, high: 36 }, 'GB')).toBe('20 to 36 GB');
    expect(amount({ low: 4.0955, high: 4.0955 }, 'GB')).toBe('4.1 GB');
    expect(amount({ low: 9.96, high: 12_345.6 }, 'GB')).toBe('10 to 12,346 GB');
    expect(amount({ low: 0.3, high: 1 }, 'Mbit/s')).toBe('0.3 to 1 Mbit/s');
  });

  it('is shown as 0 only where it is 0', () => {
    expect(amount({ low: 0, high: 0 }, 'GB')).toBe('0 GB');
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1e6, noNaN: true }), (value) => {
        const words = amount({ low: value, high: value }, 'GB');
        expect(words).not.toMatch(/^[0.,]+ GB$|e-|NaN/);
      }),
    );
  });
});

describe('what is typed is answered', () => {
  it('with how it was understood', () => {
    expect(readingWords(readSize('1,5 TB'), 'GB')).toBe('Understood as 1,500 GB.');
    expect(readingWords(readSpeed('5-10'), 'Mbit/s')).toBe('Understood as 5 to 10 Mbit/s.');
    expect(readingWords(readSize(''), 'GB')).toBe('');
  });

  it('with a sentence that says what to do where it was not', () => {
    const sentences = [
      readingWords(readSize('nonsense'), 'GB'),
      readingWords(readSize('half'), 'GB'),
      readingWords(readSize('10 Mbit/s'), 'GB'),
      readingWords(readSize('90 of 64'), 'GB'),
      readingWords(readSize('999 TB'), 'GB'),
      readingWords(readSpeed('quick'), 'Mbit/s'),
      readingWords(readSpeed('0'), 'Mbit/s'),
      readingWords(readSpeed('10 GB'), 'Mbit/s'),
      readingWords(readSpeed('999 Gbit/s'), 'Mbit/s'),
    ];
    expect(new Set(sentences).size).toBe(sentences.length);
    for (const sentence of sentences) {
      expect(sentence).toMatch(/(Type|Add|Look|Measure|belongs).+\.$/);
    }
  });
});

describe('the estimate in words', () => {
  it('shows the sums', () => {
    const estimate = estimateFor(
      { ...noCircumstances, used: '40 GB', photos: 'on-device', up: '10' },
      undefined,
      planning,
    );
    expect(backupSum(estimate)).toBe('40 GB used × 50 to 90% = 20 to 36 GB in the backup');
    const upload = estimate.icloud?.upload;
    expect(upload && transferSum(upload)).toBe(
      '20 to 36 GB × 8 = 160 to 288 Gbit; at 6 to 10 Mbit/s: 4 to 14 hours',
    );
  });

  it('says where the size of the update is not recorded, and where there is no update', () => {
    const answers = ['iphone-6s', 'iphone-6s-plus', 'iphone-4'].map(
      (id) => parts({ down: '40' }, device(id)).filter((part) => part.id === 'update')[0]?.answer,
    );
    expect(answers).toEqual([
      '10 to 25 minutes for iOS 15.8.8.',
      'The size of iOS 15.8.8 for the iPhone 6s Plus is not in our facts.',
      'We found no update that Apple offers the iPhone 4.',
    ]);
  });

  it('holds no hole and no broken number, whatever is said', () => {
    const typed = fc.constantFrom('', '0', '0.004', '40 GB', 'some', 'half', '70 TB', '1 to 900');
    const devices = facts.devices.map(estimatedDevice);
    fc.assert(
      fc.property(
        fc.record({
          used: typed,
          up: typed,
          down: typed,
          taken: typed,
          room: typed,
          plan: fc.constantFrom('', '5gb', '12tb'),
          computer: fc.constantFrom('' as const, 'mac' as const, 'linux' as const, 'none' as const),
        }),
        fc.option(fc.constantFrom(...devices), { nil: undefined }),
        (said, of) => {
          const estimate = estimateFor({ ...noCircumstances, ...said }, of, planning);
          const sentences = [
            ...partsOf(estimate, of, planning).flatMap(({ answer, notes }) => [answer, ...notes]),
            ...estimate.tonight.map((advice) => plainText(adviceWords(advice, estimate, of))),
          ];
          for (const sentence of sentences) {
            expect(sentence).toMatch(/^[A-Z\d].*[.]$/);
            expect(sentence).not.toMatch(/NaN|Infinity|undefined|\s\.|\s{2}|\.\./);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});
