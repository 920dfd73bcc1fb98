/**
 * Made-up backups are only worth testing with if they are what phones write. So other people's
 * tools read them here: Python's property lists, SQLite and hashes, and openssl's ciphers.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { fileDamages, type Damage, type DamageKind, type FileDamage } from '../backup/damage.ts';
import { hostilePlists, type HostileTrick } from '../backup/hostile.ts';
import { encrypted, wrapKey } from '../backup/keyBag.ts';
import { makeBackup, type BackupPlan, type MadeBackup } from '../backup/makeBackup.ts';
import { Real, Uid, binaryPlist, xmlPlist, type Plist } from '../backup/plist.ts';
import { runIn } from './project.ts';

// A process of openssl for every key and every file: slow on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

const room = mkdtempSync(join(tmpdir(), 'backup-maker-'));
afterAll(() => rmSync(room, { recursive: true, force: true }));
let rooms = 0;
const newFolder = (): string => join(room, String((rooms += 1)));
const make = (plan?: BackupPlan, damages?: Damage[]): MadeBackup =>
  makeBackup(newFolder(), plan, damages);

const hasPython = said('python3', ['--version']).startsWith('Python 3');
const hasOpenssl = said('openssl', ['enc', '-list']).includes('id-aes256-wrap');
const withPython = describe.skipIf(!hasPython);
const withBoth = describe.skipIf(!hasPython || !hasOpenssl);

const password = 'correct häse 🐇';
const locked = { encrypted: { password } } satisfies BackupPlan;

withPython('as python3 reads it, a backup without a password', () => {
  it('has three property lists in either encoding, which say the same', () => {
    const reports = (['xml', 'binary', 'xml-utf16'] as const).map(
      (plistEncoding) => verify(make({ plistEncoding })).plists,
    );
    expect(reports[0]).toMatchObject({
      Info: {
        'Device Name': 'Alex’s iPhone',
        'Product Type': 'iPhone8,1',
        'Last Backup Date': 'date:2026-10-05T09:30:00Z',
        IMEI: '001010123456789',
      },
      Status: { SnapshotState: 'finished', IsFullBackup: false },
      Manifest: { IsEncrypted: false, Lockdown: { SerialNumber: 'EXAMPLE12345' } },
    });
    expect(reports[0]?.Manifest).not.toHaveProperty('BackupKeyBag');
    expect(reports[1]).toEqual(reports[0]);
    expect(reports[2]).toEqual(reports[0]);
  });

  it('has a sound index of the files that are there, by the hash of domain and path', () => {
    const made = make({ digests: true });
    const report = verify(made);
    expect(report.found).toEqual([]);
    expect(report.integrity).toBe('ok');
    expectSameRows(report, made);
    expect(count(report, ({ flags }) => flags === 1)).toBe(60);
    expect(count(report, ({ target }) => target !== null)).toBe(2);
    expect(count(report, ({ hasDigest }) => hasDigest)).toBeGreaterThan(15);
    expect(count(report, ({ flags, size }) => flags === 1 && size === 0)).toBe(3);
    expect(count(report, ({ where }) => where.startsWith('HealthDomain'))).toBe(0);
    // A name that everybody who looked into a backup has met.
    expect(row(report, 'HomeDomain/Library/SMS/sms.db')).toMatchObject({
      fileID: '3d0d7e5fb2ce288813306e4d4636395e047a3d28',
      starts: Buffer.from('SQLite format 3\0').toString('hex'),
    });
  });

  it('keeps its records readable whatever their dates, size and number of objects', () => {
    const plans: BackupPlan[] = [
      { recordDates: 'dates' },
      { recordDates: 'archived' },
      { recordPadding: 900 },
      { recordFillers: 300 },
      { journal: 'wal', pageSize: 16_384 },
    ];
    const usual = verify(make({ files: 40 }));
    for (const plan of plans) {
      const report = verify(make({ files: 40, ...plan }));
      expect(report.found).toEqual([]);
      expect(report.rows).toEqual(usual.rows);
    }
  });

  it('can bear the mark of a write-ahead log, and leaves none', () => {
    const made = make({ journal: 'wal' });
    expect(verify(made).journal).toBe('0202');
    expect(readdirSync(made.folder).filter((name) => name.startsWith('Manifest.db'))).toEqual([
      'Manifest.db',
    ]);
  });

  it('from before iOS 10 is flat, with an index of its own', () => {
    const made = make({ era: 'mbdb', digests: true });
    const report = verify(made);
    expect(report.found).toEqual([]);
    expectSameRows(report, made);
    expect(readdirSync(made.folder).filter((name) => name.length === 40)).toHaveLength(60);
    expect(report.plists.Info).toMatchObject({ 'Product Version': '9.3.5' });
  });
});

withBoth('as python3 and openssl read it, a backup with a password', () => {
  const schemes: [string, BackupPlan][] = [
    ['since iOS 10.2', locked],
    ['of iOS 10.1', { encrypted: { password, scheme: 'before-10.2' } }],
    ['from before iOS 10', { ...locked, era: 'mbdb' }],
  ];
  it.each(schemes)('%s opens with it, index and every file', (_, plan) => {
    const made = make({ ...plan, files: 40, digests: true });
    const report = verify(made, password);
    expect(report.found).toEqual([]);
    expectSameRows(report, made);
    expect(count(report, ({ hasKey }) => hasKey)).toBeGreaterThanOrEqual(37);
    expect(row(report, 'HealthDomain/Health/healthdb.sqlite').starts).toBe(
      Buffer.from('SQLite format 3\0').toString('hex'),
    );
    // More than one class of protection, or a reader that knows one key alone would do.
    expect(new Set(report.rows.map((found) => found.class)).size).toBeGreaterThan(3);
  });

  it.each(schemes)('%s does not open with another', (_, plan) => {
    const report = verify(make({ ...plan, files: 5 }), `${password} `);
    expect(report.found).toEqual([['wrong password', '']]);
  });

  it('since iOS 10.2 hides its index; before, the index is plain', () => {
    const start = (plan: BackupPlan): string =>
      readFileSync(join(make({ ...plan, files: 5 }).folder, 'Manifest.db')).toString(
        'latin1',
        0,
        15,
      );
    expect(start(locked)).not.toBe('SQLite format 3');
    expect(start({ encrypted: { password, scheme: 'before-10.2' } })).toBe('SQLite format 3');
  });

  it('of iOS 10.0 has records that nobody can read', () => {
    const made = make({ encrypted: { password, scheme: '10.0' }, files: 5 });
    const unread = verify(made, password).found.filter(([what]) => what === 'record');
    expect(unread).toHaveLength([...made.files].length);
  });
});

/** What the other tools find where a file was damaged so: without a password, and with one. */
const traces: [FileDamage, plain: string[] | undefined, sealed: string[]][] = [
  ['missing', ['missing'], ['missing']],
  ['folder-instead', ['missing'], ['missing']],
  ['cut-short', ['digest', 'size'], ['decrypt', 'digest']],
  ['emptied', ['digest', 'size'], ['decrypt', 'digest']],
  ['grown', ['digest', 'size'], ['decrypt', 'digest']],
  ['changed-bytes', ['digest'], ['decrypt', 'digest']],
  ['wrong-id', ['id'], ['id']],
  ['listed-twice', ['id', 'twice'], ['id', 'twice']],
  ['same-id-twice', ['twice'], ['twice']],
  ['bad-record', ['record'], ['record']],
  ['zip-bomb-size', ['size'], ['size']],
  ['wrong-key', undefined, ['key']],
];
const settings = Array.from({ length: 30 }, (_, number) => ({
  domain: 'HomeDomain',
  relativePath: `Library/Preferences/com.example.setting-${number}.plist`,
}));

