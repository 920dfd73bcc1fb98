import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Found, IndexState } from '../../../../src/core/backup/inspect.ts';
import { kinds } from '../../../../src/core/backup/kinds.ts';
import type { Fault, FaultName } from '../../../../src/core/backup/tally.ts';
import { newTally } from '../../../../src/core/backup/tally.ts';
import {
  deviceOfBackup,
  judge,
  type Judgment,
  type Verdict,
} from '../../../../src/core/backup/verdict.ts';
import { facts } from '../../../../src/data/facts.ts';
import { now } from './memory.ts';

const day = 86_400;
/** A backup against which nothing can be said. */
const sound: Found = {
  about: {
    ...{ deviceName: 'Alex’s iPhone', productType: 'iPhone8,1', productVersion: '14.8.1' },
    ...{ buildVersion: undefined, serialNumber: undefined, imei: undefined },
    ...{ phoneNumber: undefined, uniqueId: 'abc', keyBag: undefined, manifestKey: undefined },
    ...{ madeAt: now - 3600, encrypted: true, snapshotState: 'finished', apps: [], unreadable: [] },
  },
  ...{ encrypted: true, password: 'right', index: { state: 'read' }, beingMade: false },
  ...{ whole: true, files: { count: 3, bytes: 9 }, kinds: [], faults: [], opened: [] },
  ...{ comparable: 0, compared: 0 },
};
const about = (changed: Partial<Found['about']>): Partial<Found> => ({
  about: { ...sound.about, ...changed },
});
const judged = (changed: Partial<Found>, device?: string, newest?: number): Judgment =>
  judge({ ...sound, ...changed }, { now, device, newest }, facts);

const fault = (name: FaultName): Fault => ({
  ...{ fault: name, kind: 'photos', files: 1, bytes: 1, examples: [] },
});
const faultNames: FaultName[] = [
  ...(['missing', 'cut-short', 'wrong-number', 'listed-twice'] as const),
  ...(['bad-record', 'changed', 'unopenable', 'grown'] as const),
];

/** Each makes a sound backup worse, in a way of its own. */
const blows: Partial<Found>[] = [
  ...(['missing', 'before-ios-10'] as const).map((state): Partial<Found> => ({ index: { state }, files: undefined })),
  ...(['damaged', 'unsupported'] as const).map((state): Partial<Found> => ({ index: { state, said: 'So.' }, files: undefined })),
  { index: { state: 'locked' }, password: 'wanted', files: undefined },
  { index: { state: 'locked' }, password: 'wrong', files: undefined },
  { files: { count: 0, bytes: 0 } },
  { beingMade: true },
  { whole: false },
  { encrypted: false, password: 'not-needed' },
  ...faultNames.map((name) => ({ faults: [fault(name)] })),
  about({ snapshotState: 'uploading' }),
  about({ snapshotState: undefined }),
  about({ madeAt: undefined }),
  about({ madeAt: now - 2 * day }),
  about({ madeAt: now + 2 * day }),
  ...(['Info.plist', 'Manifest.plist'] as const).map((file) => about({ unreadable: [{ file, why: 'damaged', said: 'So.' }] })),
]; // prettier-ignore
const order: Verdict[] = ['safe', 'safe-but', 'cannot-tell', 'not-yet'];

/** All of several blows: what a later one says of the same thing adds to it. */
function struck(some: Partial<Found>[]): Found {
  return some.reduce<Found>(
    (found, blow) => ({
      ...found,
      ...blow,
      faults: [...found.faults, ...(blow.faults ?? [])],
      about: {
        ...found.about,
        ...(blow.about &&
          Object.fromEntries(
            Object.entries(blow.about).filter(
              ([name, value]) => value !== sound.about[name as keyof Found['about']],
            ),
          )),
        unreadable: [...found.about.unreadable, ...(blow.about?.unreadable ?? [])],
      },
    }),
    sound,
  );
}

