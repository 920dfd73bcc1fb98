import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areOld, mostDays } from '../../../src/core/age.ts';

const aDay = 86_400_000;

describe('the age of the facts', () => {
  it('is great on the 61st day and not on the 60th', () => {
    expect(areOld(Date.UTC(2026, 9, 5), Date.UTC(2026, 11, 4))).toBe(false);
    expect(areOld(Date.UTC(2026, 9, 5), Date.UTC(2026, 11, 4, 0, 0, 1))).toBe(true);
  });

  it('never shrinks as time goes by, and a clock in the past finds no age', () => {
    const day = fc.integer({ min: Date.UTC(2007, 0, 1), max: Date.UTC(2099, 11, 31) });
    fc.assert(
      fc.property(day, fc.integer({ min: -10_000, max: 10_000 }), (asOf, days) => {
        expect(areOld(asOf, asOf + days * aDay)).toBe(days > mostDays);
      }),
    );
  });
});
