/** What the inspector says: the verdict in plain words, what it rests on, and what to do. */
import type { Caution, Doubt, Judgment, Obstacle, Verdict } from '../core/backup/verdict.ts';
import { deviceOfBackup } from '../core/backup/verdict.ts';
import type { Found, IndexState, Progress, Stage } from '../core/backup/inspect.ts';
import type { Kind } from '../core/backup/kinds.ts';
import { masked } from '../core/backup/mask.ts';
import type { Fault, FaultName } from '../core/backup/tally.ts';
import type { Device, Facts, Keeps } from '../data/schema.ts';
import { list, longDate, osVersion } from './checklist/phrases.ts';

/** One sentence that stands alone, and a word for a badge beside it. */
export const verdictWords: Record<
  Verdict,
  { sentence: string; label: string; mark: 'yes' | 'instead' | 'no' }
> = {
  safe: { sentence: 'This backup is whole. You can update.', label: 'Safe to update', mark: 'yes' },
  'safe-but': {
    sentence: 'This backup is whole, but there is something you should know before you update.',
    label: 'Safe, but…',
    mark: 'instead',
  },
  'not-yet': {
    sentence: 'Do not update yet: this backup cannot be trusted.',
    label: 'Do not update yet',
    mark: 'no',
  },
  'cannot-tell': {
    sentence: 'We cannot tell yet whether this backup can be trusted.',
    label: 'Not proven',
    mark: 'instead',
  },
};

export interface Reason {
  what: string;
  /** What to do about it. */
  then: string;
}

const again = 'Make the backup again, and leave device and computer connected until it ends.';

const obstacleWords: Record<Obstacle, Reason> = {
  unfinished: {
    what: 'The backup was never finished: its status is not “finished”.',
    then: again,
  },
  'being-made': {
    what: 'A new backup is being made in this folder, or was broken off.',
    then: 'Wait until the program says that the backup is done, then check again. Broken off? Make it again.',
  },
  'info-missing': {
    what: 'Info.plist is missing or damaged. Without it, no program lists this backup for a restore.',
    then: again,
  },
  'status-missing': {
    what: 'Status.plist does not say that the backup was finished.',
    then: again,
  },
  'index-missing': {
    what: 'The index that says which file is which is missing.',
    then: `Is the whole folder here? If it is: ${again.toLowerCase()}`,
  },
  'index-damaged': { what: 'The index that says which file is which cannot be read.', then: again },
  'wrong-password': {
    what: 'The password does not open this backup.',
    then: 'Try another. Without it, nobody can restore this backup; our guide to the backup password says what else can be done.',
  },
  'nothing-in-it': { what: 'The index lists not a single file.', then: again },
  'files-missing': {
    what: 'Files that the index lists are not there.',
    then: `${again} Is the folder a copy? Then copy it again.`,
  },
  'files-cut-short': {
    what: 'Files are shorter than the index says.',
    then: `${again} Is the folder a copy? Then copy it again.`,
  },
  'files-changed': {
    what: 'The content of files is not what the index says.',
    then: `${again} If it happens again, the disk may be failing: back up to another one.`,
  },
  'files-unopenable': {
    what: 'The password is right, but files do not open with it.',
    then: again,
  },
  'index-inconsistent': {
    what: 'The index contradicts itself: numbers that do not fit, or files listed twice.',
    then: again,
  },
};

const doubtWords: Record<Doubt, Reason> = {
  'password-wanted': {
    what: 'The backup is encrypted. What is in it can only be checked with its password.',
    then: 'Type the password below. It stays in the memory of this page.',
  },
  'before-ios-10': {
    what: 'This backup was made with iOS 9 or earlier. We read what it says of itself, but not its index.',
    then: 'Trust it only after a restore has worked, or make a second backup another way.',
  },
  'index-unsupported': {
    what: 'The index cannot be read here, so we do not know whether its files are there.',
    then: 'Try a newer browser, or another computer.',
  },
  'index-files-only': {
    what: 'Only the index was given, so we do not know whether the files are there.',
    then: 'Choose the whole folder to have every file checked.',
  },
  'no-date': {
    what: 'The backup does not say when it was made.',
    then: 'Look at its date in Finder, iTunes or Apple Devices.',
  },
};

