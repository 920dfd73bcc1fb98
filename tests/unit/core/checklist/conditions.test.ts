import { describe, expect, it } from 'vitest';
import { noAnswers, type Answers } from '../../../../src/core/answers.ts';
import { checklistFor } from '../../../../src/core/checklist/checklist.ts';
import {
  canUse,
  matters,
  situationOf,
  type Situation,
} from '../../../../src/core/checklist/situation.ts';
import { conditions, steps, type Condition } from '../../../../src/core/checklist/steps.ts';
import { facts } from '../../../../src/data/facts.ts';
import { deviceOf } from '../../device.ts';

const situation = (answers: Partial<Answers>): Situation =>
  situationOf({ ...noAnswers, ...answers }, facts);

/** For every condition: answers under which it holds, and answers under which it does not. */
const cases: Record<Condition, [Partial<Answers>, Partial<Answers>]> = {
  'device-known': [{ device: 'iphone-6s' }, {}],
  'device-unknown': [{}, { device: 'iphone-6s' }],
  'version-unknown': [
    { device: 'iphone-6s', now: 'unknown' },
    { device: 'iphone-6s', now: '13.7' },
  ],
  'space-not-plenty': [{}, { space: 'plenty' }],
  'with-finder': [{ computer: 'mac' }, { computer: 'old-mac' }],
  'with-itunes': [{ computer: 'old-mac' }, { computer: 'windows' }],
  'with-windows': [{ computer: 'windows' }, { computer: 'mac' }],
  'with-linux': [{ computer: 'linux' }, { computer: 'windows' }],
  'with-any-computer': [{}, { computer: 'none' }],
  'with-borrowed-computer': [{ computer: 'none' }, { computer: 'mac' }],
  'with-icloud': [{ device: 'iphone-6s' }, { device: 'iphone-4' }],
  'own-computer': [{ computer: 'linux' }, { computer: 'none' }],
  'icloud-lacks-room': [{ icloud: 'not-enough' }, { icloud: 'enough' }],
  'password-wanted': [{}, { encrypted: 'no' }],
  'can-archive': [{ computer: 'windows' }, { computer: 'linux' }],
  'uses-watch': [
    { device: 'iphone-8', uses: ['watch'] },
    { device: 'ipad-2', uses: ['watch'] },
  ],
  'uses-whatsapp': [{ uses: ['whatsapp'] }, {}],
  'uses-authenticator': [{ uses: ['authenticator'] }, { uses: ['none'] }],
  'uses-esim': [
    { device: 'iphone-xr', uses: ['esim'] },
    { device: 'iphone-x', uses: ['esim'] },
  ],
  'uses-cards': [
    { device: 'iphone-6', uses: ['cards'] },
    { device: 'iphone-5s', uses: ['cards'] },
  ],
  'uses-work': [{ uses: ['work'] }, { uses: ['unknown'] }],
  'uses-unknown': [{}, { uses: ['none'] }],
  'something-to-install': [{ device: 'iphone-6s' }, { device: 'iphone-6s', now: '15.8.8' }],
  'nothing-to-install': [
    { device: 'iphone-11', now: '27.2' },
    { device: 'iphone-11', now: '18' },
  ],
  'updates-itself': [{ device: 'iphone-4' }, { device: 'iphone-4', now: '4.3' }],
  'only-computer-updates': [{ device: 'iphone-3g' }, { device: 'iphone-4', now: '6.0' }],
  'computer-cannot-update': [{ computer: 'linux' }, { computer: 'mac' }],
  'computer-can-update': [{}, { computer: 'none' }],
};

describe('every condition of a step', () => {
  it.each(Object.entries(cases))('%s holds where it should, and only there', (name, [yes, no]) => {
    expect(conditions[name as Condition](situation(yes))).toBe(true);
    expect(conditions[name as Condition](situation(no))).toBe(false);
  });

  it('is used by some step, and every step has a place', () => {
    const used = new Set<string>(steps.flatMap((step) => step.when));
    expect(Object.keys(conditions).filter((name) => !used.has(name))).toEqual([]);
  });
});

describe('the way to back up that is recommended', () => {
  it.each<[Partial<Answers>, Situation['routes'], Situation['routeReason']]>([
    [{ computer: 'mac' }, ['finder', 'icloud'], 'complete-with-password'],
    [{ computer: 'old-mac', icloud: 'not-enough' }, ['itunes', 'icloud'], 'complete-with-password'],
    [{ computer: 'windows', icloud: 'enough' }, ['windows', 'icloud'], 'complete-with-password'],
    [
      { computer: 'mac', icloud: 'enough', encrypted: 'no' },
      ['icloud', 'finder'],
      'no-password-wanted',
    ],
    [{ computer: 'mac', encrypted: 'no' }, ['finder', 'icloud'], 'complete'],
    [{ computer: 'linux', icloud: 'enough' }, ['icloud', 'linux'], 'simplest'],
    [{ computer: 'none' }, ['icloud', 'borrow'], 'no-computer'],
    [{ computer: 'mac', icloud: 'no' }, ['finder'], 'only-way'],
    [{ computer: 'none', icloud: 'no' }, ['borrow'], 'only-way'],
    [{ device: 'iphone-4', computer: 'windows', icloud: 'enough' }, ['windows'], 'only-way'],
    [{ device: 'iphone-4s', now: '8.4', icloud: 'enough' }, ['any-computer'], 'only-way'],
    [{}, ['any-computer', 'icloud'], 'complete-with-password'],
  ])('for %j', (answers, routes, reason) => {
    expect(situation(answers).routes).toEqual(routes);
    expect(situation(answers).routeReason).toBe(reason);
  });

  it('leads its phase', () => {
    const phases = checklistFor(situation({ computer: 'linux', icloud: 'enough' }));
    const backUp = phases.find(({ phase }) => phase === 'back-up')?.steps ?? [];
    expect(backUp.map(({ id }) => id)).toEqual([
      'back-up-icloud',
      'choose-backup-password',
      'back-up-linux',
    ]);
    expect(backUp.filter(({ recommended }) => recommended).map(({ id }) => id)).toEqual([
      'back-up-icloud',
    ]);
  });
});

describe('a question', () => {
  it('about a password is left out without a computer, one about iCloud before iOS 9', () => {
    expect(matters('encrypted', situation({ computer: 'none' }))).toBe(false);
    expect(matters('encrypted', situation({}))).toBe(true);
    expect(matters('icloud', situation({ device: 'iphone-4' }))).toBe(false);
    expect(matters('icloud', situation({ device: 'iphone-4s' }))).toBe(true);
  });
});

describe('what a device can be used for', () => {
  it('an iPad has no Apple Watch, an iPod touch no eSIM and no cards', () => {
    expect(canUse(deviceOf('ipad-air-2'), 'watch')).toBe(false);
    expect(canUse(deviceOf('ipod-touch-7th-generation'), 'esim')).toBe(false);
    expect(canUse(deviceOf('ipod-touch-7th-generation'), 'cards')).toBe(false);
    expect(canUse(deviceOf('iphone-5'), 'watch')).toBe(true);
    expect(canUse(deviceOf('iphone-4s'), 'watch')).toBe(false);
    expect(canUse(undefined, 'watch')).toBe(true);
  });
});
