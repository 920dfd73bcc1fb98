import { describe, expect, it } from 'vitest';
import { guessDevices } from '../../../src/core/guess.ts';
import { facts } from '../../../src/data/facts.ts';

const webKit = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';

function guess(
  userAgent: string,
  width: number,
  height: number,
  ratio: number,
  touch = 5,
): string[] {
  return guessDevices(facts, {
    userAgent,
    screenWidth: width,
    screenHeight: height,
    pixelRatio: ratio,
    touchPoints: touch,
  }).map(({ name }) => name);
}

describe('a guess from the screen and the browser', () => {
  it('on a 4.7-inch iPhone with iOS 15 is the 6s, 7, 8 or an SE, never the 6', () => {
    const names = guess(
      `Mozilla/5.0 (iPhone; CPU iPhone OS 15_8 like Mac OS X) ${webKit} Version/15.6 Mobile/15E148 Safari/604.1`,
      375, 667, 2,
    ); // prettier-ignore
    expect(names.sort()).toEqual([
      'iPhone 6s',
      'iPhone 7',
      'iPhone 8',
      'iPhone SE (2nd generation)',
      'iPhone SE (3rd generation)',
    ]);
  });

  it('on iOS 12 leaves out what never ran it', () => {
    const names = guess(
      `Mozilla/5.0 (iPhone; CPU iPhone OS 12_5_7 like Mac OS X) ${webKit} Version/12.1.2 Mobile/15E148 Safari/604.1`,
      667, 375, 2,
    ); // prettier-ignore
    expect(names).toContain('iPhone 6');
    expect(names).not.toContain('iPhone SE (2nd generation)');
  });

  it('does not believe the "OS 18_6" that Safari 26 still sends', () => {
    const names = guess(
      `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${webKit} Version/26.0 Mobile/15E148 Safari/604.1`,
      414, 896, 2,
    ); // prettier-ignore
    expect(names).toEqual(['iPhone 11']);
  });

  it('knows an iPad that calls itself a Macintosh by its touch screen', () => {
    const mac = `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webKit} Version/18.1 Safari/605.1.15`;
    expect(guess(mac, 810, 1080, 2)).toContain('iPad (8th generation)');
    expect(guess(mac, 810, 1080, 2, 0)).toEqual([]);
  });

  it('says nothing on other computers and phones', () => {
    expect(
      guess('Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0 Safari/537.36', 375, 667, 2, 0),
    ).toEqual([]);
    expect(guess('Mozilla/5.0 (Linux; Android 14) Chrome/156.0 Mobile', 414, 896, 2)).toEqual([]);
  });
});