const cautionWords: Record<Caution, Reason> = {
  unencrypted: {
    what: 'It is not encrypted, so saved passwords, Health data, call history and website history are not in it.',
    then: 'Want them too? Turn on “Encrypt local backup”, keep the password safe, and back up again.',
  },
  old: {
    what: 'It is older than a day. What came after it is not in it.',
    then: 'Make a new one right before the update.',
  },
  future: {
    what: 'Its date lies in the future, so a clock is wrong: the computer’s, or the device’s.',
    then: 'Set the clocks right and check again how old the backup is.',
  },
  'other-device': {
    what: 'It is the backup of another model than the one you asked about.',
    then: 'Choose the folder of the device that you want to update.',
  },
  'not-newest': {
    what: 'There is a newer backup of the same device among those you gave us.',
    then: 'Check that one, too.',
  },
  'files-grown': {
    what: 'A few files are longer than the index says. They changed while the backup was made; that is common and harmless.',
    then: 'Nothing needs to be done.',
  },
};

/** Most serious first. What to do about several is said with the last of them: `then` may be ''. */
export function reasonsOf({ obstacles, doubts, cautions }: Judgment): Reason[] {
  return [
    ...obstacles.map((obstacle) => obstacleWords[obstacle]),
    ...doubts.map((doubt) => doubtWords[doubt]),
    ...cautions.map((caution) => cautionWords[caution]),
  ].map(({ what, then }, at, all) => ({
    what,
    then: all.slice(at + 1).some((later) => later.then === then) ? '' : then,
  }));
}

/** What SQLite, the key bag or a list said, where there is more to say than the reason does. */
export function detailsOf({ index, about }: Found): string[] {
  return [
    ...about.unreadable.map(({ said }) => said),
    ...('said' in index ? [`Manifest.db: ${index.said}`] : []),
  ];
}

export const kindNames: Record<Kind, string> = {
  photos: 'Photos and videos',
  messages: 'Messages and their attachments',
  contacts: 'Contacts',
  calls: 'Call history',
  calendars: 'Calendars and reminders',
  notes: 'Notes',
  health: 'Health data',
  passwords: 'Saved passwords and Wi-Fi networks',
  whatsapp: 'WhatsApp',
  voice: 'Voice memos and voicemail',
  mail: 'Mail settings',
  browser: 'Safari: bookmarks and history',
  apps: 'Data of apps',
  settings: 'Settings and Home Screen',
  media: 'Ringtones, books and other media',
  other: 'Other system data',
};

/** What losing files of a kind, or having none, means beyond its name. */
export function absenceOf(
  kind: Kind,
  encrypted: boolean | undefined,
): { keeps: Keeps; why: string } {
  switch (kind) {
    case 'photos':
      return {
        keeps: 'unless-synced',
        why: 'Expected where iCloud Photos is on: they are in iCloud then.',
      };
    case 'messages':
      return { keeps: 'unless-synced', why: 'Expected where Messages in iCloud is on.' };
    case 'contacts':
    case 'calendars':
    case 'notes':
      return {
        keeps: 'unless-synced',
        why: 'Expected where they sync with iCloud or another account.',
      };
    case 'calls':
    case 'health':
    case 'passwords':
      return encrypted
        ? { keeps: 'yes', why: 'An encrypted backup holds it, where the device has any.' }
        : { keeps: 'no', why: 'Only an encrypted backup holds it.' };
    default:
      return { keeps: 'yes', why: 'Expected where the device has none.' };
  }
}

/** What must be known about a kind that is there. */
export function remarkOn(kind: Kind, encrypted: boolean | undefined): string {
  return kind === 'passwords' && encrypted === false
    ? 'Do not count on them: without encryption they cannot be moved to another device.'
    : '';
}

/** Kinds whose absence a visitor should see. */
export const awaitedKinds: Kind[] = [
  'photos',
  'messages',
  'contacts',
  'calls',
  'calendars',
  'notes',
  'health',
  'passwords',
];