withBoth('a damaged backup', () => {
  it.each([
    ['without a password', {}, 1],
    ['with a password', locked, 2],
  ] as const)('%s shows each damage where it was done, and nowhere else', (_, plan, column) => {
    const expected = new Map(traces.map((trace) => [trace[0] as DamageKind, trace[column]]));
    const damages = fileDamages
      .filter((kind) => expected.get(kind))
      .map((kind): Damage => ({ kind, count: kind === 'bad-record' ? 4 : 2 }));
    const made = make({ ...plan, files: settings, digests: true }, damages);
    const { found } = verify(made, 'encrypted' in plan ? password : undefined);
    for (const { kind, where } of made.damaged) {
      const traced = found.filter((one) => one[1] === where).map(([what]) => what);
      expect([kind, [...new Set(traced)].toSorted()]).toEqual([kind, expected.get(kind)]);
    }
    const damaged = new Set(made.damaged.map(({ where }) => where));
    expect(damaged.size).toBe(damages.length * 2 + 2);
    expect(found.filter(([, where]) => !damaged.has(where))).toEqual([]);
  });

  const found = (damage: Damage, plan: BackupPlan = {}): string[][] =>
    verify(make({ files: 100, ...plan }, [damage]), plan.encrypted ? password : undefined).found;
  const unreadable = (name: string): unknown[] => [expect.arrayContaining(['unreadable', name])];
  const noIndex: unknown[] = [expect.arrayContaining(['index'])];

  it('lacks what it says', () => {
    expect(found({ kind: 'no-info' })).toEqual(unreadable('Info.plist'));
    expect(found({ kind: 'no-status' })).toEqual(unreadable('Status.plist'));
    expect(found({ kind: 'no-manifest-plist' })).toEqual(unreadable('Manifest.plist'));
    expect(found({ kind: 'no-index' })).toEqual(noIndex);
    expect(found({ kind: 'no-files-table' })).toEqual(noIndex);
  });

  it('has an index that cannot be read to its end', () => {
    expect(found({ kind: 'truncated-index' })).toEqual(noIndex);
    expect(found({ kind: 'truncated-index' }, locked)).toEqual(noIndex);
    expect(found({ kind: 'truncated-index' }, { era: 'mbdb' })).toEqual(noIndex);
    expect(found({ kind: 'garbled-index' }, locked)).toEqual(noIndex);
  });

  it('has property lists that cannot be read', () => {
    expect(found({ kind: 'cut-short', of: 'Status.plist' })).toEqual(unreadable('Status.plist'));
    expect(found({ kind: 'emptied', of: 'Info.plist' })).toEqual(unreadable('Info.plist'));
    expect(found({ kind: 'hostile-plist', of: 'Status.plist', trick: 'huge-list' })).toEqual(
      unreadable('Status.plist'),
    );
    const hostile = found({ kind: 'hostile-plist', of: 'photos', trick: 'huge-count', count: 2 });
    expect(hostile.map(([what]) => what)).toEqual(['record', 'record']);
  });

  it('asks for four billion rounds, if it shall', () => {
    const made = make({ ...locked, files: 1 }, [{ kind: 'hostile-key-bag' }]);
    const manifest = readFileSync(join(made.folder, 'Manifest.plist')).toString('latin1');
    expect(manifest).toContain('ITER\0\0\0\u0004\xff\xff\xff\xff');
    expect(manifest).toContain('DPIC\0\0\0\u0004\xff\xff\xff\xff');
  });

  it('says so where the last run did not end', () => {
    const report = verify(make({}, [{ kind: 'unfinished' }]));
    expect(report.plists.Status).toMatchObject({ SnapshotState: 'uploading' });
    expect(report.found).toEqual([]);
  });
});

