import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noAnswers, type Answers } from '../../../src/core/answers.ts';
import { checklistFor } from '../../../src/core/checklist/checklist.ts';
import { phases } from '../../../src/core/checklist/steps.ts';
import { situationOf, type Situation } from '../../../src/core/checklist/situation.ts';
import { wordsOf } from '../../../src/content/checklist/words.ts';
import { plainText } from '../../../src/content/rich.ts';
import { facts } from '../../../src/data/facts.ts';
import { anyAnswers } from '../any-answers.ts';

interface Told {
  id: string;
  phase: string;
  text: string;
}

/** The checklist as a person reads it. */
function told(situation: Situation): Told[] {
  return checklistFor(situation).flatMap(({ phase, steps }) =>
    steps.map(({ id }) => {
      const { title, why, how } = wordsOf(id, situation);
      return { id, phase, text: [title, why, ...how.map(plainText)].join('\n') };
    }),
  );
}
const toldFor = (answers: Partial<Answers>): Told[] =>
  told(situationOf({ ...noAnswers, ...answers }, facts));
const textOf = (steps: Told[]): string => steps.map(({ text }) => text).join('\n');

describe('any combination of answers gives a checklist', () => {
  const check = (verify: (steps: Told[], situation: Situation) => void): void => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const situation = situationOf(answers, facts);
        verify(told(situation), situation);
      }),
      { numRuns: 3000 },
    );
  };

  it('with a backup, a proof and an update, in that order, and nothing twice', () => {
    check((steps) => {
      const order = steps.map(({ phase }) => phases.findIndex((known) => known === phase));
      expect(order).toEqual([...order].sort((a, b) => a - b));
      expect(new Set(order).size).toBe(phases.length);
      expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
      const places = ['back-up', 'prove', 'update'].map((phase) =>
        steps.findIndex(
          (step) =>
            step.phase === phase && (phase !== 'back-up' || /^(back-up-|borrow)/.test(step.id)),
        ),
      );
      expect(places.every((place) => place >= 0)).toBe(true);
      expect(places).toEqual([...places].sort((a, b) => a - b));
    });
  });

  it('with a proof for every way to back up', () => {
    check((steps, { routes }) => {
      const proofs = steps.filter(({ id }) => id.startsWith('prove-'));
      expect(proofs.length).toBe(routes.length);
    });
  });

  it('with at least two ways to back up, unless an answer or the device forbids iCloud', () => {
    check((_, { routes, icloud, software }) => {
      const oneWay = icloud === 'no' || software.newest.major < 9;
      expect(routes.length).toBe(oneWay ? 1 : 2);
    });
  });

  it('naming no cable the device does not have', () => {
    const cables = { '30-pin': /30-pin/, Lightning: /Lightning/, 'USB-C': /USB-C/ };
    check((steps, { device }) => {
      if (!device) return;
      const text = textOf(steps);
      for (const [connector, pattern] of Object.entries(cables)) {
        if (connector !== device.connector) expect(text).not.toMatch(pattern);
      }
      expect(text).toMatch(cables[device.connector]);
    });
  });

  it('naming no key the device does not have', () => {
    check((steps, { device }) => {
      if (!device) return;
      const text = textOf(steps);
      if (!device.homeButton) expect(text).not.toMatch(/Home button/);
      if (device.restartKeys.includes('home')) expect(text).toMatch(/Home button/);
      if (device.restartKeys.startsWith('home')) expect(text).not.toMatch(/volume/);
      if (!device.restartKeys.includes('side')) expect(text).not.toMatch(/side button/);
      if (!device.restartKeys.includes('top')) expect(text).not.toMatch(/top button/);
    });
  });

  it('naming no program the computer does not have', () => {
    check((steps, { computer }) => {
      const text = textOf(steps);
      const not = (...patterns: RegExp[]): void => {
        for (const pattern of patterns) expect(text).not.toMatch(pattern);
      };
      if (computer === 'mac') not(/iTunes/, /Apple Devices/, /idevice/, /Microsoft/);
      if (computer === 'old-mac') not(/Finder/, /Apple Devices/, /idevice/, /Microsoft/);
      if (computer === 'windows') not(/Finder/, /idevice/, /macOS/);
      if (computer === 'linux') not(/Finder/, /iTunes/, /Apple Devices/);
      if (computer === 'none') not(/Finder/, /iTunes/, /Apple Devices/, /idevice/);
    });
  });

  it('each step with a title that starts with a verb or asks, a reason, and what to do', () => {
    check((steps, situation) => {
      for (const { id } of steps) {
        const { title, why, how } = wordsOf(id as Parameters<typeof wordsOf>[0], situation);
        expect(title).toMatch(/^[A-Z]/);
        expect(why).toMatch(/[.!?]$/);
        expect(how.length, id).toBeGreaterThan(0);
        for (const line of how) expect(plainText(line), id).not.toMatch(/undefined|NaN|\[object/);
      }
    });
  });
});