export const faultNames: Record<FaultName, string> = {
  missing: 'missing',
  'cut-short': 'cut short',
  grown: 'longer than listed',
  'wrong-number': 'with a wrong number',
  'listed-twice': 'listed twice',
  'bad-record': 'with an unreadable entry',
  changed: 'with other content than listed',
  unopenable: 'that cannot be decrypted',
};

/** "12 files missing (4.1 MB)" */
export function faultLine({ fault, files, bytes }: Fault): string {
  const size = bytes > 0 ? ` (${sizeInWords(bytes)})` : '';
  return `${count(files, 'file')} ${faultNames[fault]}${size}`;
}

export const stageWords: Record<Stage, string> = {
  reading: 'Reading what the backup says of itself',
  loading: 'Reading the index',
  deriving: 'Deriving the keys from the password. This takes seconds, on old computers a minute',
  decrypting: 'Decrypting the index',
  checking: 'Looking for every file',
  opening: 'Opening files of each kind',
  comparing: 'Comparing contents',
};

/** "Looking for every file: 12,000 of 61,234" */
export function progressLine({ stage, done, total }: Progress): string {
  const inBytes = stage === 'loading' || stage === 'decrypting';
  const amount = (value: number): string => (inBytes ? sizeInWords(value) : grouped(value));
  if (total === undefined) return `${stageWords[stage]}${done > 0 ? `: ${amount(done)}` : '…'}`;
  return `${stageWords[stage]}: ${amount(done)} of ${amount(total)}`;
}

/** Above the bar while the files' sizes are asked for, before the check itself begins. */
export function listingLine(done: number, total: number | undefined): string {
  return `Looking through the folder: ${grouped(done)}${total === undefined ? '' : ` of ${grouped(total)}`} files`;
}

/** "about 3 minutes left", from the pace so far; '' while there is none. Seconds. */
export function timeLeft(elapsed: number, done: number, total: number | undefined): string {
  if (total === undefined || done <= 0 || elapsed < 2) return '';
  const seconds = (elapsed * Math.max(0, total - done)) / done;
  if (seconds < 50) return 'less than a minute left';
  return `about ${count(Math.ceil(seconds / 60), 'minute')} left`;
}

/** The rows of the evidence: what, and what was found. Numbers that identify are masked. */
export function evidenceOf(found: Found, facts: Facts, now: number): [string, string][] {
  const { about, encrypted, files, whole } = found;
  const device = deviceOfBackup(found, facts);
  const rows: [string, string | undefined][] = [
    ['Device', deviceLine(about.productType, device)],
    ['Its name', about.deviceName],
    ['System', systemLine(found, device)],
    [
      'Made',
      about.madeAt === undefined
        ? undefined
        : `${dayAndTime(about.madeAt)}, ${age(now - about.madeAt)}`,
    ],
    [
      'Finished',
      about.snapshotState === undefined
        ? 'It does not say'
        : about.snapshotState === 'finished'
          ? 'Yes'
          : `No: “${about.snapshotState}”`,
    ],
    [
      'Encrypted',
      encrypted === undefined
        ? 'It does not say'
        : encrypted
          ? `Yes; ${passwordWords[found.password]}`
          : 'No',
    ],
    ['Index', indexLine(found.index)],
    [
      'Files',
      files
        ? `${grouped(files.count)}, ${sizeInWords(files.bytes)}${whole ? '' : '; whether they are there was not checked'}`
        : undefined,
    ],
    [
      'Opened for proof',
      found.opened.length > 0
        ? list(found.opened.map(({ kind, files: opened }) => `${kindNames[kind]} (${opened})`))
        : undefined,
    ],
    ['Contents compared', found.compared > 0 ? count(found.compared, 'file') : undefined],
    ['Apps', about.apps.length > 0 ? count(about.apps.length, 'app') : undefined],
    ['Serial number', about.serialNumber && masked(about.serialNumber)],
    ['IMEI', about.imei && masked(about.imei)],
    ['Phone number', about.phoneNumber && masked(about.phoneNumber)],
    ['Folder', about.uniqueId && masked(about.uniqueId)],
  ];
  return rows.filter((row): row is [string, string] => row[1] !== undefined);
}