withPython('property lists', () => {
  it('hold every kind of value, in either encoding', () => {
    const values: Record<string, Plist> = {
      integers: [0, 1, 255, 256, 65_535, 65_536, 2 ** 31, 2 ** 32, 2 ** 53 - 1, -1, -(2 ** 40)],
      huge: [2n ** 62n, -(2n ** 63n)],
      reals: [0.5, -1.25e100, new Real(3)],
      texts: ['', 'a'.repeat(14), 'a'.repeat(15), 'b'.repeat(300), 'ü'.repeat(70_000), '🎂<&>'],
      booleans: [true, false],
      date: new Date('2020-02-29T23:59:59Z'),
      early: new Date('1969-12-31T00:00:00Z'),
      data: [new Uint8Array(0), new Uint8Array(14).fill(7), new Uint8Array(70_000).fill(9)],
      empty: [[], {}],
      nested: { a: [{ b: [[['deep']]] }] },
      many: Array.from({ length: 70_000 }, (_, index) => index),
    };
    const taken = readWithPython({
      'value.xml': Buffer.from(xmlPlist(values)),
      'value.bin': binaryPlist(values),
      'value-few.bin': binaryPlist({ many: Array.from({ length: 300 }, (_, index) => index) }),
      'value-uid.bin': binaryPlist([new Uid(7), new Uid(256), new Uid(70_000)]),
    });
    expect(taken['value.bin']).toEqual(taken['value.xml']);
    expect(taken['value.bin']?.value).toMatchObject({
      integers: values.integers,
      huge: ['integer:4611686018427387904', 'integer:-9223372036854775808'],
      reals: [0.5, -1.25e100, 3],
      texts: values.texts,
      booleans: [true, false],
      date: 'date:2020-02-29T23:59:59Z',
      early: 'date:1969-12-31T00:00:00Z',
      data: ['data:', 'data:BwcHBwcHBwcHBwcHBwc=', `data:${'CQkJ'.repeat(23_333)}CQ==`],
      many: values.many,
    });
    expect(taken['value-few.bin']?.value).toMatchObject({ many: expect.any(Array) as unknown });
    expect(taken['value-uid.bin']?.value).toEqual(['uid:7', 'uid:256', 'uid:70000']);
  });

  /** A cycle or a doubling is well-formed: Python takes it, and so it reaches who walks it. */
  const wellFormed: HostileTrick[] = [
    ...(['cycle', 'long-cycle', 'doubling', 'deep-xml', 'strange-archive'] as const),
  ];
  it('are hostile in the way their name says', () => {
    const names = Object.keys(hostilePlists) as HostileTrick[];
    const taken = readWithPython(
      Object.fromEntries(names.map((name) => [name, hostilePlists[name]()])),
    );
    const read = names.filter((name) => taken[name]?.refused === undefined);
    expect(read.toSorted()).toEqual(wellFormed.toSorted());
    expect(taken.deep?.refused).toBe('RecursionError');
  });
});