describe('the verdict', () => {
  it('is "safe" where nothing speaks against the backup', () => {
    expect(judged({})).toEqual({ verdict: 'safe', obstacles: [], doubts: [], cautions: [] });
  });

  it.each(blows)('is no longer "safe" after any single blow: %j', (blow) => {
    expect(judged(blow).verdict).not.toBe('safe');
  });

  it('is the gravest of what was found: not yet, cannot tell, safe but, safe', () => {
    const some = fc.subarray(blows, { maxLength: 6 });
    fc.assert(
      fc.property(some, (chosen) => {
        const { verdict, obstacles, doubts, cautions } = judge(struck(chosen), { now }, facts);
        const gravest =
          obstacles.length > 0 ? 3 : doubts.length > 0 ? 2 : cautions.length > 0 ? 1 : 0;
        expect(verdict).toBe(order[gravest]);
      }),
    );
  });

  it('never gets better by a further fault', () => {
    const tally: fc.Arbitrary<Fault> = fc.record({
      fault: fc.constantFrom(...faultNames),
      kind: fc.constantFrom(...kinds),
      files: fc.integer({ min: 1 }),
      bytes: fc.nat(),
      examples: fc.constant<string[]>([]),
    });
    fc.assert(
      fc.property(fc.subarray(blows), fc.array(tally), tally, (chosen, faults, further) => {
        const found = struck(chosen);
        const before = { ...found, faults: [...found.faults, ...faults] };
        const rank = (one: Found): number => order.indexOf(judge(one, { now }, facts).verdict);
        expect(rank({ ...before, faults: [...before.faults, further] })).toBeGreaterThanOrEqual(
          rank(before),
        );
      }),
    );
  });

  it('says each reason once, of many faults of a kind', () => {
    const many = Array.from({ length: 9 }, () => fault('missing'));
    expect(judged({ faults: many }).obstacles).toEqual(['files-missing']);
    const confused = (['wrong-number', 'listed-twice', 'bad-record'] as const).map(fault);
    expect(judged({ faults: confused }).obstacles).toEqual(['index-inconsistent']);
  });

  it('does not blame an index that no password could open for the lack of one', () => {
    const index: IndexState = { state: 'damaged', said: 'So.' };
    expect(judged({ index, password: 'wanted' }).doubts).toEqual([]);
  });

  it('minds which device, and whether there is a newer backup', () => {
    expect(judged({}, 'iphone-6s').verdict).toBe('safe');
    expect(judged({}, 'iphone-12').cautions).toEqual(['other-device']);
    // A device that nobody knows may be the right one.
    expect(judged(about({ productType: 'iPhone99,9' }), 'iphone-12').verdict).toBe('safe');
    expect(judged({}, undefined, now - 3600).verdict).toBe('safe');
    expect(judged({}, undefined, now).cautions).toEqual(['not-newest']);
  });

  it('takes a day as a day, and a clock that is a little ahead for none', () => {
    const cautions = (age: number): string[] => judged(about({ madeAt: now - age })).cautions;
    expect([cautions(day), cautions(day + 1)]).toEqual([[], ['old']]);
    expect([cautions(-day), cautions(-day - 1)]).toEqual([[], ['future']]);
    expect([cautions(8.64e12), cautions(-8.64e12)]).toEqual([['old'], ['future']]);
  });

  it('knows the device of every identifier of our facts, and no other', () => {
    for (const device of facts.devices) {
      for (const { identifier } of device.variants) {
        const found = { ...sound, ...about({ productType: identifier }) };
        expect(deviceOfBackup(found, facts)?.id).toBe(device.id);
      }
    }
    expect(deviceOfBackup({ ...sound, ...about({ productType: undefined }) }, facts)).toBeUndefined();
  }); // prettier-ignore
});

describe('the tally', () => {
  it('counts by kind, in the order of kinds, and keeps the first few names, cut', () => {
    const tally = newTally();
    for (let file = 0; file < 12; file += 1) {
      tally.count('photos', 100);
      tally.fault('missing', 'photos', 100, `${file} `.padEnd(5000, 'x'));
    }
    tally.count('other', 1);
    tally.count('messages', 0);
    tally.fault('grown', 'photos', 7, 'a');
    expect(tally.kinds().map(({ kind, files, bytes }) => [kind, files, bytes])).toEqual([
      ['photos', 12, 1200],
      ['messages', 1, 0],
      ['other', 1, 1],
    ]);
    const [missing, grown] = tally.faults();
    expect(missing).toMatchObject({ fault: 'missing', files: 12, bytes: 1200 });
    expect(missing?.examples.map((example) => example.length)).toEqual([300, 300, 300, 300, 300]);
    expect(grown).toEqual({ fault: 'grown', kind: 'photos', files: 1, bytes: 7, examples: ['a'] });
  });
});