const passwordWords: Record<Found['password'], string> = {
  'not-needed': 'no password was needed',
  wanted: 'the password was not given',
  wrong: 'the password given is wrong',
  right: 'the password given is right',
};

function deviceLine(
  productType: string | undefined,
  device: Device | undefined,
): string | undefined {
  if (device) return device.name;
  return productType && `${productType}, which is not among the devices we know`;
}

function systemLine({ about }: Found, device: Device | undefined): string | undefined {
  const { productVersion, buildVersion } = about;
  if (!productVersion) return undefined;
  // Whatever stands in the file: only what looks like a version gets the system's name.
  const named = /^\d{1,2}(\.\d{1,2}){1,2}$/.test(productVersion)
    ? osVersion(device, productVersion)
    : productVersion;
  return `${named}${buildVersion ? ` (${buildVersion})` : ''}`;
}

function indexLine(index: IndexState): string {
  switch (index.state) {
    case 'read':
      return 'Read from beginning to end';
    case 'locked':
      return 'Locked by the password';
    case 'before-ios-10':
      return 'Of iOS 9 or earlier: not read';
    case 'missing':
      return 'Missing';
    case 'damaged':
      return 'Damaged';
    case 'unsupported':
      return 'Not readable here';
  }
}

/** The whole report as text, to copy or to show in a terminal. */
export function reportText(found: Found, judgment: Judgment, facts: Facts, now: number): string {
  const { sentence, label } = verdictWords[judgment.verdict];
  const reasons = reasonsOf(judgment).map(({ what, then }) =>
    then ? `- ${what}\n  ${then}` : `- ${what}`,
  );
  const evidence = evidenceOf(found, facts, now).map(([what, value]) => `${what}: ${value}`);
  const contents = found.kinds.map(
    ({ kind, files, bytes }) =>
      `- ${kindNames[kind]}: ${count(files, 'file')}, ${sizeInWords(bytes)}`,
  );
  const faults = found.faults.map(
    (fault) =>
      `- ${kindNames[fault.kind]}: ${faultLine(fault)}\n${fault.examples.map((example) => `    ${example}`).join('\n')}`,
  );
  return [
    `${label.toUpperCase()}\n${sentence}`,
    section('Why', [...reasons, ...detailsOf(found).map((detail) => `- ${detail}`)]),
    section('What was found', evidence),
    section('What is in it', contents),
    section('Missing or damaged', faults),
    checkedLine(facts, now),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** By whom and when, for the foot of a report. */
export function checkedLine(facts: Facts, now: number): string {
  return `Checked on ${dayAndTime(now)} by Backup First. Facts of ${longDate(facts.about.asOf)}.`;
}

function section(title: string, lines: string[]): string {
  return lines.length === 0 ? '' : `${title}\n${lines.join('\n')}`;
}

/** "61,234" */
export function grouped(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** "4.1 GB", in the units Apple shows: powers of a thousand. */
export function sizeInWords(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  let value = Math.max(0, bytes) || 0;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** "61,234 files", "1 file" */
export function count(value: number, noun: string): string {
  return `${grouped(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** How long ago, in the largest unit that is not a fraction. */
function age(seconds: number): string {
  if (seconds < -60) return 'in the future';
  const units: [number, string][] = [
    [365 * 86400, 'year'],
    [30 * 86400, 'month'],
    [86400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
  ];
  const [length, name] = units.filter(([unit]) => seconds >= unit)[0] ?? [0, ''];
  return length === 0 ? 'just now' : `${count(Math.floor(seconds / length), name)} ago`;
}

/** "November 23, 2026, 14:05", where the visitor is. */
export function dayAndTime(seconds: number): string {
  const moment = new Date(seconds * 1000);
  if (!(moment.getFullYear() >= 1)) return 'a day that does not exist';
  const two = (value: number): string => `${value < 10 ? '0' : ''}${value}`;
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return `${longDate(day)}, ${two(moment.getHours())}:${two(moment.getMinutes())}`;
}
