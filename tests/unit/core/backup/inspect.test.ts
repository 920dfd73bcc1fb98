import { describe, expect, it, vi } from 'vitest';
import { findBackups, FileGone } from '../../../../src/core/backup/folder.ts';
import { inspect } from '../../../../src/core/backup/inspect.ts';
import type { Doubt, Obstacle } from '../../../../src/core/backup/verdict.ts';
import type { PlannedFile } from '../../../backup/contents.ts';
import { fileDamages, wholeDamages, type Damage, type DamageKind } from '../../../backup/damage.ts';
import { hostilePlists, hostileTricks } from '../../../backup/hostile.ts';
import type { BackupPlan } from '../../../backup/makeBackup.ts';
import { binaryPlist } from '../../../backup/plist.ts';
import {
  contentsOf,
  filesIn,
  inspected,
  locked,
  password,
  saidIn,
  sentence,
  type Contents,
  type Inspected,
} from './memory.ts';

const check = (contents: Contents, options = {}): Promise<Inspected> =>
  inspected(filesIn(contents), options);
const made = (plan: BackupPlan = {}, damages: Damage[] = []): Contents =>
  contentsOf({ files: 12, ...plan }, damages).contents;
const opening = { password };

describe('a backup as it should be', () => {
  it('without a password is whole, and the only caution is that it has none', async () => {
    const { made, contents } = contentsOf({ digests: true });
    const { found, judgment } = await check(contents, { compareContents: true });
    expect(judgment).toEqual({ verdict: 'safe-but', obstacles: [], doubts: [], cautions: ['unencrypted'] });
    expect(found).toMatchObject({ password: 'not-needed', index: { state: 'read' }, faults: [] });
    expect(found.files).toEqual({ count: made.counts.files, bytes: made.counts.bytes });
    expect(found.compared).toBeGreaterThan(15);
    const photos = Array.from(made.files).filter(({ flags, kind }) => flags === 1 && kind === 'photos');
    expect(found.kinds[0]).toEqual({
      kind: 'photos',
      files: photos.length,
      bytes: photos.reduce((sum, { size }) => sum + size, 0),
    });
  }); // prettier-ignore

  it.each([
    ['since iOS 10.2', locked],
    ['since iOS 10.2, copied while it was open', { ...locked, journal: 'wal' }],
    ['of iOS 10.1, whose index is not encrypted', { encrypted: { ...locked.encrypted, scheme: 'before-10.2' } }],
  ] as [string, BackupPlan][])('with a password, %s, is safe', async (_, plan) => {
    const { made, contents } = contentsOf({ ...plan, digests: true });
    const { found, judgment } = await check(contents, { password, compareContents: true });
    expect(judgment).toEqual({ verdict: 'safe', obstacles: [], doubts: [], cautions: [] });
    expect(found).toMatchObject({ password: 'right', encrypted: true, faults: [] });
    expect(found.files).toEqual({ count: made.counts.files, bytes: made.counts.bytes });
    const kinds = found.opened.map(({ kind }) => kind);
    expect(kinds).toEqual(found.kinds.map(({ kind }) => kind));
    expect(kinds).toContain('health');
  }); // prettier-ignore

  it('has everything but the keys’ proof looked at while no password is given, if its index allows', async () => {
    const old = { encrypted: { ...locked.encrypted, scheme: 'before-10.2' } } as BackupPlan;
    const { found, judgment } = await check(made(old, [{ kind: 'missing', count: 2 }]));
    expect(found).toMatchObject({ password: 'wanted', index: { state: 'read' }, opened: [] });
    expect(judgment).toMatchObject({ obstacles: ['files-missing'], doubts: ['password-wanted'] });
  });

  it('needs no password for the keys it has but says it does not use', async () => {
    const contents = made();
    const manifest = { IsEncrypted: false, BackupKeyBag: Buffer.alloc(600), ManifestKey: Buffer.alloc(44) };
    contents.set('Manifest.plist', binaryPlist(manifest));
    const { found, judgment } = await check(contents, opening);
    expect(found).toMatchObject({ password: 'not-needed', encrypted: false });
    expect(judgment).toMatchObject({ verdict: 'safe-but', cautions: ['unencrypted'] });
  }); // prettier-ignore
});

