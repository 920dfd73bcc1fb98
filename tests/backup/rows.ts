/** From planned files to rows of the index and the bytes in the folder. */
import { hash } from 'node:crypto';
import {
  contents,
  drawnSize,
  flagsOf,
  openingOf,
  type DataKind,
  type Flags,
  type PlannedFile,
} from './contents.ts';
import { createDealer, type Damage, type DamageKind, type RowDamage } from './damage.ts';
import { fileRecord, type RecordFacts, type RecordStyle } from './fileRecord.ts';
import { hostilePlists } from './hostile.ts';
import { encrypted, encryptedLength, undecryptable, type KeyBag } from './keyBag.ts';
import { createNoise, noise, numberFrom } from './noise.ts';

/** A row of the index as it was written, and what lies in the folder for it. */
export interface MadeFile {
  fileID: string;
  domain: string;
  relativePath: string;
  flags: Flags;
  /** bytes before encryption, as the index has it; 0 for folders and links */
  size: number;
  kind: DataKind | undefined;
  /** where its bytes belong in the backup's folder; undefined for folders and links */
  storedAt: string | undefined;
  /** how many bytes lie there; undefined where nothing does */
  storedSize: number | undefined;
  damage: DamageKind | undefined;
}

export interface Row extends MadeFile {
  planned: PlannedFile;
  rowDamage: RowDamage | undefined;
  /** bytes before encryption, truly */
  plainSize: number;
  lastModified: number;
  protectionClass: number;
  inode: number;
  /** of the file alone; undefined where it is stored as it is */
  key: Buffer | undefined;
  /** a second row for bytes that another row has brought already */
  repeats: boolean;
}

export interface RowPlan {
  seed: string;
  files: number | readonly PlannedFile[];
  apps: readonly string[];
  sizes: readonly [number, number];
  /** Unix seconds; no file is newer */
  date: number;
  isEncrypted: boolean;
  era: 'today' | 'mbdb';
  damages: readonly Damage[];
}

/**
 * Every row of the index, made anew at each call and the same each time, so that half a million
 * need no memory.
 * @throws Error, at the end, when a damage found fewer files than it should hit
 */
export function* rowsOf(plan: RowPlan): Generator<Row> {
  const { deal, left } = createDealer(plan.damages);
  let inode = 1_000;
  for (const planned of plannedFiles(plan)) {
    inode += 1;
    const id = idOf(planned.domain, planned.relativePath);
    const size = plainSizeOf(planned, id, plan);
    const damage = deal(planned, size);
    const fileID = damage?.kind === 'wrong-id' ? hash('sha1', `wrong ${id}`) : id;
    const row = rowOf(plan, planned, fileID, size, inode, damage);
    yield row;
    if (damage?.kind === 'listed-twice') {
      yield rowOf(plan, planned, hash('sha1', `twice ${id}`), size, inode, damage);
    }
    if (damage?.kind === 'same-id-twice') yield { ...row, repeats: true };
  }
  const unspent = left()[0];
  if (unspent) {
    throw new Error(
      `Too few files for the damage "${unspent.kind}" of ${String(unspent.of ?? 'any file')}: ${unspent.count ?? 1} wanted. Ask for more files, or for fewer to be damaged.`,
    );
  }
}

/** The name of a file in the folder: SHA-1 of its domain and path. */
export const idOf = (domain: string, relativePath: string): string =>
  hash('sha1', `${domain}-${relativePath}`);

function plannedFiles({ files, apps, isEncrypted, era }: RowPlan): Iterable<PlannedFile> {
  return typeof files === 'number'
    ? contents({ count: files, apps, isEncrypted, isOld: era === 'mbdb' })
    : files;
}

function plainSizeOf(planned: PlannedFile, id: string, { sizes, seed }: RowPlan): number {
  if ((planned.flags ?? flagsOf.file) !== flagsOf.file) return 0;
  return planned.content?.length ?? planned.size ?? drawnSize(`${seed} ${id}`, sizes);
}

function rowOf(
  plan: RowPlan,
  planned: PlannedFile,
  fileID: string,
  plainSize: number,
  inode: number,
  rowDamage: RowDamage | undefined,
): Row {
  const flags = planned.flags ?? flagsOf.file;
  const isFile = flags === flagsOf.file;
  // Of empty files some have a key and one block of padding, others neither.
  const hasKey = plan.isEncrypted && isFile && (plainSize > 0 || inode % 2 === 0);
  const whole = hasKey ? encryptedLength(plainSize) : plainSize;
  return {
    fileID,
    domain: planned.domain,
    relativePath: planned.relativePath,
    flags,
    size: rowDamage?.kind === 'zip-bomb-size' ? 2 ** 62 : plainSize,
    kind: planned.kind,
    storedAt: isFile ? placeOf(fileID, plan.era) : undefined,
    storedSize: isFile ? sizeAfter(rowDamage, whole) : undefined,
    damage: rowDamage?.kind,
    planned,
    rowDamage,
    plainSize,
    lastModified: planned.lastModified ?? plan.date - numberFrom(fileID, 0, 400 * 86_400),
    protectionClass: planned.protectionClass ?? (isFile ? numberFrom(planned.domain, 1, 4) : 0),
    inode,
    key: hasKey ? hash('sha256', `${plan.seed} key ${fileID}`, 'buffer') : undefined,
    repeats: false,
  };
}

