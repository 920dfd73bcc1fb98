/**
 * Writes whole made-up iPhone backups: those of today, encrypted or not, those from before iOS 10,
 * small and huge, and damaged in every way we could think of. It is written from the format and
 * shares no line with the readers in src/core/backup, so that neither can hide the other's errors.
 * The same plan makes the same bytes.
 */
import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { hash } from 'node:crypto';
import { join } from 'node:path';
import { defaultApps, flagsOf, type PlannedFile } from './contents.ts';
import {
  folderFileOf,
  plistNames,
  type Damage,
  type DamageKind,
  type FolderFile,
  type IndexName,
  type MadeDamage,
  type PlistName,
} from './damage.ts';
import { hostilePlists, hostileTricks } from './hostile.ts';
import { encrypted, makeKeyBag, type KeyBag } from './keyBag.ts';
import { writeManifestDb, type DatabaseRow } from './manifestDb.ts';
import { mbdbHeader, mbdbRecord } from './manifestMbdb.ts';
import { createNoise, noise } from './noise.ts';
import { binaryPlist, xmlPlist, type Plist } from './plist.ts';
import {
  exampleDevice,
  infoPlist,
  manifestPlist,
  statusPlist,
  type Device,
  type PropertyPlan,
} from './propertyFiles.ts';
import {
  factsOf,
  recordOf,
  rowsOf,
  storedPieces,
  type MadeFile,
  type RecordPlan,
  type Row,
  type RowPlan,
} from './rows.ts';

export type PlistEncoding = 'xml' | 'xml-utf16' | 'binary';

export interface Encryption {
  password: string;
  /** rounds of the second derivation; 10,000 as on real phones, unless said */
  iterations?: number;
  /** rounds of the first; real phones take 10,000,000, tests 1,000 unless said */
  doubleIterations?: number;
  /**
   * `before-10.2`: one derivation, and an index that is not encrypted. `10.0`: the same, with
   * records that only iOS 10.0 could read. Before iOS 10 it is always the former.
   */
  scheme?: '10.2' | 'before-10.2' | '10.0';
}

export interface BackupPlan {
  encrypted?: false | Encryption;
  device?: Partial<Device>;
  date?: Date;
  /** how many files, folders not counted; or exactly these rows */
  files?: number | readonly PlannedFile[];
  /** least and most bytes of a file */
  sizes?: readonly [number, number];
  apps?: readonly string[];
  snapshotState?: string;
  isFullBackup?: boolean;
  wasPasscodeSet?: boolean;
  /** of all three, or of each; Info.plist is XML and the others binary unless said */
  plistEncoding?: PlistEncoding | Partial<Record<PlistName, PlistEncoding>>;
  versions?: Partial<PropertyPlan['versions']>;
  /** SHA-1 of the stored bytes in the records of system domains */
  digests?: boolean;
  /** `mbdb`: before iOS 10 */
  era?: 'today' | 'mbdb';
  /**
   * `sparse`: files of the right size that hold only zeros. `none`: the four files of the folder
   * alone; `stored()` says what else would be there.
   */
  payload?: 'real' | 'sparse' | 'none';
  /** bytes more in each record of the index */
  recordPadding?: number;
  /** objects of no use at the front of each record; from 250 on, references take two bytes */
  recordFillers?: number;
  recordDates?: RecordPlan['dates'];
  journal?: 'delete' | 'wal';
  /** bytes of a page of the index, a power of two */
  pageSize?: number;
  /** other seeds make other bytes, keys and sizes */
  seed?: string;
}

export interface MadeBackup {
  folder: string;
  /** The rows of the index, in the order written; made anew at each reading. */
  files: Iterable<MadeFile>;
  counts: { files: number; folders: number; links: number; bytes: number };
  /**
   * All that lies in the folder, or with `payload: 'none'` would: path and size. What was read
   * is not kept.
   */
  stored: () => Iterable<[path: string, size: number]>;
  damaged: MadeDamage[];
}

/**
 * @param folder must not exist or be empty: nobody's real backup shall be written over
 * @throws Error with a sentence when the plan cannot be, or a damage finds nothing to hit
 */