describe('the password', () => {
  const contents = made(locked);

  it('is asked for where none is given, and nothing is said against the backup', async () => {
    for (const options of [{}, { password: '' }, { password: undefined }]) {
      const { found, judgment } = await check(contents, options);
      expect(found).toMatchObject({ password: 'wanted', index: { state: 'locked' }, faults: [] });
      expect(judgment).toMatchObject({ verdict: 'cannot-tell', obstacles: [] });
      expect(judgment.doubts).toEqual(['password-wanted']);
    }
  });

  it.each([`${password} `, 'käse & brot 12', 'x'.repeat(10_000), '\ud800', '\u0000'])(
    'that is wrong (%j) is called so, and the rest is kept',
    async (typed) => {
      const { found, judgment } = await check(contents, { password: typed });
      expect(found).toMatchObject({ password: 'wrong', index: { state: 'locked' } });
      expect(found.about.deviceName).toBe('Alex’s iPhone');
      expect(judgment).toMatchObject({ verdict: 'not-yet', obstacles: ['wrong-password'] });
    },
  );

  it('has nothing to open where the keys are missing or damaged', async () => {
    const manifest = { IsEncrypted: true, ManifestKey: Buffer.alloc(44) };
    for (const bag of [{}, { BackupKeyBag: Buffer.alloc(0) }, { BackupKeyBag: Buffer.alloc(600, 7) }]) {
      const changed = new Map(contents).set('Manifest.plist', binaryPlist({ ...manifest, ...bag }));
      const { found, judgment } = await check(changed, opening);
      expect(judgment).toMatchObject({ verdict: 'not-yet', obstacles: ['index-damaged'], doubts: [] });
      for (const said of saidIn(found)) expect(said).toMatch(sentence);
    }
  }); // prettier-ignore

  it('that this browser cannot use is not called wrong', async () => {
    try {
      vi.stubGlobal('crypto', {});
      const { found, judgment } = await check(contents, opening);
      expect(found).toMatchObject({ password: 'wanted', index: { state: 'unsupported' } });
      expect(judgment.verdict).toBe('cannot-tell');
      expect(saidIn(found)[0]).toMatch(sentence);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

/* ---- every damage the generator knows ---- */

type Expected = [plain: (Obstacle | Doubt)[], sealed?: (Obstacle | Doubt)[]];
const inconsistent: Expected = [['index-inconsistent']];

/** What stands in the way of an update after each damage; of grown and unlisted files, nothing. */
const expected: Record<DamageKind, Expected> = {
  missing: [['files-missing']],
  'folder-instead': [['files-missing']],
  'cut-short': [['files-cut-short'], ['files-cut-short', 'files-unopenable']],
  emptied: [['files-cut-short'], ['files-cut-short', 'files-unopenable']],
  grown: [[]],
  // Nothing shows it but the digests, or that it does not decrypt.
  'changed-bytes': [['files-changed'], ['files-changed', 'files-unopenable']],
  'wrong-id': inconsistent,
  'listed-twice': inconsistent,
  'same-id-twice': inconsistent,
  'bad-record': inconsistent,
  'zip-bomb-size': inconsistent,
  'wrong-key': [[], ['files-unopenable']],
  'no-info': [['info-missing']],
  'no-status': [['status-missing']],
  'no-manifest-plist': [['index-missing'], ['index-missing', 'index-damaged']],
  'no-index': [['index-missing']],
  'truncated-index': [['index-damaged']],
  'garbled-index': [['index-damaged']],
  'no-files-table': [['index-unsupported']],
  unfinished: [['unfinished']],
  'hostile-plist': inconsistent,
  'hostile-key-bag': [[], ['index-damaged']],
  unlisted: [[]],
};
const onlySealed: DamageKind[] = ['wrong-key', 'hostile-key-bag'];

describe.each([
  ['without a password', {}, 0],
  ['with a password', locked, 1],
] as const)('a damaged backup %s', (_, plan, column) => {
  const kinds = [...fileDamages, ...wholeDamages].filter(
    (kind) => column === 1 || !onlySealed.includes(kind),
  );
  it.each(kinds)('%s', async (kind) => {
    // A database that changed bytes is known by how it starts, so it must not be grown by noise.
    const of = kind === 'grown' ? 'HomeDomain/Library/SMS/sms.db' : 'HomeDomain';
    const damage: Damage = { kind, of: kind === 'changed-bytes' ? 'sms.db' : of };
    const digests = kind === 'changed-bytes';
    const { contents, made } = contentsOf({ ...plan, files: 12, digests }, [damage]);
    const { found, judgment } = await check(contents, { password, compareContents: digests });
    const reasons = expected[kind][column] ?? expected[kind][0];
    expect([...judgment.obstacles, ...judgment.doubts].toSorted()).toEqual(reasons.toSorted());
    expect(judgment.verdict === 'not-yet' || judgment.verdict === 'cannot-tell').toBe(
      reasons.length > 0,
    );
    expect(judgment.cautions.includes('files-grown')).toBe(kind === 'grown');
    for (const said of saidIn(found)) expect(said).toMatch(sentence);
    if (!(fileDamages as readonly string[]).includes(kind)) return;
    // The one that was damaged is named, and no other.
    const where = made.damaged[0]?.where?.replace('/', '-');
    expect(Array.from(new Set(found.faults.flatMap(({ examples }) => examples)))).toEqual([where]);
  });

  it('that is hollow in every one of its index files is not called safe', async () => {
    const whole = made({ ...plan, files: 12 });
    for (const name of ['Info.plist', 'Status.plist', 'Manifest.plist', 'Manifest.db']) {
      const bytes = whole.get(name) as Uint8Array;
      const noise = bytes.map((_byte, at) => (at * 167 + 13) % 256);
      for (const changed of [undefined, bytes.slice(0, 0), bytes.slice(0, 99), noise]) {
        const contents = new Map(whole);
        if (changed) contents.set(name, changed);
        else contents.delete(name);
        const { found, judgment } = await check(contents, opening);
        expect([name, judgment.verdict]).toEqual([name, 'not-yet']);
        for (const said of saidIn(found)) expect(said).toMatch(sentence);
      }
    }
  });

  it('with a list or a record made to hurt gives a sentence for each trick', async () => {
    const records = await check(
      made({ ...plan, files: 40 }, [{ kind: 'hostile-plist', count: hostileTricks.length }]),
      opening,
    );
    expect(records.judgment.obstacles).toEqual(['index-inconsistent']);
    const faults = records.found.faults.filter(({ fault }) => fault === 'bad-record');
    expect(faults.reduce((sum, { files }) => sum + files, 0)).toBe(hostileTricks.length);
    const whole = made({ ...plan, files: 3 });
    for (const trick of hostileTricks) {
      for (const name of ['Info.plist', 'Status.plist', 'Manifest.plist']) {
        const contents = new Map(whole).set(name, hostilePlists[trick]());
        const { judgment } = await check(contents, opening);
        expect([name, trick, judgment.verdict]).toEqual([name, trick, 'not-yet']);
      }
    }
  });
});

describe('a backup of which only so much is known', () => {
  it('from before iOS 10 is recognized, and its index not judged', async () => {
    for (const plan of [{}, locked]) {
      const { found, judgment } = await check(made({ ...plan, era: 'mbdb' }), opening);
      expect(found).toMatchObject({ index: { state: 'before-ios-10' }, whole: true });
      expect(found.about.productVersion).toBe('9.3.5');
      expect(judgment).toMatchObject({ verdict: 'cannot-tell', obstacles: [], doubts: ['before-ios-10'] });
    }
  }); // prettier-ignore

  it('of iOS 10.0 is politely refused: only that system could read its entries', async () => {
    const plan = { encrypted: { ...locked.encrypted, scheme: '10.0' } } as BackupPlan;
    for (const options of [opening, {}]) {
      const { found, judgment } = await check(made(plan), options);
      expect(found.index).toMatchObject({ state: 'unsupported' });
      expect(judgment).toMatchObject({ verdict: 'cannot-tell', obstacles: [] });
      expect(saidIn(found)[0]).toMatch(/iOS 10\.0/);
    }
    const { judgment } = await check(made(plan, [{ kind: 'missing' }]), opening);
    expect(judgment.obstacles).toEqual(['files-missing']);
  });

  it('by its index files alone is read, and not called whole', async () => {
    const contents = made({ ...locked, payload: 'none' });
    const { found, judgment } = await check(contents, opening);
    expect(found).toMatchObject({ whole: false, index: { state: 'read' }, faults: [], opened: [] });
    expect(judgment).toMatchObject({ verdict: 'cannot-tell', doubts: ['index-files-only'] });
  });

  it('that is being made is told by the folder in it', async () => {
    const contents = made();
    contents.set('Snapshot/Manifest.db', new Uint8Array(1));
    expect((await check(contents)).judgment.obstacles).toEqual(['being-made']);
  });

  it('without a file has nothing in it', async () => {
    const { judgment } = await check(made({ files: 0 }));
    expect(judgment.obstacles).toEqual(['nothing-in-it']);
  });

  it('whose index is far too large, or for which SQLite cannot run, is not called damaged', async () => {
    const files = filesIn(made({ files: 3 }));
    const large = { ...files, sizes: new Map(files.sizes).set('Manifest.db', 5e9) };
    const backup = findBackups(files)[0] ?? { root: '', whole: false };
    const sqlite = (): Promise<never> => Promise.reject(new TypeError('no such thing'));
    for (const found of [
      await inspect(large, backup, {}, { sqlite }),
      await inspect(files, backup, {}, { sqlite }),
    ]) {
      expect(found.index.state).toBe('unsupported');
      expect(saidIn(found)[0]).toMatch(sentence);
    }
  });
});

/* ---- sizes that may differ ---- */

const photo = (size: number): PlannedFile => ({
  domain: 'CameraRollDomain',
  relativePath: `Media/DCIM/100APPLE/IMG_${size}.JPG`,
  size,
});

/** What a file of a size in the index is called when so many bytes of it are stored. */
async function faultOf(plan: BackupPlan, size: number, stored: number): Promise<string> {
  const { contents, made } = contentsOf({ ...plan, files: [photo(40), photo(size)] });
  const { storedAt = '' } = Array.from(made.files)[1] ?? {};
  const bytes = new Uint8Array(stored);
  bytes.set((contents.get(storedAt) ?? bytes).subarray(0, stored));
  contents.set(storedAt, bytes);
  const { found } = await check(contents, plan.encrypted ? opening : {});
  return found.faults.map(({ fault }) => fault).join(' ');
}

describe('the size of a stored file', () => {
  it.each([
    [100, 100, ''],
    [100, 99, 'cut-short'],
    [100, 101, 'grown'],
    [100, 0, 'cut-short'],
    [0, 0, ''],
    [0, 16, ''],
    [0, 17, 'grown'],
  ])('without a password: %d bytes in the index, %d stored: %j', async (size, stored, fault) => {
    expect(await faultOf({}, size, stored)).toBe(fault);
  });

  it.each([
    [100, 112, ''],
    // Cut to the last whole block, or within one.
    [100, 96, 'cut-short unopenable'],
    [100, 111, 'cut-short unopenable'],
    // Full blocks need no filling; Apple adds a block, others might not.
    [112, 128, ''],
    [112, 112, ''],
    [112, 120, 'cut-short unopenable'],
    [112, 96, 'cut-short unopenable'],
    [0, 0, ''],
    [0, 16, ''],
    [0, 8, 'cut-short'],
  ])('with one: %d bytes in the index, %d stored: %j', async (size, stored, fault) => {
    expect(await faultOf(locked, size, stored)).toBe(fault);
  });

  it('of an encrypted file that grew while it was copied is a caution, if it still opens', async () => {
    const files = [photo(5000)];
    const small = contentsOf({ ...locked, files });
    const grown = contentsOf({ ...locked, files: [{ ...photo(5000), size: 9000 }] });
    const [stored = ''] = Array.from(small.made.files, ({ storedAt }) => storedAt ?? '');
    small.contents.set(stored, grown.contents.get(stored) as Uint8Array);
    const { found, judgment } = await check(small.contents, opening);
    expect(found.faults.map(({ fault }) => fault)).toEqual(['grown']);
    expect(found.opened).toEqual([{ kind: 'photos', files: 1 }]);
    expect(judgment).toMatchObject({ verdict: 'safe-but', cautions: ['files-grown'] });
  });

  it('of a file without content does not matter where the file was left out', async () => {
    const { contents, made } = contentsOf({ files: [photo(40), photo(0)] });
    contents.delete(Array.from(made.files)[1]?.storedAt ?? '');
    expect((await check(contents)).found.faults).toEqual([]);
  });
});

describe('what the index lists', () => {
  it('is not looked for outside of the backup, whatever its number says', async () => {
    const { contents } = contentsOf({ files: 3 });
    const index = Buffer.from(contents.get('Manifest.db') as Uint8Array);
    const old = '3d0d7e5fb2ce288813306e4d4636395e047a3d28';
    const evil = '../../../../../../etc/passwd'.padEnd(40, '/');
    for (let at = index.indexOf(old); at >= 0; at = index.indexOf(old)) index.write(evil, at);
    contents.set('Manifest.db', index);
    const asked: string[] = [];
    const files = filesIn(contents);
    const { found } = await inspected({
      ...files,
      read: (path, start, end) => {
        asked.push(path);
        return files.read(path, start, end);
      },
    });
    expect(found.faults.map(({ fault }) => fault)).toEqual(['wrong-number', 'missing']);
    expect(asked.filter((path) => path.includes('..'))).toEqual([]);
  });

  it('cannot pass off a file of the folder itself as a photo', async () => {
    const { contents } = contentsOf({ files: 3 });
    const index = Buffer.from(contents.get('Manifest.db') as Uint8Array);
    const old = '3d0d7e5fb2ce288813306e4d4636395e047a3d28';
    const posing = `x${'0'.repeat(39)}`;
    for (let at = index.indexOf(old); at >= 0; at = index.indexOf(old)) index.write(posing, at);
    contents.set('Manifest.db', index).set(posing, new Uint8Array(9));
    expect((await check(contents)).judgment.obstacles).toContain('index-inconsistent');
  });

  it('is shown without what moves a cursor or turns the writing', async () => {
    const name = { domain: 'HomeDomain', relativePath: 'a\u001b[2Jb\u202ec\nd\u009b' };
    const { found } = await check(
      made({ files: [name, photo(40)] }, [{ kind: 'missing', of: 'a' }]),
    );
    expect(found.faults[0]?.examples).toEqual(['HomeDomain-a [2Jb c d']);
  });

  it('must say of each line whether it is a file', async () => {
    const { contents } = contentsOf({ files: 20 });
    const { default: initSqlJs } = await import('sql.js');
    const sqlite = await initSqlJs();
    for (const flags of ['NULL', '0', "'1'", "x'01'", '5', '-1', '2']) {
      const database = new sqlite.Database(contents.get('Manifest.db'));
      database.run(`UPDATE Files SET flags = ${flags} WHERE relativePath = 'Library/SMS/sms.db'`);
      const changed = new Map(contents).set('Manifest.db', database.export());
      database.close();
      const { found, judgment } = await check(changed);
      // The column makes a number of a text that is one.
      const isKnown = ["'1'", '5', '-1', '2'].includes(flags);
      expect(judgment.obstacles).toEqual(isKnown ? [] : ['index-inconsistent']);
      // What is neither a folder nor a link counts as a file, and has to be there.
      expect([flags, found.files?.count]).toEqual([flags, flags === '2' ? 19 : 20]);
    }
  });
});

/* ---- while it is looked at ---- */

describe('a file that vanishes while the backup is checked', () => {
  const contents = made({ ...locked, digests: true });

  it.each([
    ['Info.plist', 'info-missing'],
    ['Status.plist', 'status-missing'],
    ['Manifest.plist', 'index-missing'],
    ['Manifest.db', 'index-damaged'],
  ])('%s: it is said, and the rest is found', async (name, obstacle) => {
    const { found, judgment } = await inspected(
      filesIn(contents, (path) => path === name),
      opening,
    );
    expect(judgment.obstacles).toContain(obstacle);
    expect(found.about.deviceName).toBe('Alex’s iPhone');
    expect(saidIn(found)).not.toEqual([]);
    for (const said of saidIn(found)) expect(said).toMatch(sentence);
  });

  it('the index, between its first bytes and the rest', async () => {
    for (const plan of [{}, locked]) {
      let readings = 0;
      const isGone = (path: string): boolean => path === 'Manifest.db' && (readings += 1) > 1;
      const { found } = await inspected(filesIn(made(plan), isGone), opening);
      expect(found.index).toEqual({ state: 'damaged', said: 'It is gone.' });
    }
  });

  it('files that were to be opened or compared count as missing', async () => {
    const isGone = (path: string): boolean => path.includes('/');
    const opened = await inspected(filesIn(contents, isGone), opening);
    expect(opened.judgment.obstacles).toEqual(['files-missing']);
    expect(opened.found.opened).toEqual([]);
    const plain = filesIn(made({ digests: true }), isGone);
    const compared = await inspected(plain, { compareContents: true });
    expect(compared.judgment.obstacles).toEqual(['files-missing']);
  });

  it('a fault of ours is not taken for one of the backup', async () => {
    const files = filesIn(contents);
    const broken = { ...files, read: () => Promise.reject(new TypeError('ours')) };
    await expect(inspected(broken)).rejects.toThrow('ours');
    expect(new FileGone('It is gone.')).toBeInstanceOf(Error);
  });
});

describe('the progress', () => {
  it('goes through the stages in order, never back, and ends at all of it', async () => {
    const folders = Array.from({ length: 2100 }, (_, number) => ({
      domain: 'HomeDomain',
      relativePath: `Library/${number}`,
      flags: 2 as const,
    }));
    const database = { domain: 'HomeDomain', relativePath: 'Library/SMS/sms.db' };
    const contents = made({ ...locked, files: [...folders, database, photo(40)], digests: true });
    const { found, progress } = await check(contents, { password, compareContents: true });
    const stages = Array.from(new Set(progress.map(({ stage }) => stage)));
    expect(stages).toEqual([
      'reading',
      'deriving',
      'decrypting',
      'checking',
      'opening',
      'comparing',
    ]);
    for (const stage of stages) {
      const own = progress.filter((one) => one.stage === stage);
      const done = own.map((one) => one.done);
      expect(done).toEqual(done.toSorted((a, b) => a - b));
      expect(new Set(own.map(({ total }) => total)).size).toBe(1);
      const { total } = own[0] ?? {};
      if (total !== undefined) expect(Math.max(...done)).toBe(total);
    }
    // Each stage is over before the next begins.
    const order = progress.map(({ stage }) => stages.indexOf(stage));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(progress.filter(({ stage }) => stage === 'checking').length).toBeGreaterThan(2);
    expect(found.faults).toEqual([]);
  });
});