function placeOf(fileID: string, era: RowPlan['era']): string {
  return era === 'mbdb' ? fileID : `${fileID.slice(0, 2)}/${fileID}`;
}

const grownBy = 4096;

function sizeAfter(damage: RowDamage | undefined, whole: number): number | undefined {
  if (damage?.kind === 'missing' || damage?.kind === 'folder-instead') return undefined;
  if (damage?.kind === 'cut-short') return Math.floor(whole / 2);
  if (damage?.kind === 'emptied') return 0;
  return damage?.kind === 'grown' ? whole + grownBy : whole;
}

/** The bytes that lie in the folder, in pieces of a megabyte at most. */
export function* storedPieces(row: Row, seed: string): Generator<Buffer> {
  const whole = row.storedSize ?? 0;
  if (row.rowDamage?.kind === 'changed-bytes') {
    const other = `${seed} changed ${row.fileID}`;
    yield row.key ? undecryptable(row.key, whole, other) : noise(other, whole);
    return;
  }
  let left = whole;
  for (const piece of undamagedPieces(row, seed)) {
    if (left === 0) return;
    yield piece.subarray(0, left);
    left -= Math.min(left, piece.length);
  }
  if (left > 0) yield noise(`${seed} grown ${row.fileID}`, left);
}

function undamagedPieces(row: Row, seed: string): Iterable<Buffer> {
  const plain = plainPieces(row, seed);
  return row.key ? encrypted(row.key, plain) : plain;
}

const pieceSize = 2 ** 20;

function* plainPieces({ planned, plainSize, fileID }: Row, seed: string): Generator<Buffer> {
  if (planned.content) {
    yield Buffer.from(planned.content);
    return;
  }
  const opening = openingOf(planned.relativePath).subarray(0, plainSize);
  yield opening;
  const next = createNoise(`${seed} content ${fileID}`);
  for (let left = plainSize - opening.length; left > 0; left -= pieceSize) {
    yield next(Math.min(left, pieceSize));
  }
}

/** SHA-1 of the bytes as they were before anything happened to them. */
function digestOf(row: Row, seed: string): Buffer {
  return hash('sha1', Buffer.concat([...undamagedPieces(row, seed)]), 'buffer');
}

/** Domains whose files the phone lists with a digest. */
const domainsWithDigests = ['HomeDomain', 'KeychainDomain', 'WirelessDomain', 'RootDomain'];

export interface RecordPlan extends RecordStyle {
  seed: string;
  keyBag: KeyBag | undefined;
  digests: boolean;
}

/** What the index says of a row. */
export function factsOf(row: Row, { seed, keyBag, digests }: RecordPlan): RecordFacts {
  const hasDigest =
    digests && row.flags === flagsOf.file && domainsWithDigests.includes(row.domain);
  return {
    relativePath: row.relativePath,
    size: row.size,
    mode: modes[row.flags],
    lastModified: row.lastModified,
    protectionClass: row.protectionClass,
    inode: row.inode,
    encryptionKey: row.key && keyBag ? wrappedKeyOf(row, row.key, keyBag) : undefined,
    digest: hasDigest
      ? { bytes: digestOf(row, seed), archivedAs: row.inode % 2 === 0 ? 'data' : 'object' }
      : undefined,
    target: row.planned.target,
  };
}

const modes = { 1: 0o100644, 2: 0o040755, 4: 0o120755 } as const;

function wrappedKeyOf(row: Row, key: Buffer, keyBag: KeyBag): Buffer {
  const bytes = keyBag.wrapFor(row.protectionClass, key);
  if (row.rowDamage?.kind === 'wrong-key') bytes.fill(0x5a, 12, 20);
  return bytes;
}

/** The column `file` of a row. */
export function recordOf(row: Row, plan: RecordPlan): Uint8Array | null {
  const { rowDamage } = row;
  if (rowDamage?.kind === 'hostile-plist') return hostilePlists[rowDamage.trick ?? 'cycle']();
  const record = fileRecord(factsOf(row, plan), plan);
  if (rowDamage?.kind !== 'bad-record') return record;
  const bad = [
    noise(`${plan.seed} record ${row.fileID}`, record.length),
    record.subarray(0, record.length / 2),
    Buffer.alloc(0),
    null,
  ];
  return bad[rowDamage.turn % bad.length] ?? null;
}
