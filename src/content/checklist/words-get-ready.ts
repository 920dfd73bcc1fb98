import { canUse, type Situation } from '../../core/checklist/situation.ts';
import { path, press, type Rich } from '../rich.ts';
import { cable, gigabytes, list, noun } from './phrases.ts';
import type { WordsOf } from './words.ts';

export const getReadyWords: WordsOf<
  | 'find-model'
  | 'confirm-model'
  | 'note-version'
  | 'know-passwords'
  | 'power-and-wifi'
  | 'ask-work'
  | 'back-up-whatsapp'
  | 'secure-codes'
  | 'keep-esim'
  | 'keep-watch-near'
  | 'separate-things'
> = {
  'find-model': () => ({
    title: 'Find out which model you have',
    why: 'What Apple offers depends on the exact model.',
    how: [
      ['Open ', path('Settings', 'General', 'About'), ' and read ', press('Model Name'), '.'],
      [
        'No such line, or it does not turn on? Read the small number on the case: A and four digits.',
      ],
    ],
  }),
  'confirm-model': (situation) => ({
    title: `Make sure it is the ${situation.device?.name ?? 'device you chose'}`,
    why: 'A plan for another model would send you wrong.',
    how: [
      ['Open ', path('Settings', 'General', 'About'), ' and read ', press('Model Name'), '.'],
      [`Or find its A-number: ${list(modelsOf(situation), 'or')}.`],
    ],
  }),
  'note-version': (situation) => ({
    title: 'Write down the version it has now',
    why: `It tells how far the update goes, and which screens your ${noun(situation)} has.`,
    how: [['Open ', path('Settings', 'General', 'About'), ' and read the version number.']],
  }),
  'know-passwords': () => ({
    title: 'Have the passcode and your Apple Account password at hand',
    why: 'An update may ask for the first, a restore asks for both, and nobody can look them up for you.',
    how: [['Not sure of one? Change it now, while everything works.']],
  }),
  'power-and-wifi': (situation) => ({
    title: 'Charge it and join Wi-Fi',
    why: 'An update needs power or about half a battery, and the download is large.',
    how: [[`Plug it in with ${cable(situation)}.`], ...downloadLine(situation)],
  }),
  'ask-work': (situation) => ({
    title: 'Ask your work or school first',
    why: `They may hold updates back, and a backup of a ${noun(situation)} they supervise goes only to another that is supervised.`,
    how: [['Ask: may I update, to which version, and may I make a backup of my own?']],
  }),
  'back-up-whatsapp': ({ icloud }) => ({
    title: 'Back up WhatsApp inside WhatsApp',
    why: 'Your chats get a copy of their own, tied to your phone number.',
    how:
      icloud === 'no'
        ? [
            [
              'WhatsApp keeps its own copy in iCloud. Without iCloud, your chats are in the backup of the whole device alone.',
            ],
          ]
        : [
            [
              'In WhatsApp open ',
              path('Settings', 'Chats', 'Chat Backup'),
              ' and press ',
              press('Back Up Now'),
              '.',
            ],
            ['It needs iCloud Drive on, and about twice its size free.'],
          ],
  }),
  'secure-codes': () => ({
    title: 'Make sure your sign-in codes survive',
    why: 'Without them you may be locked out of your accounts, and not every app puts them in a backup.',
    how: [
      ['Turn on the backup or account sync in the authenticator app itself.'],
      ['Print the recovery codes of your most important accounts.'],
    ],
  }),
  'keep-esim': () => ({
    title: 'Leave the eSIM where it is',
    why: 'No backup holds an eSIM. An update keeps it; deleting it may mean a call to your carrier.',
    how: [['Do not remove it. If you ever erase the device and it asks, choose to keep the eSIM.']],
  }),
  'keep-watch-near': () => ({
    title: 'Keep your Apple Watch on, and near the iPhone',
    why: 'It backs itself up to the iPhone, and goes into the iPhone’s backup from there.',
    how: [['Its Health data is kept only by iCloud or by a computer backup with a password.']],
  }),
  'separate-things': ({ device }) => ({
    title: 'Think of what moves separately',
    why: 'Some things are in no backup, or need a step of their own.',
    how: [
      [`Do you use any of these: ${list(separateThings(device), 'or')}? Look after each first.`],
    ],
  }),
};

function modelsOf({ device }: Situation): string[] {
  return (device?.variants ?? [])
    .flatMap((variant) => variant.models)
    .filter((model, index, all) => all.indexOf(model) === index)
    .sort();
}

function downloadLine({ device, target }: Situation): Rich[] {
  const bytes = device?.newest.downloadBytes;
  return bytes && target
    ? [[`The full download of ${target.version} is about ${gigabytes(bytes)}.`]]
    : [];
}

function separateThings(device: Situation['device']): string[] {
  const things = [
    ['whatsapp', 'WhatsApp'],
    ['authenticator', 'an app for sign-in codes'],
    ['esim', 'an eSIM'],
    ['cards', 'cards in Apple Pay'],
    ['watch', 'an Apple Watch'],
    ['work', 'a work or school profile'],
  ] as const;
  return things.filter(([use]) => canUse(device, use)).map(([, name]) => name);
}
