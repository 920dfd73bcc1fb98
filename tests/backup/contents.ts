/** What lies on a made-up iPhone: domains and paths as real ones have them, contents of chance. */
import { hash } from 'node:crypto';
import { numberFrom } from './noise.ts';

/** What a file is to its owner; names what a damage shall hit. */
export type DataKind = (typeof dataKinds)[number];
export const dataKinds = [
  ...(['photos', 'messages', 'contacts', 'calendars', 'notes', 'calls', 'browsing'] as const),
  ...(['voicemail', 'mail', 'recordings', 'passwords', 'wi-fi', 'health', 'watch'] as const),
  ...(['home-screen', 'whatsapp', 'apps', 'books', 'settings'] as const),
] as const;

/** As the column `flags` of the index has it. */
export const flagsOf = { file: 1, folder: 2, link: 4 } as const;
export type Flags = (typeof flagsOf)[keyof typeof flagsOf];

export interface PlannedFile {
  domain: string;
  /** empty for the root of a domain */
  relativePath: string;
  /** a file unless said otherwise */
  flags?: Flags;
  kind?: DataKind;
  /** bytes; drawn from the plan's range unless said */
  size?: number;
  /** instead of bytes of chance */
  content?: Uint8Array;
  /** where a link points */
  target?: string;
  protectionClass?: number;
  /** Unix seconds */
  lastModified?: number;
}

export interface ContentsPlan {
  /** how many files; folders and links come on top */
  count: number;
  apps: readonly string[];
  /** Health, passwords, calls and the like are only in backups with a password */
  isEncrypted: boolean;
  /** before iOS 11 pictures were JPEG */
  isOld: boolean;
}

export const defaultApps: readonly string[] = [
  'net.whatsapp.WhatsApp',
  'com.example.notebook',
  'com.example.bank',
  'org.example.birdsong',
];

/** One of many, so that the smallest backup already has something of every kind. */
type Named = [kind: DataKind, domain: string, path: string, size?: number];

/** Every file, folder and link of the plan, folders before what is in them. */
export function* contents(plan: ContentsPlan): Generator<PlannedFile> {
  const seen = new Set<string>();
  for (const file of files(plan)) {
    for (const folder of foldersAbove(file)) {
      const name = `${folder.domain}-${folder.relativePath}`;
      if (seen.has(name)) continue;
      seen.add(name);
      yield folder;
    }
    yield file;
  }
}

function* files(plan: ContentsPlan): Generator<PlannedFile> {
  let count = 0;
  for (const [kind, domain, relativePath, size] of named(plan)) {
    if (count === plan.count) return;
    count += 1;
    yield { kind, domain, relativePath, ...(size === undefined ? {} : { size }) };
  }
  for (const link of links(plan)) yield link;
  for (let number = 0; count < plan.count; number += 1, count += 1) yield further(plan, number);
}

function* foldersAbove({ domain, relativePath, kind }: PlannedFile): Generator<PlannedFile> {
  const parts = relativePath.split('/');
  for (let depth = 0; depth < parts.length; depth += 1) {
    const path = parts.slice(0, depth).join('/');
    yield { domain, relativePath: path, flags: flagsOf.folder, ...(kind ? { kind } : {}) };
  }
}

function named(plan: ContentsPlan): Named[] {
  const home = 'HomeDomain';
  const photo = plan.isOld ? 'JPG' : 'HEIC';
  return [
    ['photos', 'CameraRollDomain', `Media/DCIM/100APPLE/IMG_0001.${photo}`],
    ['messages', home, 'Library/SMS/sms.db'],
    ['contacts', home, 'Library/AddressBook/AddressBook.sqlitedb'],
    ['notes', 'AppDomainGroup-group.com.apple.notes', 'NoteStore.sqlite'],
    ['calendars', home, 'Library/Calendar/Calendar.sqlitedb'],
    ...(plan.isEncrypted ? onlyWithPassword : []),
    ['passwords', 'KeychainDomain', 'keychain-backup.plist'],
    ['settings', home, 'Library/Preferences/.GlobalPreferences.plist'],
    ['home-screen', home, 'Library/SpringBoard/IconState.plist'],
    ['photos', 'CameraRollDomain', 'Media/DCIM/100APPLE/IMG_0002.JPG'],
    ['photos', 'CameraRollDomain', 'Media/DCIM/100APPLE/IMG_0003.MOV'],
    ['photos', 'CameraRollDomain', 'Media/DCIM/100APPLE/IMG_0004.PNG'],
    ['photos', 'CameraRollDomain', 'Media/PhotoData/Photos.sqlite'],
    ['messages', 'MediaDomain', 'Library/SMS/Attachments/0a/10/0F0E-EXAMPLE/IMG_0007.jpeg'],
    ['messages', 'MediaDomain', 'Library/SMS/Attachments/f3/03/1F0E-EXAMPLE/Grüße 🎂.pdf'],
    ['contacts', home, 'Library/AddressBook/AddressBookImages.sqlitedb'],
    ['notes', home, 'Library/Notes/notes.sqlite'],
    ['browsing', home, 'Library/Safari/Bookmarks.db'],
    ['voicemail', home, 'Library/Voicemail/voicemail.db'],
    ['voicemail', home, 'Library/Voicemail/1.amr'],
    ['mail', home, 'Library/Mail/Recents'],
    ['mail', home, 'Library/Accounts/Accounts3.sqlite'],
    ['recordings', 'MediaDomain', 'Media/Recordings/20200501 101500.m4a'],
    ['recordings', 'MediaDomain', 'Media/Recordings/Recordings.db'],
    ['settings', 'WirelessDomain', 'Library/Databases/CellularUsage.db'],
    ['settings', 'WirelessDomain', 'Library/Preferences/com.apple.commcenter.plist'],
    ['settings', 'RootDomain', 'Library/Preferences/com.apple.MobileBackup.plist'],
    ['settings', home, 'Library/Preferences/com.apple.springboard.plist'],
    ['settings', home, 'Library/ConfigurationProfiles/ClientTruth.plist'],
    // Nothing in it: real backups have a few such files.
    ['settings', home, 'Library/Preferences/com.example.first-start', 0],
    ['settings', home, 'Library/Preferences/com.example.second-start', 0],
    ['settings', home, 'Library/Preferences/com.example.third-start', 0],
    ['watch', home, 'Library/DeviceRegistry/EXAMPLE-WATCH/NanoPreferencesSync/Backup/settings.db'],
    ['books', 'BooksDomain', 'Media/Books/Sync/Artwork/cover.jpg'],
    ...plan.apps.flatMap(ofApp),
  ];
}

