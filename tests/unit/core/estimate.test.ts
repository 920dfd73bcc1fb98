import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choices, noCircumstances, type Circumstances } from '../../../src/core/circumstances.ts';
import {
  cableFor,
  estimateFor,
  smallestPlan,
  type Estimate,
  type EstimatedDevice,
  type Transfer,
} from '../../../src/core/estimate.ts';
import { estimatedDevice } from '../../../src/components/estimate/devices.ts';
import { facts } from '../../../src/data/facts.ts';
import { planning } from '../../../src/data/planning.ts';

const devices = facts.devices.map(estimatedDevice);
const device = (id: string): EstimatedDevice =>
  devices.filter((known) => known.id === id)[0] as EstimatedDevice;
const estimate = (said: Partial<Circumstances>, of?: EstimatedDevice): Estimate =>
  estimateFor({ ...noCircumstances, ...said }, of, planning);

const typed = fc.oneof(
  fc.constantFrom('', 'nonsense', 'half', '0', '0.0001', '99999', '100 TB', 'some', '5 to 10'),
  fc.double({ min: 0, max: 2000, noNaN: true }).map((amount) => amount.toFixed(3)),
);
const anyCircumstances: fc.Arbitrary<Circumstances> = fc.record({
  device: fc.constant(''),
  used: typed,
  photos: fc.constantFrom('' as const, ...choices.photos),
  line: fc.constantFrom('', ...planning.lines.map(({ id }) => id)),
  up: typed,
  down: typed,
  plan: fc.constantFrom('', ...planning.plans.map(({ id }) => id)),
  taken: typed,
  computer: fc.constantFrom('' as const, ...choices.computer),
  cable: fc.constantFrom('' as const, ...choices.cable),
  room: typed,
  carried: fc.constant([]),
});
const anyDevice = fc.option(fc.constantFrom(...devices), { nil: undefined });

