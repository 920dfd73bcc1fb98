import type { Situation } from '../../core/checklist/situation.ts';
import { code, link, path, press, type Rich } from '../rich.ts';
import { iCloudBackupPath, iCloudStoragePath } from './phrases.ts';
import type { WordsOf } from './words.ts';

const todayMustShow = 'A backup you have not looked at is a hope. Today’s date must be there.';

export const proveWords: WordsOf<
  | 'prove-finder'
  | 'prove-itunes'
  | 'prove-windows'
  | 'prove-linux'
  | 'prove-any-computer'
  | 'prove-icloud'
  | 'prove-borrowed'
  | 'archive-backup'
> = {
  'prove-finder': (situation) => ({
    title: 'Check the backup in Finder',
    why: todayMustShow,
    how: [
      ['Read the date of the last backup under ', press('Back Up Now'), ': it is today’s.'],
      ['Press ', press('Manage Backups…'), `: it is in the list${withPadlock(situation)}.`],
      everyFile(situation),
    ],
  }),
  'prove-itunes': (situation) => ({
    title: 'Check the backup in iTunes',
    why: todayMustShow,
    how: [
      ['Read ', press('Latest Backup'), ' on ', press('Summary'), ': it is today’s.'],
      [
        'Open ',
        path('iTunes', 'Preferences', 'Devices'),
        `: it is in the list${withPadlock(situation)}.`,
      ],
      everyFile(situation),
    ],
  }),
  'prove-windows': (situation) => ({
    title: 'Check the backup on the computer',
    why: todayMustShow,
    how: [
      ['Read the date of the latest backup beside ', press('Back Up Now'), ': it is today’s.'],
      [
        'Press ',
        press('Manage Backups'),
        ' (in iTunes: ',
        path('Edit', 'Preferences', 'Devices'),
        `): it is in the list${withPadlock(situation)}.`,
      ],
      everyFile(situation),
    ],
  }),
  'prove-linux': (situation) => ({
    title: 'Check the backup folder',
    why: 'A run that was cut off leaves a folder too. It must be whole.',
    how: [
      ['The command ended without an error.'],
      [
        'In the folder named after the device, these are from today: ',
        code('Manifest.db'),
        ', ',
        code('Manifest.plist'),
        ', ',
        code('Info.plist'),
        ' and ',
        code('Status.plist'),
        '.',
      ],
      ...(situation.encrypted === 'no'
        ? []
        : [
            [
              'Encrypted? ',
              code('ideviceinfo -q com.apple.mobile.backup'),
              ' shows ',
              code('WillEncrypt: true'),
              '.',
            ] as Rich,
          ]),
      everyFile(situation),
    ],
  }),
  'prove-any-computer': (situation) => ({
    title: 'Check the backup on the computer',
    why: todayMustShow,
    how: [
      ['Read the date of the latest backup beside ', press('Back Up Now'), ': it is today’s.'],
      [`Open the list of backups there: it is in it${withPadlock(situation)}.`],
      everyFile(situation),
    ],
  }),
  'prove-icloud': (situation) => ({
    title: 'Check the iCloud backup',
    why: 'It cannot be seen at iCloud.com; only the device shows whether it finished.',
    how: [
      ['Open ', ...iCloudBackupPath(situation), ' again: the last backup is from today.'],
      [
        'Open ',
        ...iCloudStoragePath(situation),
        ' and its backups: this device is there, with a size that fits it.',
      ],
    ],
  }),
  'prove-borrowed': () => ({
    title: 'On a borrowed computer, check before you unplug',
    why: todayMustShow,
    how: [['Read the date of the latest backup there: it is today’s. Ask the owner to keep it.']],
  }),
  'archive-backup': ({ computer }) => ({
    title: 'Archive the backup',
    why: 'The next backup writes over this one. An archived one stays as it is.',
    how: [archiving(computer)],
  }),
};

/** The inspector, on the computer that has the backup. */
function everyFile({ device }: Situation): Rich {
  const to = device ? `verify/?device=${device.id}` : 'verify/';
  return ['On the computer, ', link('have every file checked', to), '.'];
}

function withPadlock({ encrypted }: Situation): string {
  return encrypted === 'no' ? '' : ', with a padlock if it has a password';
}

function archiving(computer: Situation['computer']): Rich {
  if (computer === 'old-mac') {
    return [
      'In ',
      path('iTunes', 'Preferences', 'Devices'),
      ' right-click the backup and choose ',
      press('Archive'),
      '.',
    ];
  }
  const list: Rich = ['In the list of backups right-click it and choose ', press('Archive'), '.'];
  return list;
}
