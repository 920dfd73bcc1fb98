import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findBackups, indexFiles, type Backup } from '../../../../src/core/backup/folder.ts';
import { kindOf, kinds } from '../../../../src/core/backup/kinds.ts';
import { filesIn } from './memory.ts';

const fileID = '3d0d7e5fb2ce288813306e4d4636395e047a3d28';
const found = (...paths: string[]): Backup[] =>
  findBackups(filesIn(new Map(paths.map((path) => [path, new Uint8Array(1)]))));
const whole = ['Info.plist', 'Manifest.db', 'Manifest.plist', 'Status.plist', `3d/${fileID}`];
const below = (root: string, paths: string[]): string[] => paths.map((path) => root + path);

describe('what a visitor may give', () => {
  it.each([
    ['the folder of a backup', ''],
    ['the folder, by its name', '0123456789abcdef0123456789abcdef01234567/'],
    ['a folder below others', 'Library/Application Support/MobileSync/Backup/00008030-0012/'],
    ['a copy with a letter of a disk', 'C:/Users/Alex/Apple Computer/MobileSync/Backup/abc/'],
    ['a folder named like two of its letters', 'ab/'],
  ])('%s is one whole backup', (_, root) => {
    expect(found(...below(root, whole))).toEqual([{ root, whole: true }]);
  });

  it('the folder around several shows each once, in the order of their names', () => {
    const roots = ['Backup/b/', 'Backup/a/', 'Backup/c/'];
    const paths = roots.flatMap((root) => below(root, whole));
    expect(found('Backup/.DS_Store', ...paths).map(({ root }) => root)).toEqual(roots.toSorted());
  });

  it.each([[['Manifest.db']], [['Manifest.mbdb']], [['Manifest.plist']]])(
    'index files alone (%j) are a backup that is not whole',
    (names) => {
      expect(found(...names)).toEqual([{ root: '', whole: false }]);
    },
  );

  it('only one of several is whole when the files of the others were left out', () => {
    expect(found('a/Manifest.db', ...below('b/', whole))).toEqual([
      { root: 'a/', whole: false },
      { root: 'b/', whole: true },
    ]);
  });

  it('a backup from before iOS 10 is whole with its files beside the index', () => {
    expect(found('old/Manifest.mbdb', `old/${fileID}`)).toEqual([{ root: 'old/', whole: true }]);
  });

  it('what is being made inside of a backup is no backup of its own', () => {
    expect(found(...below('x/', whole), ...below('x/Snapshot/', whole))).toEqual([
      { root: 'x/', whole: true },
    ]);
  });

  it('other folders are none, though they have files of such names', () => {
    expect(found('App.app/Info.plist', 'Photos/IMG_0001.JPG', 'manifest.db', '')).toEqual([]);
    expect(found('x/Info.plist')).toEqual([]);
    expect(found('x/Info.plist', 'x/Status.plist')).toHaveLength(1);
    expect(found()).toEqual([]);
  });

  it('whatever the paths, each backup found is a folder in which its index lies', () => {
    const part = fc.oneof(
      fc.constantFrom(...indexFiles, 'Snapshot', '..', '', '3d', fileID, '__proto__', '\ud800'),
      fc.string({ unit: 'binary' }),
    );
    const path = fc.array(part, { maxLength: 5 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(fc.array(path, { maxLength: 12 }), (paths) => {
        const backups = found(...paths);
        for (const { root } of backups) {
          expect(indexFiles.some((name) => paths.includes(root + name))).toBe(true);
        }
        expect(new Set(backups.map(({ root }) => root)).size).toBe(backups.length);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the kind of a file', () => {
  it.each([
    ['CameraRollDomain', 'Media/DCIM/100APPLE/IMG_0001.HEIC', 'photos'],
    ['HomeDomain', 'Library/SMS/sms.db', 'messages'],
    ['MediaDomain', 'Library/SMS/Attachments/0a/10/x.jpeg', 'messages'],
    ['HomeDomain', 'Library/AddressBook/AddressBook.sqlitedb', 'contacts'],
    ['HomeDomain', 'Library/CallHistoryDB/CallHistory.storedata', 'calls'],
    ['HomeDomain', 'Library/Calendar/Calendar.sqlitedb', 'calendars'],
    ['AppDomainGroup-group.com.apple.notes', 'NoteStore.sqlite', 'notes'],
    ['HomeDomain', 'Library/Notes/notes.sqlite', 'notes'],
    ['HealthDomain', 'Health/healthdb_secure.sqlite', 'health'],
    ['KeychainDomain', 'keychain-backup.plist', 'passwords'],
    ['SystemPreferencesDomain', 'SystemConfiguration/com.apple.wifi.plist', 'settings'],
    ['AppDomainGroup-group.net.whatsapp.WhatsApp.shared', 'ChatStorage.sqlite', 'whatsapp'],
    ['AppDomain-net.whatsapp.WhatsApp', 'Documents/a', 'whatsapp'],
    ['HomeDomain', 'Library/Voicemail/1.amr', 'voice'],
    ['MediaDomain', 'Media/Recordings/20200501 101500.m4a', 'voice'],
    ['HomeDomain', 'Library/Mail/Recents', 'mail'],
    ['HomeDomain', 'Library/Safari/Bookmarks.db', 'browser'],
    ['AppDomain-com.example.bank', 'Documents/a', 'apps'],
    ['HomeDomain', 'Library/SpringBoard/IconState.plist', 'settings'],
    ['BooksDomain', 'Media/Books/cover.jpg', 'media'],
    ['SomeNewDomain', 'Library/SMS/sms.db', 'other'],
    ['', '', 'other'],
  ])('%s, %s is %s', (domain, path, kind) => {
    expect(kindOf(domain, path)).toBe(kind);
  });

  it('is found for any place, and in no time for a long one', () => {
    const any = fc.string({ unit: 'binary', maxLength: 2000 });
    fc.assert(fc.property(any, any, (domain, path) => kinds.includes(kindOf(domain, path))));
  });
});