describe('an estimate', () => {
  it('shows the sums of the example: 40 GB over 10 Mbit/s', () => {
    const { backup, icloud } = estimate({ used: '40 GB', photos: 'on-device', up: '10' });
    expect(backup).toEqual({ low: 20, high: 36 });
    // 20 GB x 8000 / 10 Mbit/s, and 36 GB x 8000 / 6 Mbit/s.
    expect(icloud?.upload?.time).toEqual({ low: 16_000, high: 48_000 });
    expect(icloud?.nights).toEqual({ low: 1, high: 2 });
    expect(icloud?.surely?.id).toBe('50gb');
  });

  it('says nothing of ways to back up while nobody said how much there is', () => {
    for (const used of ['', 'nonsense', 'half']) {
      const { backup, icloud, cable, wifi, tonight } = estimate({ used, up: '10' });
      expect([backup, icloud, cable, wifi]).toEqual([undefined, undefined, undefined, undefined]);
      expect(tonight).toEqual([]);
    }
  });

  it('understands how full it is in words', () => {
    expect(estimate({ used: 'some' }).used).toEqual({ low: 15, high: 50 });
  });

  it('prefers a speed that was typed to the kind of line, but not one that cannot be read', () => {
    const bySpeed = estimate({ used: '40', line: 'slow-dsl', up: '20' }).icloud?.upload?.speed;
    expect(bySpeed).toEqual({ low: 12, high: 20 });
    const byLine = estimate({ used: '40', line: 'slow-dsl', up: 'quick' }).icloud?.upload?.speed;
    expect(byLine).toEqual({ low: 0.3, high: 1 });
  });

  it('lets Wi-Fi set the pace where the line is faster', () => {
    const upload = estimate({ used: '40', up: '1000' }).icloud?.upload;
    expect(upload?.speed).toEqual(planning.links.wifi);
    expect(upload?.limit).toBe('wifi');
    expect(estimate({ used: '40', up: '20' }).icloud?.upload?.limit).toBe('line');
  });

  it('counts what is in iCloud already, and tells whether the plan has room', () => {
    const said = { used: '40', photos: 'on-device', plan: '50gb' } as const;
    expect(estimate(said).icloud?.fits).toBe('yes');
    expect(estimate({ ...said, taken: '20' }).icloud?.fits).toBe('perhaps');
    expect(estimate({ ...said, taken: '45' }).icloud?.fits).toBe('no');
    expect(estimate({ ...said, taken: '20' }).icloud?.surely?.id).toBe('200gb');
    expect(estimate({ ...said, taken: '20' }).icloud?.perhaps?.id).toBe('50gb');
  });

  it('names no plan where none is large enough', () => {
    const { icloud } = estimate({ used: '90 TB', photos: 'on-device' });
    expect([icloud?.surely, icloud?.perhaps]).toEqual([undefined, undefined]);
  });

  it('tells whether the computer has room', () => {
    const said = { used: '40', photos: 'on-device' } as const;
    const rooms = ['36', '30', '19', ''].map((room) => estimate({ ...said, room }).room);
    expect(rooms).toEqual(['yes', 'perhaps', 'no', undefined]);
  });

  it('offers no computer to those who have none, and no Wi-Fi backup on Linux', () => {
    const none = estimate({ used: '40', computer: 'none', room: '100' });
    expect([none.cable, none.wifi, none.room]).toEqual([undefined, undefined, undefined]);
    expect(none.tonight).toContain('borrow-computer');
    const linux = estimate({ used: '40', computer: 'linux' });
    expect(linux.cable).toBeDefined();
    expect(linux.wifi).toBeUndefined();
  });

  it('counts on a fast cable only where the device may have a port for it', () => {
    expect(cableFor('fast-usb', device('iphone-6s'))).toBe('usb2');
    expect(cableFor('fast-usb', device('iphone-16'))).toBe('fast-usb');
    expect(cableFor('fast-usb', undefined)).toBe('fast-usb');
    expect(cableFor('', device('iphone-16'))).toBe('usb2');
  });

  it('sends a device that iCloud no longer takes to a computer', () => {
    const old = device('iphone-4');
    expect(estimate({ used: '10', up: '10' }, old).icloud).toBeUndefined();
    expect(estimate({ used: '10', up: '10' }, old).tonight).toContain('icloud-too-old');
    expect(estimate({ used: '10', up: '10' }, device('iphone-6s')).icloud).toBeDefined();
  });

  it('times the update by the recorded size, and is silent where none is recorded', () => {
    const update = estimate({ down: '40' }, device('iphone-6s')).update;
    expect(update?.size.high).toBeCloseTo(4.095592007, 9);
    expect(update?.time.low).toBeCloseTo((4.095592007 * 8000) / 40, 6);
    expect(estimate({ down: '40' }, device('iphone-6s-plus')).update).toBeUndefined();
    expect(estimate({ down: '40' }).update).toBeUndefined();
  });

  it('says what to do tonight, the computer first and the update last', () => {
    const said = { used: '40', photos: 'on-device', computer: 'mac' } as const;
    expect(estimate({ ...said, line: 'fiber' }).tonight).toEqual([
      'computer-tonight',
      'icloud-tonight',
      'update-afterwards',
    ]);
    expect(estimate({ ...said, up: '8' }).tonight).toContain('icloud-perhaps-tonight');
    expect(estimate({ ...said, line: 'slow-dsl' }).tonight).toContain('icloud-nights');
    expect(estimate(said).tonight).toContain('icloud-speed');
    expect(estimate({ ...said, room: '5', plan: '5gb' }).tonight).toEqual([
      'computer-room',
      'icloud-plan',
      'update-afterwards',
    ]);
    expect(estimate({ ...said, used: '2000' }).tonight).toContain('computer-long');
  });
});

