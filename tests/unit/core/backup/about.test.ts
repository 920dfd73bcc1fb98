import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAbout, type About } from '../../../../src/core/backup/about.ts';
import { hostilePlists, hostileTricks } from '../../../backup/hostile.ts';
import { binaryPlist, xmlPlist, type Plist } from '../../../backup/plist.ts';
import { contentsOf, filesIn, locked, sentence, type Contents } from './memory.ts';

const backup = { root: '', whole: false };
const read = (contents: Contents): Promise<About> => readAbout(filesIn(contents), backup);
const names = ['Info.plist', 'Status.plist', 'Manifest.plist'] as const;
const with3 = (
  info: Plist,
  status: Plist = { SnapshotState: 'finished' },
  manifest: Plist = { IsEncrypted: false },
): Contents =>
  new Map([info, status, manifest].map((list, at) => [names[at] as string, binaryPlist(list)]));

describe('what a backup says of itself', () => {
  it.each(['xml', 'xml-utf16', 'binary'] as const)('is read from lists in %s', async (encoding) => {
    const { contents } = contentsOf({ ...locked, files: 1, plistEncoding: encoding });
    const about = await read(contents);
    expect(about).toMatchObject({
      deviceName: 'Alex’s iPhone',
      productType: 'iPhone8,1',
      productVersion: '14.8.1',
      buildVersion: '18H107',
      serialNumber: 'EXAMPLE12345',
      imei: '001010123456789',
      madeAt: Date.parse('2026-10-05T09:30:00Z') / 1000,
      encrypted: true,
      snapshotState: 'finished',
      unreadable: [],
    });
    expect(about.apps).toContain('com.example.bank');
    expect(about.keyBag?.length).toBeGreaterThan(500);
    expect(about.manifestKey).toHaveLength(44);
  });

  it('comes from Manifest.plist where Info.plist is missing', async () => {
    const { contents } = contentsOf({ files: 1 });
    const info = await read(contents);
    contents.delete('Info.plist');
    const { unreadable, ...about } = await read(contents);
    expect(about).toEqual({
      ...info,
      unreadable: undefined,
      imei: undefined,
      phoneNumber: undefined,
      uniqueId: about.uniqueId,
    });
    expect(about.uniqueId).toBe(info.uniqueId?.toLowerCase());
    expect(unreadable).toMatchObject([{ file: 'Info.plist', why: 'missing' }]);
  });

  it.each(hostileTricks)('is said not to be known for a list made to hurt: %s', async (trick) => {
    for (const name of names) {
      const contents = with3({ 'Device Name': 'a' }).set(name, hostilePlists[trick]());
      const { unreadable } = await read(contents);
      expect(unreadable).toMatchObject([{ file: name, why: 'damaged' }]);
      expect(unreadable[0]?.said).toMatch(sentence);
    }
  });

  it('is missing, damaged or gone, list by list', async () => {
    const contents = with3({ 'Device Name': 'a' }, undefined, ['no', 'names']);
    contents.delete('Status.plist');
    const gone = filesIn(contents, (path) => path === 'Info.plist');
    const { unreadable } = await readAbout(gone, backup);
    expect(unreadable.map(({ file, why }) => `${file} ${why}`)).toEqual([
      'Info.plist gone',
      'Status.plist missing',
      'Manifest.plist damaged',
    ]);
    for (const { said } of unreadable) expect(said).toMatch(sentence);
  });

  it('is not asked of a list that is larger than any', async () => {
    const files = {
      sizes: new Map([['Info.plist', 4e9]]),
      read: () => Promise.reject(new Error('It was read.')),
    };
    const { unreadable } = await readAbout(files, backup);
    expect(unreadable[0]).toMatchObject({ file: 'Info.plist', why: 'damaged' });
  });

  it('is one short line without what moves a cursor or turns the writing', async () => {
    const name = 'Al\u001b[2J\u009b31mex\u202e’s\r\n\u0000 \u2066iPhone\u007f\u200f';
    const about = await read(with3({ 'Device Name': name, 'Product Type': 'x'.repeat(5000) }));
    expect(about.deviceName).toBe('Al [2J 31mex ’s iPhone');
    expect(about.productType).toHaveLength(200);
    const broken = '<plist version="1.0"><string>&\u001b[31m\u202e;</string></plist>';
    const { unreadable } = await read(
      with3({ 'Device Name': 'a' }).set('Info.plist', Buffer.from(broken)),
    );

    expect(unreadable[0]?.said).not.toMatch(/[\u0000-\u001f\u202e]/);
  });

  it('keeps the letters of every language, and emoji', async () => {
    const name = 'Jürgens 👩‍👩‍👧 آيفون 日本';
    expect((await read(with3({ 'Device Name': name }))).deviceName).toBe(name);
  });

  it('lists no more apps than a page can show, were there nearly a million', async () => {
    const app = (number: number): string => `<string>app.${number}\u0085</string>`;
    const apps = Array.from({ length: 900_000 }, (_, number) => app(number)).join('');
    const list = `<plist><dict><key>Device Name</key><string>a</string><key>Installed Applications</key><array>${apps}</array></dict></plist>`;
    const about = await read(with3({ 'Device Name': 'a' }).set('Info.plist', Buffer.from(list)));
    expect(about.unreadable).toEqual([]);
    expect(about.apps).toHaveLength(5000);
    expect(about.apps[0]).toBe('app.0');
  });

  it('is nothing where values are not what they should be', async () => {
    const strange: Plist[] = [1, [], {}, new Date(0), Buffer.from('a'), ' \n ', ''];
    for (const value of strange) {
      const info = { 'Device Name': value, 'Serial Number': value, IMEI: value };
      const manifest = {
        IsEncrypted: value,
        Lockdown: value,
        Applications: value,
        BackupKeyBag: 'no bytes',
      };
      const about = await read(with3(info, undefined, manifest));
      expect(about).toMatchObject({
        ...{ deviceName: undefined, serialNumber: undefined, imei: undefined },
        ...{ encrypted: undefined, madeAt: undefined, apps: [], keyBag: undefined },
      });
    }
  });

  it('is read, or said to be damaged, for any bytes, and never thrown about', async () => {
    const { contents } = contentsOf({
      ...locked,
      files: 1,
      plistEncoding: { 'Status.plist': 'xml' },
    });
    const change = fc.record({
      name: fc.constantFrom(...names),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }),
      cut: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ name, part, bytes, cut }) => {
        const whole = Uint8Array.from(contents.get(name) ?? []);
        const at = Math.floor(part * whole.length);
        whole.set(bytes.subarray(0, whole.length - at), at);
        const about = await read(
          new Map(contents).set(
            name,
            cut ? whole.slice(0, Math.min(at, whole.length - 10)) : whole,
          ),
        );
        for (const { said } of about.unreadable) expect(said).toMatch(sentence);
        if (cut) expect(about.unreadable.map(({ file }) => file)).toEqual([name]);
      }),
      { numRuns: 500 },
    );
  });

  it('has a date of the calendar, or none', async () => {
    const text = xmlPlist({ 'Device Name': 'a', 'Last Backup Date': new Date(0) });
    for (const [year, known] of [
      ['0001', true],
      ['9999', true],
      ['-0100', true],
      ['275761', false],
      ['999999', false],
    ] as const) {
      const contents = with3({ 'Device Name': 'a' }).set(
        'Info.plist',
        Buffer.from(text.replace('1970', year)),
      );
      const { madeAt, unreadable } = await read(contents);
      expect([year, madeAt !== undefined, unreadable.length]).toEqual([year, known, known ? 0 : 1]);
      if (madeAt !== undefined) expect(Number.isFinite(madeAt)).toBe(true);
    }
  });
});