export function makeBackup(
  folder: string,
  plan: BackupPlan = {},
  damages: readonly Damage[] = [],
): MadeBackup {
  assertPossible(plan, damages);
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length > 0) {
    throw new Error(`${folder} is not empty. Name a folder that does not exist yet.`);
  }
  const maker = new Maker(folder, plan, damages);
  maker.writePlists();
  maker.writeRows();
  maker.damageFolder();
  return maker.made();
}

function assertPossible(plan: BackupPlan, damages: readonly Damage[]): void {
  const kinds = damages.map(({ kind }) => kind);
  const assertNone = (refused: DamageKind[], why: string): void => {
    const found = kinds.find((kind) => refused.includes(kind));
    if (found !== undefined) throw new Error(`The damage "${found}" ${why}.`);
  };
  if (!plan.encrypted) assertNone(['wrong-key', 'hostile-key-bag'], 'needs an encrypted backup');
  if (plan.era === 'mbdb') {
    assertNone(
      ['wrong-id', 'same-id-twice', 'bad-record', 'no-files-table'],
      'needs a Manifest.db, which backups before iOS 10 do not have',
    );
    if (damages.some((damage) => damage.kind === 'hostile-plist' && !folderFileOf(damage))) {
      throw new Error('Backups before iOS 10 have no property lists as records to damage.');
    }
  }
  if (plan.digests && (plan.payload ?? 'real') !== 'real') {
    throw new Error('Digests are of real bytes: leave out "payload", or "digests".');
  }
}

/** What the plan and its gaps come to, and the writing of it. */
class Maker {
  readonly #folder: string;
  readonly #plan: BackupPlan;
  readonly #damages: readonly Damage[];
  readonly #rowPlan: RowPlan;
  readonly #recordPlan: RecordPlan;
  readonly #index: IndexName;
  readonly #scheme: Encryption['scheme'];
  readonly #keyBag: KeyBag | undefined;
  readonly #indexKey: Buffer;
  readonly #damaged: MadeDamage[] = [];
  readonly #counts = { files: 0, folders: 0, links: 0, bytes: 0 };
  readonly #foldersMade = new Set<string>();