describe('encryption', () => {
  it('wraps keys as section 4.6 of RFC 3394 shows', () => {
    const wrapping = hex('000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F');
    const key = hex('00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F');
    expect(wrapKey(wrapping, key).toString('hex')).toBe(
      '28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21',
    );
  });

  it('encrypts as the GFSbox vectors of NIST’s AESAVS show', () => {
    const text = hex('014730f80ac625fe84f026c60bfd547d');
    const sealed = Buffer.concat([...encrypted(new Uint8Array(32), [text])]);
    expect(sealed.toString('hex', 0, 16)).toBe('5c9d844ed46f9885085e5d6a4f94c7d7');
    expect(sealed).toHaveLength(32);
  });
});

describe('the maker', () => {
  it('makes the same bytes of the same plan, and others of another seed', () => {
    for (const plan of [{ digests: true }, locked, { era: 'mbdb' as const }]) {
      expect(contentOf(make(plan))).toBe(contentOf(make(plan)));
    }
    expect(contentOf(make({ seed: 'one' }))).not.toBe(contentOf(make({ seed: 'two' })));
  });

  it('tells what lies in the folder, whatever happened to it', () => {
    const kinds: DamageKind[] = [
      ...(['missing', 'cut-short', 'emptied', 'grown', 'changed-bytes', 'folder-instead'] as const),
      ...(['wrong-id', 'listed-twice', 'same-id-twice', 'zip-bomb-size', 'unlisted'] as const),
      ...(['truncated-index', 'no-status'] as const),
    ];
    const damages = kinds.map((kind): Damage => ({ kind, count: 2 }));
    for (const plan of [{}, locked, { payload: 'sparse' as const }]) {
      const made = make(plan, damages);
      expect(sorted(made.stored())).toEqual(lying(made.folder));
      const unstored = make({ ...plan, payload: 'none' }, damages);
      expect(sorted(unstored.stored())).toEqual(lying(made.folder));
      expect(lying(unstored.folder).map(([path]) => path)).toEqual([
        'Info.plist',
        'Manifest.db',
        'Manifest.plist',
      ]);
    }
  });

  it('writes the rows it is given, and hits those it is asked to', () => {
    const files = [
      { domain: 'HomeDomain', relativePath: '', flags: 2 as const },
      { domain: 'HomeDomain', relativePath: 'a.txt', content: Buffer.from('hello') },
      { domain: 'HomeDomain', relativePath: 'large.bin', size: 3_000_000 },
      { domain: 'MediaDomain', relativePath: 'picture', kind: 'photos' as const, size: 40 },
    ];
    const made = make({ files }, [
      { kind: 'missing', of: 'photos' },
      { kind: 'cut-short', of: /large\.bin$/ },
    ]);
    const rows = [...made.files];
    expect(rows.map(({ relativePath }) => relativePath)).toEqual([
      '',
      'a.txt',
      'large.bin',
      'picture',
    ]);
    expect(readFileSync(join(made.folder, rows[1]?.storedAt ?? ''), 'utf8')).toBe('hello');
    expect(statSync(join(made.folder, rows[2]?.storedAt ?? '')).size).toBe(1_500_000);
    expect(made.damaged.map(({ kind, where }) => [kind, where])).toEqual([
      ['cut-short', 'HomeDomain/large.bin'],
      ['missing', 'MediaDomain/picture'],
    ]);
  });

  it('lists as many files as wanted without writing one of them', () => {
    const made = make({ files: 10_000, payload: 'none' });
    expect(made.counts.files).toBe(10_000);
    let stored = 0;
    for (const [path] of made.stored()) if (path.includes('/')) stored += 1;
    expect(stored).toBe(10_000);
    expect(readdirSync(made.folder)).toHaveLength(4);
    expect(new Set(Array.from(made.files, ({ fileID }) => fileID)).size).toBe(
      made.counts.files + made.counts.folders + made.counts.links,
    );
  });

  it('refuses what cannot be', () => {
    const occupied = newFolder();
    mkdirSync(occupied);
    writeFileSync(join(occupied, 'Manifest.db'), 'somebody’s');
    expect(() => makeBackup(occupied)).toThrow('is not empty');
    expect(readdirSync(occupied)).toEqual(['Manifest.db']);
    expect(() => make({}, [{ kind: 'wrong-key' }])).toThrow('needs an encrypted backup');
    expect(() => make({ era: 'mbdb' }, [{ kind: 'bad-record' }])).toThrow('needs a Manifest.db');
    expect(() => make({}, [{ kind: 'missing', of: 'health' }])).toThrow('Too few files');
    expect(() => make({ digests: true, payload: 'none' })).toThrow('real bytes');
  });

  it('can be run by hand', () => {
    const program = 'tests/backup/make.ts';
    const folder = newFolder();
    const run = (...args: string[]): string => runIn('.', [program, ...args]).said;
    expect(
      run(folder, '--password', 'x', '--iterations', '10', '--damage', 'missing:photos:3'),
    ).toContain('Damaged: missing CameraRollDomain/Media/DCIM/100APPLE/IMG_0001.HEIC');
    expect(readdirSync(folder)).toContain('Manifest.db');
    expect(run()).toContain('--damage');
    expect(runIn('.', [program, newFolder(), '--damage', 'nonsense'])).toMatchObject({
      status: 1,
      said: expect.stringContaining('It takes one of: missing') as unknown,
    });
  });
});