/** Apple keeps these out of a backup without a password. */
const onlyWithPassword: Named[] = [
  ['health', 'HealthDomain', 'Health/healthdb.sqlite'],
  ['health', 'HealthDomain', 'Health/healthdb_secure.sqlite'],
  ['calls', 'HomeDomain', 'Library/CallHistoryDB/CallHistory.storedata'],
  ['browsing', 'HomeDomain', 'Library/Safari/History.db'],
  ['wi-fi', 'SystemPreferencesDomain', 'SystemConfiguration/com.apple.wifi.plist'],
];

function ofApp(app: string): Named[] {
  const kind = app === 'net.whatsapp.WhatsApp' ? 'whatsapp' : 'apps';
  const group = kind === 'whatsapp' ? 'group.net.whatsapp.WhatsApp.shared' : `group.${app}`;
  const database = kind === 'whatsapp' ? 'ChatStorage.sqlite' : 'Library/store.sqlite';
  return [
    [kind, `AppDomain-${app}`, `Library/Preferences/${app}.plist`],
    [kind, `AppDomain-${app}`, 'Documents/Übersicht – 2020.pdf'],
    [kind, `AppDomainGroup-${group}`, database],
    [kind, `AppDomainPlugin-${app}.widget`, `Library/Preferences/${app}.widget.plist`],
  ];
}

function links({ apps }: ContentsPlan): PlannedFile[] {
  const app = apps[0];
  return [
    {
      domain: 'HomeDomain',
      relativePath: 'Library/Ringtones',
      flags: flagsOf.link,
      kind: 'settings',
      target: '../../Media/iTunes_Control/Ringtones',
    },
    ...(app === undefined
      ? []
      : [
          {
            domain: `AppDomain-${app}`,
            relativePath: 'Documents/newest',
            flags: flagsOf.link,
            kind: 'apps' as const,
            target: 'Übersicht – 2020.pdf',
          },
        ]),
  ];
}

/** Pictures mostly, then what came with messages, then what apps keep: of twenty, 12, 3 and 5. */
function further({ apps, isOld }: ContentsPlan, number: number): PlannedFile {
  const turn = number % 20;
  const round = Math.floor(number / 20);
  if (turn < 12) {
    const picture = round * 12 + turn + 5;
    const folder = 100 + Math.floor(picture / 1000);
    const ending = turn === 0 ? 'MOV' : isOld || turn % 2 === 0 ? 'JPG' : 'HEIC';
    const relativePath = `Media/DCIM/${folder}APPLE/IMG_${String(picture % 10_000).padStart(4, '0')}.${ending}`;
    return { kind: 'photos', domain: 'CameraRollDomain', relativePath };
  }
  const name = hash('sha1', `file ${number}`).toUpperCase();
  if (turn < 15) {
    const folders = `${name.slice(0, 2).toLowerCase()}/${String(number % 16).padStart(2, '0')}`;
    const relativePath = `Library/SMS/Attachments/${folders}/${guid(name)}.jpeg`;
    return { kind: 'messages', domain: 'MediaDomain', relativePath };
  }
  const app = apps[round % Math.max(apps.length, 1)];
  if (app === undefined) {
    const relativePath = `Library/Preferences/com.example.setting-${number}.plist`;
    return { kind: 'settings', domain: 'HomeDomain', relativePath };
  }
  const kind = app === 'net.whatsapp.WhatsApp' ? 'whatsapp' : 'apps';
  const relativePath = `Documents/Items/${name.slice(0, 2)}/${guid(name)}.dat`;
  return { kind, domain: `AppDomain-${app}`, relativePath };
}

/** The form of a GUID, from a hexadecimal hash. */
export const guid = (hex: string): string =>
  [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );

/** How files of a kind begin; what opens a file can so see that it is the right one. */
const openings: [ending: RegExp, start: Buffer][] = [
  [/\.(sqlite|sqlitedb|db|storedata)$/, Buffer.from('SQLite format 3\0', 'latin1')],
  [/\.(JPG|jpe?g)$/, Buffer.of(0xff, 0xd8, 0xff, 0xe0)],
  [/\.PNG$/, Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
  [/\.HEIC$/, Buffer.from('\0\0\0\u0018ftypheic', 'latin1')],
  [/\.MOV$/, Buffer.from('\0\0\0\u0014ftypqt  ', 'latin1')],
  [/\.plist$/, Buffer.from('bplist00', 'latin1')],
  [/\.pdf$/, Buffer.from('%PDF-1.4\n', 'latin1')],
];

export function openingOf(relativePath: string): Buffer {
  return openings.find(([ending]) => ending.test(relativePath))?.[1] ?? Buffer.alloc(0);
}

/** Bytes of a file nobody gave a size. */
export const drawnSize = (seed: string, [least, most]: readonly [number, number]): number =>
  numberFrom(`${seed} size`, least, most);