describe('a step speaks of this device as it is', () => {
  it('gives the path of the Settings the device has now', () => {
    const at = (now: string): string => textOf(toldFor({ device: 'iphone-6s', now }));
    expect(at('10.2')).toContain('Settings › iCloud › Backup');
    expect(at('10.2')).not.toContain('your name › iCloud');
    expect(at('10.3')).toContain('Settings › your name › iCloud › iCloud Backup');
    expect(at('14.8')).toContain('General › Reset › Reset All Settings');
    expect(at('15.0')).toContain('Transfer or Reset iPhone › Reset › Reset All Settings');
    expect(at('10.2')).toContain('Storage & iCloud Usage');
    expect(at('11.0')).toContain('iPhone Storage');
  });

  it('gives both paths, each with its versions, while the version is not known', () => {
    const text = textOf(toldFor({ device: 'iphone-6s' }));
    expect(text).toContain('iCloud Backup (iOS 10.3 or later)');
    expect(text).toContain('Backup (iOS 9 to 10.2)');
  });

  it('warns of the passcode for the backup from 15.7.1 on alone', () => {
    const at = (now: string): string =>
      textOf(toldFor({ device: 'iphone-8', now, computer: 'mac' }));
    expect(at('15.7.1')).toContain('nothing starts until you type it');
    expect(at('15.7')).not.toContain('nothing starts until you type it');
  });

  it('says what Software Update will show, and that iOS 14 will not be there', () => {
    const text = textOf(toldFor({ device: 'iphone-6s' }));
    expect(text).toContain('Expect iOS 15.8.8, or newer. iOS 14 will not be there.');
    expect(textOf(toldFor({ device: 'ipad-air-2' }))).toContain('Expect iPadOS 15.8.8');
    expect(textOf(toldFor({ device: 'iphone-6s', release: 15 }))).not.toContain(
      'will not be there',
    );
    expect(textOf(toldFor({ device: 'iphone-6' }))).not.toContain('will not be there');
  });

  it('does not promise an update that the facts do not have', () => {
    expect(textOf(toldFor({ device: 'ipad-2' }))).toContain(
      'we found no update that Apple offers the iPad 2',
    );
  });

  it('sends a device that cannot update itself to a computer', () => {
    const ids = (answers: Partial<Answers>): string[] => toldFor(answers).map(({ id }) => id);
    const old = { device: 'iphone-4', now: '4.3' } as const;
    expect(ids({ ...old, computer: 'mac' })).toContain('install-from-computer');
    expect(ids({ ...old, computer: 'mac' })).not.toContain('install-on-device');
    expect(ids({ ...old, computer: 'linux' })).toContain('borrow-to-update');
  });

  it('puts a password on paper only where one is wanted', () => {
    const ids = (encrypted: Answers['encrypted']): string[] =>
      toldFor({ computer: 'mac', encrypted }).map(({ id }) => id);
    expect(ids('yes')).toContain('choose-backup-password');
    expect(ids('no')).not.toContain('choose-backup-password');
    expect(textOf(toldFor({ computer: 'mac', encrypted: 'no' }))).not.toMatch(/Encrypt|padlock/);
  });
});
