/**
 * Looks at a backup from end to end: what it says of itself, whether its index can be read, and
 * whether every file of the index is there. It only finds out; `verdict.ts` judges.
 */
import { readAbout, type About } from './about.ts';
import {
  IndexDamaged,
  IndexUnknown,
  isDatabase,
  openIndex,
  type IndexRow,
  type Sqlite,
} from './database.ts';
import { FileGone, readInPieces, TooLarge, type Backup, type Files } from './folder.ts';
import { KeyBagError, readKeyBag } from './keyBag.ts';
import { kinds, type Kind } from './kinds.ts';
import { checkRow, placeOf, sizesOf, type StoredFile } from './rows.ts';
import { looksLike } from './signatures.ts';
import { newTally, type Fault, type FaultName, type KindCount, type Tally } from './tally.ts';
import {
  decryptFile,
  decryptInto,
  DecryptionError,
  splitManifestKey,
  unlock,
  unwrapFileKey,
  WrongPassword,
  type ClassKeys,
} from './unlock.ts';

export type Stage =
  'reading' | 'loading' | 'deriving' | 'decrypting' | 'checking' | 'opening' | 'comparing';

export interface Progress {
  stage: Stage;
  done: number;
  /** undefined while it is not known. */
  total: number | undefined;
}

export interface Options {
  password?: string | undefined;
  /** Also read every file whose content the index has a digest of. */
  compareContents?: boolean | undefined;
}

export interface Surroundings {
  /** Loads SQLite; asked for only where there is an index to read. Rejects where it cannot run. */
  sqlite: () => Promise<Sqlite>;
  onProgress?: (progress: Progress) => void;
}

export type IndexState =
  | { state: 'read' }
  /** Encrypted, and no right password yet. */
  | { state: 'locked' }
  /** The index of iOS 9 and earlier, which we do not read. */
  | { state: 'before-ios-10' }
  | { state: 'missing' }
  /** `said`: a sentence */
  | { state: 'damaged'; said: string }
  /** It may be whole, and this program or browser cannot read it. */
  | { state: 'unsupported'; said: string };

export interface Found {
  about: About;
  /** What the backup says, else what its index shows. */
  encrypted: boolean | undefined;
  password: 'not-needed' | 'wanted' | 'wrong' | 'right';
  index: IndexState;
  /** A backup in the making lies inside of this one. */
  beingMade: boolean;
  /** The folders with the files were given too, not the index files alone. */
  whole: boolean;
  /** Of the index, without folders and links; undefined when it could not be read. */
  files: { count: number; bytes: number } | undefined;
  kinds: KindCount[];
  faults: Fault[];
  /** Of an encrypted backup: how many files of each kind were opened for proof. */
  opened: { kind: Kind; files: number }[];
  /** How many files there are whose contents the index has a digest of. */
  comparable: number;
  /** How many of them were compared. */
  compared: number;
}

/** Rows whose numbers are computed at once. */
const batchSize = 1000;
/** Files of each kind that are opened for proof. */
const samplesOfEach = 3;
/** No larger file is opened or compared at once: it need only prove that the keys fit. */
const largestSample = 16_000_000;
/** A larger index does not fit beside its SQLite into a browser's memory. */
const largestIndex = 600_000_000;

interface Job {
  files: Files;
  backup: Backup;
  options: Options;
  surroundings: Surroundings;
  found: Found;
}

/** Every trouble is part of what is found; it only throws what is a fault of ours. */
export async function inspect(
  files: Files,
  backup: Backup,
  options: Options,
  surroundings: Surroundings,
): Promise<Found> {
  surroundings.onProgress?.({ stage: 'reading', done: 0, total: undefined });
  const about = await readAbout(files, backup);
  const found: Found = {
    about,
    encrypted: about.encrypted,
    password: 'not-needed',
    index: { state: 'missing' },
    beingMade: ['Manifest.db', 'Manifest.plist', 'Status.plist'].some((name) =>
      files.sizes.has(`${backup.root}Snapshot/${name}`),
    ),
    whole: backup.whole,
    files: undefined,
    kinds: [],
    faults: [],
    opened: [],
    comparable: 0,
    compared: 0,
  };
  const job = { files, backup, options, surroundings, found };
  found.index = await stateOf(() => checkIndex(job));
  return found;
}

/** A state of the index that ends the look at it. */
class Ended extends Error {
  readonly state: IndexState;
  constructor(state: IndexState) {
    super(state.state);
    this.state = state;
  }
}

async function stateOf(work: () => Promise<void>): Promise<IndexState> {
  try {
    await work();
    return { state: 'read' };
  } catch (error) {
    if (error instanceof Ended) return error.state;
    if (error instanceof IndexUnknown || error instanceof TooLarge)
      return { state: 'unsupported', said: error.message };
    if (error instanceof IndexDamaged || error instanceof FileGone) {
      return { state: 'damaged', said: error.message };
    }
    throw error;
  }
}

