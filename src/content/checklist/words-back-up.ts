import type { Situation } from '../../core/checklist/situation.ts';
import { compareVersions } from '../../core/version.ts';
import { code, press, type Rich } from '../rich.ts';
import {
  asksForPasscode,
  cable,
  iCloudBackupPath,
  iCloudStoragePath,
  noun,
  resetSettingsPath,
} from './phrases.ts';
import type { WordsOf } from './words.ts';

export const backUpWords: WordsOf<
  | 'choose-backup-password'
  | 'back-up-finder'
  | 'back-up-itunes'
  | 'back-up-windows'
  | 'back-up-linux'
  | 'back-up-any-computer'
  | 'make-icloud-room'
  | 'back-up-icloud'
  | 'borrow-computer'
> = {
  'choose-backup-password': (situation) => ({
    title: 'Choose a backup password and write it on paper',
    why: 'Only a computer backup with a password holds saved passwords, Wi-Fi settings, Health data and call history.',
    how: [
      ['Nobody can open the backup without it, not even Apple. It is not your passcode.'],
      ...forgottenPassword(situation),
    ],
  }),
  'back-up-finder': (situation) => ({
    title: 'Back up to your Mac with Finder',
    why: 'Everything stays in your hands, whole and in one place.',
    how: [
      connect(situation),
      ['Open a Finder window and click it in the sidebar, under Locations.'],
      [
        'On ',
        press('General'),
        ' choose to back up all of the data to this Mac. ',
        ...encryption(situation),
      ],
      pressBackUp(situation),
    ],
  }),
  'back-up-itunes': (situation) => ({
    title: 'Back up to your Mac with iTunes',
    why: 'Everything stays in your hands, whole and in one place.',
    how: [
      connect(situation),
      ['Open iTunes and click the small picture of it, then ', press('Summary'), '.'],
      ['Under Backups choose ', press('This Computer'), '. ', ...encryption(situation)],
      pressBackUp(situation),
      ...oldComputerCaution(situation),
    ],
  }),
  'back-up-windows': (situation) => ({
    title: 'Back up to your Windows computer',
    why: 'Everything stays in your hands, whole and in one place.',
    how: [
      ['Get Apple Devices from the Microsoft Store (Windows 10 or 11). Older Windows: use iTunes.'],
      connect(situation),
      [
        'Choose it, open ',
        press('General'),
        ' (',
        press('Summary'),
        ' in iTunes), and choose this computer under Backups. ',
        ...encryption(situation),
      ],
      pressBackUp(situation),
    ],
  }),
  'back-up-linux': (situation) => ({
    title: 'Back up to your Linux computer',
    why: 'libimobiledevice drives Apple’s own backup; everything stays in your hands.',
    how: [
      [
        `Connect it with ${cable(situation)}, unlock it, run `,
        code('idevicepair pair'),
        ' and tap ',
        press('Trust'),
        ' if it asks.',
      ],
      ...(situation.encrypted === 'no'
        ? []
        : [['Set the password: ', code('idevicebackup2 -i encryption on')] as Rich]),
      ['Back up: ', code('idevicebackup2 backup --full FOLDER'), ', with a folder that has room.'],
    ],
  }),
  'back-up-any-computer': (situation) => ({
    title: 'Back up to a computer',
    why: 'A computer backup is whole, in one place, and you can keep a copy that nothing overwrites.',
    how: [
      [
        `Mac with macOS 10.15 or later: Finder. Older Mac: iTunes. Windows 10 or 11: Apple Devices.`,
      ],
      connect(situation),
      [
        'Choose it, then ',
        press('General'),
        ' (',
        press('Summary'),
        ' in iTunes), and this computer under Backups. ',
        ...encryption(situation),
      ],
      pressBackUp(situation),
    ],
  }),
  'make-icloud-room': (situation) => ({
    title: 'Make room in iCloud',
    why: 'A backup that does not fit does not finish. Every account has 5 GB, which is seldom enough.',
    how: [
      [
        'Open ',
        ...iCloudStoragePath(situation),
        ' and remove what you are sure you no longer need.',
      ],
      ['Or take the smallest paid plan for a month; Apple shows the price there.'],
    ],
  }),
  'back-up-icloud': (situation) => ({
    title: 'Back up to iCloud',
    why: 'It is there even if the computer and the device are both lost.',
    how: [
      ['Open ', ...iCloudBackupPath(situation), ' and turn it on.', ...iosNineOnly(situation)],
      ['Press ', press('Back Up Now'), ' and stay on Wi-Fi until it is done.'],
      ['Photos, messages or notes that iCloud already syncs are not in it again.'],
    ],
  }),
  'borrow-computer': () => ({
    title: 'Borrow a Mac or a Windows computer for a backup',
    why: 'A backup on a computer you trust is whole, and does not depend on iCloud having room.',
    how: [
      [
        'Answer the computer question for the one you will use, and this list shows every step on it.',
      ],
    ],
  }),
};

function connect(situation: Situation): Rich {
  return [
    `Connect it with ${cable(situation)} and unlock it. If it asks, tap `,
    press('Trust'),
    '.',
  ];
}

function encryption({ encrypted }: Situation): Rich {
  if (encrypted === 'no') return [];
  return ['Tick ', press('Encrypt local backup'), '.'];
}

function pressBackUp(situation: Situation): Rich {
  const passcode = asksForPasscode(situation)
    ? ' If it asks for its passcode, nothing starts until you type it.'
    : '';
  return ['Press ', press('Back Up Now'), `.${passcode} Leave it connected until the backup ends.`];
}

function forgottenPassword(situation: Situation): Rich[] {
  const reset = resetSettingsPath(situation);
  return reset.length > 0
    ? [
        [
          'Set one once and forgot it? ',
          ...reset,
          ' removes it, and with it your Wi-Fi networks, the layout and perhaps Apple Pay cards; your data stays.',
        ],
      ]
    : [
        [
          `Set one once and forgot it? Do not erase the ${noun(situation)} for it: use the other backup.`,
        ],
      ];
}

function iosNineOnly({ software }: Situation): Rich {
  return compareVersions(software.oldest, { major: 9, minor: 0, patch: 0 }) < 0
    ? [' It needs iOS 9 or later.']
    : [];
}

/** Apple lists macOS 10.13 with iTunes 12.9 for phones up to 2024; for later ones we found nothing. */
function oldComputerCaution({ device }: Situation): Rich[] {
  return device && device.lastMajor >= 17
    ? [['If this Mac does not see it, it may be too old for it: use iCloud or a newer computer.']]
    : [];
}
