import { describe, expect, it } from 'vitest';
import {
  offersFor,
  readNow,
  releaseFor,
  runs,
  verdictFor,
  verdictsFor,
  type Verdict,
} from '../../../src/core/compatibility.ts';
import { facts } from '../../../src/data/facts.ts';
import { deviceOf } from '../device.ts';

function verdictOf(id: string, major: number): Verdict {
  const device = deviceOf(id);
  const release = releaseFor(facts, device, major);
  if (!release) throw new Error(`There is no release ${major}.`);
  return verdictFor(device, release);
}

describe('the verdict', () => {
  it.each([
    ['iphone-6s', 14, 'superseded', ['15.8.8']],
    ['iphone-6s', 15, 'offered', ['15.8.8']],
    ['iphone-6', 14, 'too-old', ['12.5.8']],
    ['iphone-8', 14, 'superseded', ['16.7.16']],
    ['iphone-12', 14, 'came-with', ['27.0.1', '26.7.1']],
    ['iphone-13', 14, 'too-new', ['27.0.1', '26.7.1']],
    ['iphone-11', 26, 'offered', ['27.0.1', '26.7.1']],
    ['iphone-xs-max', 18, 'offered', ['18.7.10']],
    ['ipad-air-2', 14, 'superseded', ['15.8.8']],
    ['ipad-8th-generation', 14, 'came-with', ['26.7.1']],
    ['ipad-2', 9, 'superseded', []],
    ['ipod-touch-7th-generation', 14, 'superseded', ['15.8.8']],
    ['iphone-18-pro', 27, 'came-with', ['27.0.1']],
  ] as const)('of %s on %i is %s', (id, major, kind, offers) => {
    const verdict = verdictOf(id, major);
    expect(verdict.kind).toBe(kind);
    expect(verdict.offers.map(({ version }) => version)).toEqual(offers);
  });

  it('does not say that a device sold before the facts begin came with their first release', () => {
    expect(verdictOf('iphone-1st-generation', 3).kind).toBe('superseded');
    expect(verdictOf('iphone-3gs', 3).kind).toBe('came-with');
  });

  it('speaks of iPadOS to iPads from 13 on, and of iOS before', () => {
    expect(verdictOf('ipad-air-2', 14).release.id).toBe('ipados-14');
    expect(verdictOf('ipad-air-2', 12).release.id).toBe('ios-12');
    expect(verdictOf('iphone-6s', 14).release.id).toBe('ios-14');
  });

  it('never calls iOS 14 offered, to anybody', () => {
    expect(verdictsFor(facts, 14).filter(({ offerOfRelease }) => offerOfRelease)).toEqual([]);
  });
});

describe('the devices that take iOS 14 and iPadOS 14', () => {
  const able = facts.devices.filter((device) => runs(device, 14));
  const namesOf = (family: string): string[] =>
    able.filter((device) => device.family === family).map((device) => device.name);

  it('are 19 iPhones, the 6s to the 12 family', () => {
    expect(namesOf('iPhone').sort()).toEqual(
      [
        ...['iPhone 6s', 'iPhone 6s Plus', 'iPhone SE (1st generation)', 'iPhone 7'],
        ...['iPhone 7 Plus', 'iPhone 8', 'iPhone 8 Plus', 'iPhone X', 'iPhone XR', 'iPhone XS'],
        ...['iPhone XS Max', 'iPhone 11', 'iPhone 11 Pro', 'iPhone 11 Pro Max'],
        ...['iPhone SE (2nd generation)', 'iPhone 12 mini', 'iPhone 12', 'iPhone 12 Pro'],
        'iPhone 12 Pro Max',
      ].sort(),
    );
  });

  it('are one iPod touch', () => {
    expect(namesOf('iPod touch')).toEqual(['iPod touch (7th generation)']);
  });

  it('are the iPads from Air 2, mini 4, the 5th generation and every Pro up to 2021', () => {
    expect(namesOf('iPad').sort()).toEqual(
      [
        ...['iPad Air 2', 'iPad Air (3rd generation)', 'iPad Air (4th generation)'],
        ...['iPad mini 4', 'iPad mini (5th generation)'],
        ...['5th', '6th', '7th', '8th'].map((nth) => `iPad (${nth} generation)`),
        ...['iPad Pro 9.7-inch', 'iPad Pro 10.5-inch'],
        ...['1st', '2nd', '3rd'].map((nth) => `iPad Pro 11-inch (${nth} generation)`),
        ...['1st', '2nd', '3rd', '4th', '5th'].map(
          (nth) => `iPad Pro 12.9-inch (${nth} generation)`,
        ),
      ].sort(),
    );
  });

  it('are each offered something newer today', () => {
    for (const device of able) {
      expect(offersFor(device).length, device.name).toBeGreaterThan(0);
    }
  });
});

describe('the version a person has now', () => {
  const read = (id: string, text: string, major = 14): ReturnType<typeof readNow> =>
    readNow(facts, verdictOf(id, major), text);

  it('is the newest already, behind it, or past the release asked about', () => {
    expect(read('iphone-6s', '15.8.8')).toMatchObject({ newest: 'same', release: 'past' });
    expect(read('iphone-6s', '14.1')).toMatchObject({ newest: 'behind', release: 'on' });
    expect(read('iphone-6s', '9.3')).toMatchObject({ newest: 'behind', release: 'before' });
  });

  it('shows the smaller step in between where Apple offers one', () => {
    expect(read('iphone-11', '18.6', 27)).toMatchObject({
      between: [{ version: '26.7.1', released: '2026-09-28' }],
    });
    expect(read('iphone-11', '26.7.1', 27)).toMatchObject({ between: [] });
    expect(read('iphone-6s', '12.1')).toMatchObject({ between: [] });
  });

  it('cannot update itself up to 5.0', () => {
    expect(read('iphone-4', '5.0', 7)).toMatchObject({ computerOnly: true });
    expect(read('iphone-4', '5.0.1', 7)).toMatchObject({ computerOnly: false });
  });

  it('is questioned where the device cannot have it', () => {
    expect(read('iphone-6s', '16').kind).toBe('above-last');
    expect(read('iphone-6s', '28').kind).toBe('above-last');
    expect(read('iphone-6s', '8.4').kind).toBe('below-first');
    expect(read('iphone-6s', '21').kind).toBe('never-existed');
    expect(read('iphone-6s', 'dunno').kind).toBe('unread');
  });

  it('may be newer than the facts', () => {
    expect(read('iphone-11', '27.2').kind).toBe('newer-than-facts');
    expect(read('iphone-11', '28').kind).toBe('newer-than-facts');
    expect(read('iphone-6s', '15.8.9').kind).toBe('newer-than-facts');
  });
});
