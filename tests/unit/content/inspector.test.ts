import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  absenceOf,
  dayAndTime,
  evidenceOf,
  faultLine,
  faultNames,
  grouped,
  kindNames,
  progressLine,
  reasonsOf,
  reportText,
  sizeInWords,
  stageWords,
  verdictWords,
  listingLine,
  timeLeft,
} from '../../../src/content/inspector.ts';
import type { Found, Stage } from '../../../src/core/backup/inspect.ts';
import { kinds } from '../../../src/core/backup/kinds.ts';
import { masked } from '../../../src/core/backup/mask.ts';
import type { FaultName } from '../../../src/core/backup/tally.ts';
import { judge, type Judgment, type Verdict } from '../../../src/core/backup/verdict.ts';
import { facts } from '../../../src/data/facts.ts';
import { contentsOf, filesIn, inspected, locked, now, password } from '../core/backup/memory.ts';

/** Sentences: a capital or the name of a file first, a full stop or colon at the end. */
const sentences = /^[A-Z][^]*[.…]$/;

const everything: Judgment = {
  verdict: 'not-yet',
  obstacles: [
    ...(['unfinished', 'being-made', 'info-missing', 'status-missing', 'index-missing'] as const),
    ...(['index-damaged', 'wrong-password', 'nothing-in-it', 'files-missing'] as const),
    ...(['files-cut-short', 'files-changed', 'files-unopenable', 'index-inconsistent'] as const),
  ],
  doubts: [
    ...(['password-wanted', 'before-ios-10', 'index-unsupported', 'index-files-only'] as const),
    'no-date',
  ],
  cautions: [
    ...(['unencrypted', 'old', 'future', 'other-device', 'not-newest', 'files-grown'] as const),
  ],
};

describe('the words of a check', () => {
  it('tell what is wrong and what to do about it, each in sentences of its own', () => {
    const reasons = reasonsOf(everything);
    expect(reasons).toHaveLength(24);
    for (const { what } of reasons) expect(what).toMatch(sentences);
    // What is to be done about several is said once, with the last of them.
    const advice = reasons.map(({ then }) => then).filter((then) => then !== '');
    for (const then of advice) expect(then).toMatch(sentences);
    expect(new Set(advice).size).toBe(advice.length);
    expect(advice.length).toBeGreaterThan(12);
    expect(reasons[reasons.length - 1]?.then).not.toBe('');
    expect(new Set(reasons.map(({ what }) => what)).size).toBe(reasons.length);
  });

  it('say the most serious first', () => {
    const said = reasonsOf({ ...everything, obstacles: ['unfinished'], doubts: ['no-date'], cautions: ['old'] });
    expect(said.map(({ what }) => what.split(' ').slice(0, 4).join(' '))).toEqual([
      'The backup was never',
      'The backup does not',
      'It is older than',
    ]);
  }); // prettier-ignore

  it('are there for every verdict, kind, fault and stage', () => {
    const verdicts = Object.keys(verdictWords) as Verdict[];
    expect(verdicts).toHaveLength(4);
    for (const verdict of verdicts) expect(verdictWords[verdict].sentence).toMatch(sentences);
    expect(Object.keys(kindNames)).toEqual(kinds);
    for (const kind of kinds) {
      expect(kindNames[kind]).toMatch(/^[A-Z]/);
      for (const encrypted of [true, false, undefined]) {
        expect(absenceOf(kind, encrypted).why).toMatch(sentences);
      }
    }
    expect(absenceOf('health', false).keeps).toBe('no');
    expect(absenceOf('health', true).keeps).toBe('yes');
    for (const fault of Object.keys(faultNames) as FaultName[]) {
      const line = faultLine({ fault, kind: 'photos', files: 1200, bytes: 4.1e6, examples: [] });
      expect(line).toBe(`1,200 files ${faultNames[fault]} (4.1 MB)`);
    }
    expect(faultLine({ fault: 'missing', kind: 'photos', files: 1, bytes: 0, examples: [] })).toBe('1 file missing');
  }); // prettier-ignore

  it('of the progress name the stage, and how far it is in its own unit', () => {
    for (const stage of Object.keys(stageWords) as Stage[]) {
      expect(progressLine({ stage, done: 0, total: undefined })).toBe(`${stageWords[stage]}…`);
    }
    const line = (stage: Stage, done: number, total?: number): string =>
      progressLine({ stage, done, total });
    expect(line('checking', 12_000, 61_234)).toBe('Looking for every file: 12,000 of 61,234');
    expect(line('checking', 12_000)).toBe('Looking for every file: 12,000');
    expect(line('checking', 0, 0)).toBe('Looking for every file: 0 of 0');
    expect(line('decrypting', 4e6, 3e8)).toBe('Decrypting the index: 4.0 MB of 300 MB');
  });
});