async function checkIndex(job: Job): Promise<void> {
  const { files, backup, found, surroundings } = job;
  const path = `${backup.root}Manifest.db`;
  const size = files.sizes.get(path);
  if (size === undefined) {
    const old = files.sizes.has(`${backup.root}Manifest.mbdb`);
    throw new Ended({ state: old ? 'before-ios-10' : 'missing' });
  }
  if (size > largestIndex) {
    throw new Ended({ state: 'unsupported', said: 'It is too large to be read here.' });
  }
  if (size === 0) throw new IndexDamaged('It is empty.');
  const plain = isDatabase(await files.read(path, 0, 16));
  found.encrypted ??= !plain;

  if (!plain && !found.encrypted) throw new IndexDamaged('It is no database.');
  const keys = found.encrypted ? await keysOf(job) : undefined;
  if (!plain && !keys) throw new Ended({ state: 'locked' });
  const bytes = plain
    ? await readIndex(job, path, size)
    : await decryptIndex(job, keys, path, size);
  const sqlite = await surroundings.sqlite().catch(() => {
    throw new Ended({ state: 'unsupported', said: 'What reads databases cannot run here.' });
  });
  const index = openIndex(sqlite, bytes);
  try {
    const tally = newTally();
    const chosen = newChoice();
    try {
      await checkRows(job, index.rows(), index.count, tally, chosen);
      found.comparable = chosen.withDigest.length;
      if (keys) await openSamples(job, keys, chosen, tally);
      if (job.options.compareContents) await compareContents(job, chosen, tally);
    } finally {
      // What was found before the index broke off is worth knowing too.
      found.kinds = tally.kinds();
      found.faults = tally.faults();
    }
    found.files = found.kinds.reduce(
      (sum, kind) => ({ count: sum.count + kind.files, bytes: sum.bytes + kind.bytes }),
      { count: 0, bytes: 0 },
    );
    if (plain && found.encrypted) assertRecordsReadable(found, found.files.count);
  } finally {
    index.close();
  }
}

function readIndex({ files, surroundings }: Job, path: string, size: number): Promise<Uint8Array> {
  return readInPieces(files, path, size, (done) => {
    surroundings.onProgress?.({ stage: 'loading', done, total: size });
  });
}

/** iOS 10.0 encrypted the records in a way that only it could read, and 10.1 gave it up. */
function assertRecordsReadable(found: Found, files: number): void {
  const isUnread = ({ fault }: Fault): boolean => fault === 'bad-record';
  const unread = found.faults.filter(isUnread).reduce((sum, fault) => sum + fault.files, 0);
  if (unread === 0 || unread < files) return;
  found.faults = found.faults.filter((fault) => !isUnread(fault));
  throw new Ended({
    state: 'unsupported',
    said: 'Its entries are encrypted as only iOS 10.0 did it. No program we know reads them.',
  });
}

/* ---- the password ---- */

/** @returns undefined without the right password; `found.password` then says so */
async function keysOf({ found, options, surroundings }: Job): Promise<ClassKeys | undefined> {
  found.password = 'wanted';
  const { keyBag } = found.about;
  if (!keyBag) {
    throw new Ended({
      state: 'damaged',
      said: 'The backup is encrypted, and the part of Manifest.plist that holds its keys is missing.',
    });
  }
  if (options.password === undefined || options.password === '') return undefined;
  surroundings.onProgress?.({ stage: 'deriving', done: 0, total: undefined });
  try {
    const keys = await unlock(readKeyBag(keyBag), options.password);
    found.password = 'right';
    return keys;
  } catch (error) {
    if (error instanceof WrongPassword) {
      found.password = 'wrong';
      return undefined;
    }
    if (error instanceof KeyBagError) throw new Ended({ state: 'damaged', said: error.message });
    if (error instanceof DecryptionError) {
      throw new Ended({ state: 'unsupported', said: error.message });
    }
    throw error;
  }
}

async function decryptIndex(
  { files, found, surroundings }: Job,
  keys: ClassKeys | undefined,
  path: string,
  size: number,
): Promise<Uint8Array> {
  const { manifestKey } = found.about;
  if (!keys || !manifestKey) throw new IndexDamaged('It is not a database, and has no key.');
  let bytes: Uint8Array;
  try {
    const { protectionClass, wrapped } = splitManifestKey(manifestKey);
    const key = await unwrapFileKey(keys, protectionClass, wrapped);
    bytes = await decryptInto(
      key,
      size,
      (start, end) => files.read(path, start, end),
      (done) => {
        surroundings.onProgress?.({ stage: 'decrypting', done, total: size });
      },
    );
  } catch (error) {
    if (error instanceof FileGone || error instanceof TooLarge) throw error;
    throw new IndexDamaged('The password is right, and the index still does not decrypt.');
  }
  if (!isDatabase(bytes)) {
    throw new IndexDamaged('The password is right, and what the index decrypts to is no database.');
  }
  return bytes;
}

