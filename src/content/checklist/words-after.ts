import type { Situation } from '../../core/checklist/situation.ts';
import { press, type Rich } from '../rich.ts';
import { cable, noun, program, restartKeys } from './phrases.ts';
import type { WordsOf } from './words.ts';

export const afterWords: WordsOf<
  | 'look-around'
  | 'open-codes'
  | 'check-cards'
  | 'update-watch'
  | 'back-up-again'
  | 'wait-and-restart'
  | 'recovery-mode'
  | 'restore-backup'
  | 'no-way-back'
> = {
  'look-around': () => ({
    title: 'Look around before you delete anything',
    why: 'What is missing is easiest to bring back while the old backup is still there.',
    how: [['Open Photos, Messages, Contacts, Notes and the apps you could not do without.']],
  }),
  'open-codes': () => ({
    title: 'Open the authenticator app',
    why: 'You want to know today, not at the next sign-in.',
    how: [
      ['Check that the codes are there. Work and school accounts may ask you to sign in again.'],
    ],
  }),
  'check-cards': () => ({
    title: 'Check your Apple Pay cards',
    why: 'Card data is in no backup. An update keeps it; after a restore you add the cards again.',
    how: [['Open Wallet and look for each card.']],
  }),
  'update-watch': () => ({
    title: 'Update the Apple Watch after the iPhone',
    why: 'A watch may need the newer iPhone software before it can take its own update.',
    how: [['Open the Watch app and see whether it offers an update.']],
  }),
  'back-up-again': () => ({
    title: 'Back up again, in a few days',
    why: 'A backup of today’s version is the one you restore next time. Keep the old one for a month.',
    how: [['Use the same way as before.']],
  }),
  'wait-and-restart': (situation) => ({
    title: 'Stuck on a bar or the logo? Wait an hour, then force a restart',
    why: 'A forced restart erases nothing.',
    how: restartKeys(situation, 'the Apple logo shows'),
  }),
  'recovery-mode': (situation) => ({
    title: 'Still stuck? Use recovery mode, and choose Update',
    why: 'Update puts the software on again and tries to keep your data. Restore erases it.',
    how: recovery(situation),
  }),
  'restore-backup': (situation) => ({
    title: 'Data gone? Restore the backup',
    why: 'This is what it is for. An older backup goes onto newer software, never the other way.',
    how: restoring(situation),
  }),
  'no-way-back': () => ({
    title: 'Do not try to go back to an older version',
    why: 'Apple refuses versions it no longer offers, whatever file or program you use.',
    how: [['Ignore offers to “downgrade”. A backup brings back your data, not the old system.']],
  }),
};

function recovery(situation: Situation): Rich[] {
  const { computer } = situation;
  if (computer === 'linux' || computer === 'none') {
    return [
      ['It needs a Mac or a Windows computer: borrow one, or go to Apple or a shop it authorizes.'],
    ];
  }
  return [
    [`Connect it with ${cable(situation)} and open ${program(situation)}.`],
    ...(situation.restartKeys.length === 1
      ? restartKeys(situation, 'you see a cable and a computer, past the Apple logo')
      : [
          [
            'Use the same keys, but keep holding past the Apple logo until you see a cable and a computer.',
          ] as Rich,
        ]),
    [
      'Press ',
      press('Update'),
      `. If it leaves that screen during a long download, do the keys again.`,
    ],
  ];
}

function restoring(situation: Situation): Rich[] {
  const lines: Rich[] = [];
  const { routes } = situation;
  if (
    routes.some(
      (route) =>
        route === 'finder' || route === 'itunes' || route === 'windows' || route === 'any-computer',
    )
  ) {
    lines.push([
      `Computer: connect it, open ${program(situation)}, press `,
      press('Restore Backup'),
      ' and choose the date.',
    ]);
  }
  if (routes.includes('linux')) {
    lines.push(['Linux: ', { code: 'idevicebackup2 -i restore --system --settings FOLDER' }]);
  }
  if (routes.includes('icloud')) {
    lines.push([
      `iCloud: it is offered only while a new or erased ${noun(situation)} is set up. Do not erase before you have proof of a backup.`,
    ]);
  }
  if (routes.includes('borrow')) {
    lines.push(['A borrowed computer: the backup can be restored only from there.']);
  }
  return lines;
}
