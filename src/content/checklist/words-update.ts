import { canUpdateItself } from '../../core/compatibility.ts';
import { runsAskedRelease, type Situation } from '../../core/checklist/situation.ts';
import { path, press, type Rich } from '../rich.ts';
import { cable, gigabytes, longDate, noun, osVersion, program, storagePath } from './phrases.ts';
import type { WordsOf } from './words.ts';

export const updateWords: WordsOf<
  | 'make-space'
  | 'read-offer'
  | 'install-on-device'
  | 'install-from-computer'
  | 'borrow-to-update'
  | 'already-newest'
> = {
  'make-space': (situation) => ({
    title: `Make space on the ${noun(situation)}`,
    why: downloadNeeds(situation),
    how: [
      [
        'Open ',
        ...storagePath(situation),
        '. Remove apps you do not use and videos you can get again.',
      ],
      [
        'Keep your photos until the backup with them is proven. Updating from a computer needs far less space.',
      ],
    ],
  }),
  'read-offer': (situation) => ({
    title: 'See what Apple offers you',
    why: 'This screen has the last word. It lists only what your device can have today.',
    how: [['Open ', path('Settings', 'General', 'Software Update'), '.'], ...expected(situation)],
  }),
  'install-on-device': (situation) => ({
    title:
      situation.device && !situation.target
        ? 'If it offers an update, install it'
        : 'Install the update',
    why: 'Everything before this was so that nothing can be lost now.',
    how: [
      [
        'Press ',
        press('Download and Install'),
        ' (or ',
        press('Install Now'),
        '), and enter the passcode.',
      ],
      [
        `Leave it on power. It restarts, and the bar may stand still for a while: do not touch the ${noun(situation)}.`,
      ],
    ],
  }),
  'install-from-computer': (situation) => ({
    ...(canUpdateItself(situation.software.newest)
      ? {
          title: 'Or install it from the computer',
          why: 'For a device that is full, poor Wi-Fi, or an update that keeps failing.',
        }
      : {
          title: 'Install the update from the computer',
          why: 'This version cannot update itself.',
        }),
    how: [
      [`Connect it with ${cable(situation)} and open ${program(situation)}.`],
      [
        'Press ',
        press('Check for Update'),
        ', then ',
        press('Download and Update'),
        '. Do not press ',
        press('Restore'),
        ': that erases.',
      ],
    ],
  }),
  'borrow-to-update': () => ({
    title: 'Borrow a Mac or a Windows computer for the update',
    why: 'This version cannot update itself, and your computer cannot do it.',
    how: [
      [
        'Answer the computer question for the one you will use, and this list shows every step on it.',
      ],
    ],
  }),
  'already-newest': (situation) => ({
    title: 'Nothing to install: it has the newest we know of',
    why: `Our facts are of ${longDate(situation.facts.about.asOf)}; a newer one may be out.`,
    how: [
      [
        'Open ',
        path('Settings', 'General', 'Software Update'),
        '. If it offers something, you are ready for it.',
      ],
    ],
  }),
};

/** Says what will be on the screen, and what will not, however many guides promise it. */
function expected(situation: Situation): Rich[] {
  const { device, target, verdict, facts } = situation;
  if (!device || !verdict) {
    return [['Read which version it names. iOS 14 is no longer offered to anybody.']];
  }
  const asOf = longDate(facts.about.asOf);
  const missing =
    runsAskedRelease(situation) && !verdict.offerOfRelease
      ? ` ${verdict.release.name} will not be there.`
      : '';
  return target
    ? [[`Expect ${osVersion(device, target.version)}, or newer.${missing}`]]
    : [
        [
          `On ${asOf} we found no update that Apple offers the ${device.name}. It may say that it is up to date.`,
        ],
      ];
}

function downloadNeeds({ device }: Situation): string {
  const bytes = device?.newest.downloadBytes;
  return bytes
    ? `The download alone is about ${gigabytes(bytes)}, and it needs room to unpack.`
    : 'A large update needs several gigabytes free, about 6 GB to be safe.';
}