/* ---- the files ---- */

async function checkRows(
  { files, backup, surroundings }: Job,
  rows: Iterable<IndexRow>,
  total: number | undefined,
  tally: Tally,
  chosen: Choice,
): Promise<void> {
  const seen = new Set<string>();
  let done = 0;
  let batch: IndexRow[] = [];
  const checkBatch = async (): Promise<void> => {
    const numbers = await Promise.all(batch.map((row) => sha1(placeOf(row))));
    batch.forEach((row, at) => {
      const file = checkRow(row, numbers[at], seen, files, backup, tally);
      if (file) chosen.offer(file);
    });
    done += batch.length;
    batch = [];
    surroundings.onProgress?.({ stage: 'checking', done, total });
  };
  for (const row of rows) {
    batch.push(row);
    if (batch.length === batchSize) await checkBatch();
  }
  await checkBatch();
}

/** The files that are looked into: a few of each kind, and those with a digest. */
interface Choice {
  offer: (file: StoredFile) => void;
  samples: Map<Kind, StoredFile[]>;
  withDigest: StoredFile[];
}

function newChoice(): Choice {
  const samples = new Map<Kind, StoredFile[]>();
  const withDigest: StoredFile[] = [];
  return {
    samples,
    withDigest,
    offer: (file) => {
      if (file.record.digest) withDigest.push(file);
      if (!file.record.wrappedKey || file.record.size === 0) return;
      if (file.storedSize > largestSample) return;
      const taken = samples.get(file.kind) ?? [];
      // One whose start is known proves more than one that may start with anything.
      const proves = (one: StoredFile): number =>
        looksLike(one.place, new Uint8Array(1)) === undefined ? 0 : 1;
      taken.push(file);
      taken.sort((a, b) => proves(b) - proves(a));
      samples.set(file.kind, taken.slice(0, samplesOfEach));
    },
  };
}

async function openSamples(job: Job, keys: ClassKeys, chosen: Choice, tally: Tally): Promise<void> {
  const { files, found, surroundings } = job;
  const total = Array.from(chosen.samples.values()).reduce((sum, list) => sum + list.length, 0);
  let done = 0;
  for (const kind of kinds) {
    let opened = 0;
    for (const file of chosen.samples.get(kind) ?? []) {
      surroundings.onProgress?.({ stage: 'opening', done, total });
      done += 1;
      const opening = await opens(files, keys, file);
      if (opening === 'opened') opened += 1;
      else if (opening !== undefined) tally.fault(opening, kind, file.record.size, file.place);
    }
    if (opened > 0) found.opened.push({ kind, files: opened });
  }
  surroundings.onProgress?.({ stage: 'opening', done, total });
}

/** @returns what is wrong with it; undefined where nothing speaks against it, and nothing proves it */
async function opens(
  files: Files,
  keys: ClassKeys,
  file: StoredFile,
): Promise<'opened' | FaultName | undefined> {
  const { wrappedKey, protectionClass } = file.record;
  if (!wrappedKey || protectionClass === undefined) return 'unopenable';
  try {
    const key = await unwrapFileKey(keys, protectionClass, wrappedKey);
    const bytes = await decryptFile(key, await files.read(file.path));
    const sensible = looksLike(file.place, bytes);
    if (sensible === true || filledRight(file, bytes.length)) return 'opened';
    return file.storedSize === file.record.size && sensible === undefined
      ? undefined
      : 'unopenable';
  } catch (error) {
    return error instanceof FileGone ? 'missing' : 'unopenable';
  }
}

/** The filling of the last block was there, and as long as it should be. */
function filledRight({ record, storedSize }: StoredFile, length: number): boolean {
  const [, most] = sizesOf(record);
  // A file that grew meanwhile has another length than the index knows.
  return storedSize > most ? length < storedSize : length === record.size;
}

async function compareContents(job: Job, chosen: Choice, tally: Tally): Promise<void> {
  const { files, found, surroundings } = job;
  const total = chosen.withDigest.length;
  for (const file of chosen.withDigest) {
    surroundings.onProgress?.({ stage: 'comparing', done: found.compared, total });
    const fault = await differs(files, file);
    if (fault) tally.fault(fault, file.kind, file.record.size, file.place);
    found.compared += 1;
  }
  surroundings.onProgress?.({ stage: 'comparing', done: found.compared, total });
}

/** @returns what is wrong with the content of a file, if anything is */
async function differs(files: Files, { path, record }: StoredFile): Promise<FaultName | undefined> {
  try {
    const digest = await crypto.subtle.digest('SHA-1', (await files.read(path)) as BufferSource);
    const same = hex(new Uint8Array(digest)) === hex(record.digest ?? new Uint8Array(0));
    return same ? undefined : 'changed';
  } catch (error) {
    if (error instanceof FileGone) return 'missing';
    throw error;
  }
}

async function sha1(text: string): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text))));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte < 16 ? '0' : '') + byte.toString(16)).join('');
}
