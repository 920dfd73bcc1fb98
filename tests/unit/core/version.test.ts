import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, parseVersion } from '../../../src/core/version.ts';

describe('a version as people write it', () => {
  it.each([
    ['15.8.8', [15, 8, 8]],
    ['15', [15, 0, 0]],
    ['iOS 14.2', [14, 2, 0]],
    ['iPadOS 17.7.11', [17, 7, 11]],
    ['ios13', [13, 0, 0]],
    ['iPhone OS 3.1.3', [3, 1, 3]],
    ['12,5', [12, 5, 0]],
    ['  9.3.6 ', [9, 3, 6]],
    ['v10.2', [10, 2, 0]],
  ])('reads %s', (text, [major, minor, patch]) => {
    expect(parseVersion(text)).toEqual({ major, minor, patch });
  });

  it.each(['', 'fourteen', '14.', '14..2', '1.2.3.4', '140', '-14', '14 beta', 'iOS'])(
    'does not take "%s" for one',
    (text) => {
      expect(parseVersion(text)).toBeUndefined();
    },
  );

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parseVersion(text);
      }),
    );
  });

  it('counts 16.7.16 as newer than 16.7.9, and 9.3 as older than 10', () => {
    const newer = (a: string, b: string): boolean => {
      const [left, right] = [parseVersion(a), parseVersion(b)];
      return left !== undefined && right !== undefined && compareVersions(left, right) > 0;
    };
    expect(newer('16.7.16', '16.7.9')).toBe(true);
    expect(newer('10', '9.3')).toBe(true);
    expect(newer('15.8', '15.8.0')).toBe(false);
  });
});