describe('whatever is said', () => {
  it('every range has its low end first and holds numbers that exist', () => {
    fc.assert(
      fc.property(anyCircumstances, anyDevice, (circumstances, of) => {
        const result = estimateFor(circumstances, of, planning);
        for (const { low, high } of rangesIn(result)) {
          expect(Number.isFinite(low) && Number.isFinite(high)).toBe(true);
          expect(low).toBeGreaterThanOrEqual(0);
          expect(low).toBeLessThanOrEqual(high);
        }
        expect(new Set(result.tonight).size).toBe(result.tonight.length);
      }),
      { numRuns: 5000 },
    );
  });

  it('more data never takes less time, a smaller plan or less room', () => {
    const fits = ['yes', 'perhaps', 'no'];
    fc.assert(
      fc.property(anyCircumstances, anyDevice, amounts(3000), (circumstances, of, [less, more]) => {
        const [small, large] = [less, more].map((used) =>
          estimateFor({ ...circumstances, used: String(used) }, of, planning),
        ) as [Estimate, Estimate];
        for (const [shorter, longer] of pairs(small, large)) {
          expect(longer.time.low).toBeGreaterThanOrEqual(shorter.time.low);
          expect(longer.time.high).toBeGreaterThanOrEqual(shorter.time.high);
        }
        expect(sizeOf(large)).toBeGreaterThanOrEqual(sizeOf(small));
        if (small.room && large.room) {
          expect(fits.indexOf(large.room)).toBeGreaterThanOrEqual(fits.indexOf(small.room));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('a faster line or cable never takes more time', () => {
    fc.assert(
      fc.property(anyCircumstances, anyDevice, amounts(2000), (circumstances, of, [slow, fast]) => {
        const [before, after] = (
          [
            [slow, 'usb2'],
            [fast, 'fast-usb'],
          ] as const
        ).map(([speed, cable]) =>
          estimateFor(
            { ...circumstances, up: String(speed + 0.001), down: String(speed + 0.001), cable },
            of,
            planning,
          ),
        ) as [Estimate, Estimate];
        for (const [longer, shorter] of pairs(before, after)) {
          expect(shorter.time.low).toBeLessThanOrEqual(longer.time.low);
          expect(shorter.time.high).toBeLessThanOrEqual(longer.time.high);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('the plan needed is the smallest that fits', () => {
    const { plans } = planning;
    fc.assert(
      fc.property(fc.double({ min: 0, max: 20_000, noNaN: true }), (gigabytes) => {
        const plan = smallestPlan(gigabytes, plans);
        const fitting = plans.filter((other) => other.gigabytes >= gigabytes);
        const smallest = Math.min(...fitting.map((other) => other.gigabytes));
        expect(plan?.gigabytes ?? Infinity).toBe(smallest);
      }),
    );
    for (const { gigabytes, id } of plans) expect(smallestPlan(gigabytes, plans)?.id).toBe(id);
  });
});

function amounts(most: number): fc.Arbitrary<[number, number]> {
  const amount = fc.integer({ min: 0, max: most * 100 }).map((hundredths) => hundredths / 100);
  return fc.tuple(amount, amount).map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
}

function transfersOf({ icloud, cable, wifi, update }: Estimate): (Transfer | undefined)[] {
  return [icloud?.upload, cable, wifi, update];
}

/** The same transfer of two estimates, where both have it; one that only one has is a fault. */
function pairs(one: Estimate, other: Estimate): [Transfer, Transfer][] {
  const [ofOne, ofOther] = [transfersOf(one), transfersOf(other)];
  expect(ofOne.map(Boolean)).toEqual(ofOther.map(Boolean));
  return ofOne.flatMap((transfer, index): [Transfer, Transfer][] => {
    const same = ofOther[index];
    return transfer && same ? [[transfer, same]] : [];
  });
}

function sizeOf({ icloud }: Estimate): number {
  return icloud === undefined ? 0 : (icloud.surely?.gigabytes ?? Number.MAX_VALUE);
}

function rangesIn(result: Estimate): { low: number; high: number }[] {
  const transfers = transfersOf(result).filter((transfer) => transfer !== undefined);
  return [
    ...[result.used, result.share, result.backup, result.icloud?.nights],
    ...transfers.flatMap(({ size, speed, time }) => [size, speed, time]),
  ].filter((range) => range !== undefined);
}