interface Report {
  plists: Record<string, unknown>;
  /** what, where, and perhaps how it was noticed */
  found: string[][];
  integrity: string;
  journal: string;
  rows: {
    fileID: string;
    where: string;
    flags: number;
    size: number;
    class: number;
    target: string | null;
    hasKey: boolean;
    hasDigest: boolean;
    starts: string | null;
  }[];
}

function verify({ folder }: MadeBackup, secret?: string): Report {
  const args = ['backup', folder, ...(secret === undefined ? [] : [secret])];
  return JSON.parse(python(args)) as Report;
}

interface Taken {
  value?: unknown;
  refused?: string;
}

function readWithPython(files: Record<string, Uint8Array>): Record<string, Taken> {
  const folder = newFolder();
  mkdirSync(folder);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  return JSON.parse(python(['plists', folder])) as Record<string, Taken>;
}

function python(args: string[]): string {
  const { status, stdout, stderr } = spawnSync('python3', ['tests/backup/verify.py', ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`verify.py failed: ${stderr}`);
  return stdout;
}

function said(program: string, args: string[]): string {
  const { error, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return error ? '' : stdout + stderr;
}

function expectSameRows(report: Report, made: MadeBackup): void {
  const rows = Array.from(made.files, ({ fileID, domain, relativePath, flags, size }) => ({
    fileID,
    where: `${domain}/${relativePath}`,
    flags,
    size,
  }));
  expect(
    report.rows.map(({ fileID, where, flags, size }) => ({ fileID, where, flags, size })),
  ).toEqual(rows);
}

function count(report: Report, isOne: (row: Report['rows'][number]) => boolean): number {
  return report.rows.filter(isOne).length;
}

function row(report: Report, wanted: string): Report['rows'][number] {
  const found = report.rows.find(({ where }) => where === wanted);
  if (!found) throw new Error(`${wanted} is not listed.`);
  return found;
}

/** Paths and sizes of all files below a folder. */
function lying(folder: string): [string, number][] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return sorted(
    files.map((path) => [relative(folder, path).split(sep).join('/'), statSync(path).size]),
  );
}

function sorted(listed: Iterable<[string, number]>): [string, number][] {
  return [...listed].sort(([a], [b]) => (a < b ? -1 : 1));
}

function contentOf({ folder }: MadeBackup): string {
  const all = createHash('sha256');
  for (const [path] of lying(folder)) all.update(path).update(readFileSync(join(folder, path)));
  return all.digest('hex');
}

function hex(text: string): Buffer {
  return Buffer.from(text, 'hex');
}