  constructor(folder: string, plan: BackupPlan, damages: readonly Damage[]) {
    const seed = plan.seed ?? 'backup';
    const era = plan.era ?? 'today';
    this.#folder = folder;
    this.#plan = plan;
    this.#damages = damages;
    this.#index = era === 'mbdb' ? 'Manifest.mbdb' : 'Manifest.db';
    this.#scheme = plan.encrypted
      ? era === 'mbdb'
        ? 'before-10.2'
        : (plan.encrypted.scheme ?? '10.2')
      : undefined;
    this.#keyBag = plan.encrypted ? this.#makeKeyBag(plan.encrypted, seed) : undefined;
    this.#indexKey = noise(`${seed} index key`, 32);
    this.#rowPlan = {
      seed,
      files: plan.files ?? 60,
      apps: plan.apps ?? defaultApps,
      sizes: plan.sizes ?? [200, 6_000],
      date: Math.floor(this.#date().getTime() / 1000),
      isEncrypted: this.#keyBag !== undefined,
      era,
      damages,
    };
    this.#recordPlan = {
      seed,
      keyBag: this.#keyBag,
      digests: plan.digests ?? false,
      dates: plan.recordDates ?? 'seconds',
      padding: plan.recordPadding ?? 0,
      fillers: plan.recordFillers ?? 0,
    };
  }

  writePlists(): void {
    const properties = this.#properties();
    const made: Record<PlistName, Plist> = {
      'Info.plist': infoPlist(properties),
      'Status.plist': statusPlist(properties),
      'Manifest.plist': manifestPlist(properties),
    };
    for (const name of plistNames) {
      writeFileSync(this.#path(name), encodePlist(made[name], this.#encodingOf(name)));
    }
  }

  /** The index and, as it is written, the bytes it lists. */
  writeRows(): void {
    if (this.#index === 'Manifest.mbdb') this.#writeMbdb();
    else this.#writeDatabase();
    if (this.#isDamaged('unlisted') && this.#plan.payload !== 'none') {
      for (const [path, size] of this.#unlisted()) this.#write(path, [Buffer.alloc(size)]);
    }
  }

  /** What happens to the files of the folder itself, after all is written. */
  damageFolder(): void {
    for (const damage of this.#damages) {
      const { kind } = damage;
      const named = folderFileOf(damage);
      if (named) this.#damageFile(named, damage);
      const gone = withoutFile(kind, this.#index);
      if (gone) rmSync(this.#path(gone));
      if (kind === 'truncated-index') this.#cut(this.#index, 2 / 3);
      if (kind === 'garbled-index') this.#garble(this.#index);
      const where = named ?? gone ?? (kind.endsWith('-index') ? this.#index : undefined);
      if (isOfFolder(kind) || named) {
        this.#damaged.push({ kind, ...(where ? { where } : {}), ...trickOf(damage) });
      }
    }
  }

  made(): MadeBackup {
    const rowPlan = this.#rowPlan;
    return {
      folder: this.#folder,
      files: {
        *[Symbol.iterator]() {
          for (const row of rowsOf(rowPlan)) yield madeFile(row);
        },
      },
      counts: this.#counts,
      stored: () => this.#stored(),
      damaged: this.#damaged,
    };
  }

  *#stored(): Generator<[string, number]> {
    for (const name of [...plistNames, this.#index]) {
      const path = this.#path(name);
      if (existsSync(path)) yield [name, statSync(path).size];
    }
    for (const { storedAt, storedSize, repeats } of rowsOf(this.#rowPlan)) {
      if (storedAt !== undefined && storedSize !== undefined && !repeats) {
        yield [storedAt, storedSize];
      }
    }
    if (this.#isDamaged('unlisted')) yield* this.#unlisted();
  }

  #unlisted(): [string, number][] {
    const left = hash('sha1', `${this.#rowPlan.seed} left over`);
    const place = this.#index === 'Manifest.mbdb' ? left : `${left.slice(0, 2)}/${left}`;
    return [
      [place, 300],
      ['.DS_Store', 6148],
    ];
  }

  #date(): Date {
    return this.#plan.date ?? new Date('2026-10-05T09:30:00Z');
  }

  #makeKeyBag(encryption: Encryption, seed: string): KeyBag {
    return makeKeyBag({
      password: encryption.password,
      iterations: encryption.iterations ?? 10_000,
      doubleIterations:
        this.#scheme === '10.2' ? (encryption.doubleIterations ?? 1_000) : undefined,
      ...(this.#isDamaged('hostile-key-bag') ? { claimedIterations: 2 ** 32 - 1 } : {}),
      seed,
    });
  }

  #properties(): PropertyPlan {
    const { device, versions, snapshotState, isFullBackup, wasPasscodeSet } = this.#plan;
    const usual = usualVersions[this.#versionGroup()];
    return {
      device: { ...exampleDevice, ...usual.device, ...device },
      date: this.#date(),
      apps: this.#rowPlan.apps,
      versions: { ...usual.versions, ...versions },
      snapshotState: this.#isDamaged('unfinished') ? 'uploading' : (snapshotState ?? 'finished'),
      isFullBackup: isFullBackup ?? false,
      wasPasscodeSet: wasPasscodeSet ?? true,
      isEncrypted: this.#keyBag !== undefined,
      keyBag: this.#keyBag?.bytes,
      manifestKey: this.#scheme === '10.2' ? this.#keyBag?.wrapFor(4, this.#indexKey) : undefined,
    };
  }

  #versionGroup(): keyof typeof usualVersions {
    if (this.#index === 'Manifest.mbdb') return 'ios9';
    return this.#scheme === 'before-10.2' || this.#scheme === '10.0' ? 'ios10' : 'today';
  }

  #encodingOf(name: PlistName): PlistEncoding {
    const { plistEncoding } = this.#plan;
    if (typeof plistEncoding === 'string') return plistEncoding;
    return plistEncoding?.[name] ?? (name === 'Info.plist' ? 'xml' : 'binary');
  }

  #writeDatabase(): void {
    const isSealed = this.#scheme === '10.2';
    const path = this.#path(this.#index);
    const plainPath = isSealed ? `${path}.plain` : path;
    const oneOff = this.#scheme === '10.0';
    try {
      writeManifestDb(plainPath, this.#databaseRows(), {
        table: this.#isDamaged('no-files-table') ? 'ManifestEntry' : 'Files',
        hasPrimaryKey: !this.#isDamaged('same-id-twice'),
        journal: this.#plan.journal ?? 'delete',
        pageSize: this.#plan.pageSize ?? 4096,
        properties: oneOff
          ? { salt: noise('one-off salt', 20), passwordHash: noise('one-off hash', 32) }
          : {},
      });
      if (isSealed) writePieces(path, encrypted(this.#indexKey, piecesOf(plainPath)));
    } finally {
      if (isSealed) rmSync(plainPath, { force: true });
    }
  }

  *#databaseRows(): Generator<DatabaseRow> {
    for (const row of rowsOf(this.#rowPlan)) {
      this.#store(row);
      const record = recordOf(row, this.#recordPlan);
      const sealed = this.#scheme === '10.0' && record ? oneOffRecord(record) : record;
      const { fileID, domain, relativePath, flags } = row;
      yield { fileID, domain, relativePath, flags, record: sealed };
    }
  }

  #writeMbdb(): void {
    const records = function* (this: Maker): Generator<Buffer> {
      yield mbdbHeader;
      for (const row of rowsOf(this.#rowPlan)) {
        this.#store(row);
        yield mbdbRecord(row.domain, factsOf(row, this.#recordPlan));
      }
    };
    writePieces(this.#path(this.#index), records.call(this));
  }

  /** Counts a row and puts its bytes where they belong. */
  #store(row: Row): void {
    const counts = this.#counts;
    if (row.flags === flagsOf.file) {
      counts.files += 1;
      counts.bytes += row.plainSize;
    } else if (row.flags === flagsOf.folder) counts.folders += 1;
    else counts.links += 1;
    const { rowDamage, fileID, domain, relativePath, storedAt, storedSize } = row;
    if (rowDamage && !row.repeats) {
      const { kind, trick } = rowDamage;
      const where = `${domain}/${relativePath}`;
      this.#damaged.push({ kind, where, fileID, ...(trick ? { trick } : {}) });
    }
    const payload = this.#plan.payload ?? 'real';
    if (storedAt === undefined || row.repeats || payload === 'none') return;
    if (rowDamage?.kind === 'folder-instead') {
      mkdirSync(this.#path(storedAt), { recursive: true });
    } else if (storedSize !== undefined) {
      if (payload === 'sparse') this.#write(storedAt, [], storedSize);
      else this.#write(storedAt, storedPieces(row, this.#rowPlan.seed));
    }
  }

  /** @param size for a file that shall be longer than its pieces */
  #write(place: string, pieces: Iterable<Uint8Array>, size?: number): void {
    const folder = place.includes('/') ? place.slice(0, place.indexOf('/')) : '';
    if (folder !== '' && !this.#foldersMade.has(folder)) {
      mkdirSync(this.#path(folder), { recursive: true });
      this.#foldersMade.add(folder);
    }
    writePieces(this.#path(place), pieces, size);
  }

  #damageFile(name: FolderFile, damage: Damage): void {
    const path = this.#path(name);
    if (!existsSync(path)) throw new Error(`There is no ${name} to damage in this backup.`);
    if (damage.kind === 'missing') rmSync(path);
    else if (damage.kind === 'cut-short') this.#cut(name, 1 / 2);
    else if (damage.kind === 'emptied') truncateSync(path);
    else if (damage.kind === 'changed-bytes') {
      writeFileSync(path, noise(`changed ${name}`, statSync(path).size));
    } else if (damage.kind === 'grown') {
      writeFileSync(path, noise(`grown ${name}`, 4096), { flag: 'a' });
    } else if (damage.kind === 'hostile-plist') {
      writeFileSync(path, hostilePlists[damage.trick ?? firstTrick]());
    }
  }

  #cut(name: FolderFile, part: number): void {
    truncateSync(this.#path(name), Math.floor(statSync(this.#path(name)).size * part));
  }

  #garble(name: FolderFile): void {
    const { size } = statSync(this.#path(name));
    const file = openSync(this.#path(name), 'r+');
    const next = createNoise(`garbled ${name}`);
    for (let at = Math.floor(size / 2); at < size; at += pieceSize) {
      writeSync(file, next(Math.min(pieceSize, size - at)), 0, undefined, at);
    }
    closeSync(file);
  }

  #isDamaged(kind: DamageKind): boolean {
    return this.#damages.some((damage) => damage.kind === kind);
  }

  #path(place: string): string {
    return join(this.#folder, place);
  }
}

const pieceSize = 2 ** 20;
const firstTrick = hostileTricks[0] ?? 'deep';

/** What phones of the time wrote. Readers must not care. */
const usualVersions = {
  today: { versions: { status: '3.3', manifest: '10.0', systemDomains: '24.0' }, device: {} },
  ios10: {
    versions: { status: '2.4', manifest: '9.1', systemDomains: '20.0' },
    device: { productVersion: '10.1.1', buildVersion: '14B100' },
  },
  ios9: {
    versions: { status: '2.4', manifest: '9.1', systemDomains: '16.0' },
    device: { productVersion: '9.3.5', buildVersion: '13G36' },
  },
};

function withoutFile(kind: DamageKind, index: IndexName): FolderFile | undefined {
  if (kind === 'no-info') return 'Info.plist';
  if (kind === 'no-status') return 'Status.plist';
  if (kind === 'no-manifest-plist') return 'Manifest.plist';
  return kind === 'no-index' ? index : undefined;
}

/** Those that are not of one file: what was done to a file is noted where it is done. */
function isOfFolder(kind: DamageKind): boolean {
  const kinds: readonly DamageKind[] = [
    ...(['no-info', 'no-status', 'no-manifest-plist', 'no-index', 'truncated-index'] as const),
    ...(['garbled-index', 'no-files-table', 'unfinished', 'hostile-key-bag', 'unlisted'] as const),
  ];
  return kinds.includes(kind);
}

function trickOf({ kind, trick }: Damage): Pick<MadeDamage, 'trick'> {
  return kind === 'hostile-plist' ? { trick: trick ?? firstTrick } : {};
}

function madeFile(row: Row): MadeFile {
  const { fileID, domain, relativePath, flags, size, kind, storedAt, storedSize, damage } = row;
  return { fileID, domain, relativePath, flags, size, kind, storedAt, storedSize, damage };
}

/** Under a key nobody has: what iOS 10.0 did is not known to us, only that others cannot read it. */
function oneOffRecord(record: Uint8Array): Buffer {
  return Buffer.concat([...encrypted(noise('one-off key', 32), [record])]);
}

function encodePlist(value: Plist, encoding: PlistEncoding): Uint8Array {
  if (encoding === 'binary') return binaryPlist(value);
  const text = xmlPlist(value);
  if (encoding === 'xml') return Buffer.from(text, 'utf8');
  return Buffer.from(`\ufeff${text.replace('"UTF-8"', '"UTF-16"')}`, 'utf16le');
}

function* piecesOf(path: string): Generator<Buffer> {
  const file = openSync(path, 'r');
  const piece = Buffer.alloc(pieceSize);
  try {
    for (;;) {
      const length = readSync(file, piece);
      if (length === 0) return;
      yield piece.subarray(0, length);
    }
  } finally {
    closeSync(file);
  }
}

function writePieces(path: string, pieces: Iterable<Uint8Array>, size?: number): void {
  const file = openSync(path, 'w');
  try {
    for (const piece of pieces) writeSync(file, piece);
    if (size !== undefined) ftruncateSync(file, size);
  } finally {
    closeSync(file);
  }
}