describe('sizes, numbers and moments', () => {
  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1000, '1.0 KB'],
    [99_949, '99.9 KB'],
    [99_951, '100 KB'],
    [999_499, '999 KB'],
    [999_500, '1.0 MB'],
    [999_499_999, '999 MB'],
    [4.1e9, '4.1 GB'],
    [1e15, '1000 TB'],
    [NaN, '0 bytes'],
    [-5e6, '0 bytes'],
  ])('%d bytes are "%s"', (bytes, words) => {
    expect(sizeInWords(bytes)).toBe(words);
  });

  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [1_234_567.8, '1,234,568'],
    [-1234, '-1,234'],
  ])('%d is "%s"', (value, words) => {
    expect(grouped(value)).toBe(words);
  });

  it('a moment is a day of the calendar and a time of the clock, or said not to be', () => {
    const at = (...parts: [number, number, number, number, number]): string =>
      dayAndTime(new Date(...parts).getTime() / 1000);
    expect(at(2026, 10, 23, 14, 5)).toBe('November 23, 2026, 14:05');
    expect(at(2026, 0, 1, 0, 0)).toBe('January 1, 2026, 00:00');
    expect(at(9999, 11, 31, 23, 59)).toBe('December 31, 9999, 23:59');
    for (const seconds of [NaN, Infinity, 1e20, -8.64e12, -62_200_000_000]) {
      expect(dayAndTime(seconds)).toBe('a day that does not exist');
    }
    fc.assert(
      fc.property(fc.double({ min: -8.64e12, max: 8.64e12, noNaN: true }), (seconds) => {
        expect(dayAndTime(seconds)).toMatch(
          /^([A-Z][a-z]+ \d{1,2}, \d{1,6}, \d\d:\d\d|a day that does not exist)$/,
        );
      }),
    );
  });
});

const { found } = await inspected(filesIn(contentsOf(locked).contents), { password });
const withAbout = (about: Partial<Found['about']>): Found => ({
  ...found,
  about: { ...found.about, ...about },
});
const reported = (about: Partial<Found['about']>, at = now): string => {
  const changed = withAbout(about);
  return reportText(changed, judge(changed, { now: at }, facts), facts, at);
};

describe('the report', () => {
  it('says the verdict first, then the evidence, in words for everybody', () => {
    const text = reported({});
    expect(text).toMatch(/^SAFE TO UPDATE\nThis backup is whole\. You can update\.\n\nWhat was found/);
    for (const line of [
      ...['Device: iPhone 6s', 'Its name: Alex’s iPhone', 'System: iOS 14.8.1 (18H107)'],
      ...['Finished: Yes', 'Encrypted: Yes; the password given is right', 'Files: 60, '],
      ...['Index: Read from beginning to end', 'Apps: 4 apps', 'Serial number: …345'],
    ]) {
      expect(text).toContain(`\n${line}`);
    }
    expect(text).not.toMatch(/undefined|NaN|\[object|null/);
  }); // prettier-ignore

  it('has no number that identifies a person or a phone, whatever it is', () => {
    const number = fc.string({ minLength: 8, maxLength: 40, unit: fc.constantFrom(...'0123456789ABCDEFGHJK+-'.split('')) });
    const numbers = fc.record({ serialNumber: number, imei: number, phoneNumber: number, uniqueId: number });
    fc.assert(
      fc.property(numbers, (about) => {
        const plain = reported({});
        for (const [name, value] of Object.entries(about)) {
          const text = reported({ ...about });
          expect([name, text.includes(value)]).toEqual([name, plain.includes(value)]);
          // All but three characters, from anywhere in it.
          expect([name, text.includes(value.slice(0, -3))]).toEqual([name, plain.includes(value.slice(0, -3))]);
        }
      }),
      { numRuns: 200 },
    );
  }); // prettier-ignore

  it('keeps lines as lines whatever a backup says of itself', () => {
    const value = fc.option(fc.string({ unit: 'binary', maxLength: 50 }), { nil: undefined });
    const about = fc.record({
      ...{ deviceName: value, productType: value, productVersion: value, buildVersion: value },
      ...{ serialNumber: value, imei: value, phoneNumber: value, uniqueId: value },
      madeAt: fc.option(fc.double({ min: -8.64e12, max: 8.64e12, noNaN: true }), { nil: undefined }),
      snapshotState: value,
    });
    fc.assert(
      fc.property(about, (changed) => {
        const rows = evidenceOf(withAbout(changed), facts, now);
        expect(rows.every(([what, words]) => what !== '' && typeof words === 'string')).toBe(true);
        expect(reported(changed)).toContain('What was found');
      }),
      { numRuns: 300 },
    );
  }); // prettier-ignore

  it.each([
    [30, 'just now'],
    [-30, 'just now'],
    [-3600, 'in the future'],
    [60, '1 minute ago'],
    [7200, '2 hours ago'],
    [86_400, '1 day ago'],
    [45 * 86_400, '1 month ago'],
    [800 * 86_400, '2 years ago'],
  ])('made %d seconds before is "%s"', (seconds, words) => {
    expect(reported({ madeAt: now - seconds })).toContain(`, ${words}\n`);
  });
});

describe('a number that identifies', () => {
  it.each([
    ['DNPX1234ABCD', '…BCD'],
    ['12345678', '…78'],
    ['1234', '…4'],
    ['123', '…'],
    ['', '…'],
  ])('%j is shown as %s', (number, shown) => {
    expect(masked(number)).toBe(shown);
  });

  it('shows a quarter of itself at most', () => {
    fc.assert(
      fc.property(fc.string(), (number) => {
        expect(masked(number).length - 1).toBeLessThanOrEqual(number.length / 4);
      }),
    );
  });
});

describe('a long look', () => {
  it('says how far it is, where the whole is known', () => {
    expect(listingLine(12_000, 100_000)).toBe(
      'Looking through the folder: 12,000 of 100,000 files',
    );
    expect(listingLine(500, undefined)).toBe('Looking through the folder: 500 files');
  });

  it('says how long it will go on, from the pace so far', () => {
    expect(timeLeft(10, 100, 1000)).toBe('about 2 minutes left');
    expect(timeLeft(60, 500, 1000)).toBe('about 1 minute left');
    expect(timeLeft(10, 900, 1000)).toBe('less than a minute left');
  });

  it('says nothing of the time while it cannot know it', () => {
    for (const left of [timeLeft(1, 10, 100), timeLeft(9, 0, 100), timeLeft(9, 10, undefined)]) {
      expect(left).toBe('');
    }
  });
});
