/**
 * Looks at a backup from end to end: what it says of itself, whether its index can be read, and
 * whether every file of the index is there. It only finds out; `verdict.ts` judges.
 */
import { readAbout, type About } from './about.ts';
import { compareContents, newChoice, openSamples, type Choice } from './contents.ts';
import {
  IndexDamaged,
  IndexUnknown,
  isDatabase,
  openIndex,
  type IndexRow,
  type Sqlite,
} from './database.ts';
import { sha1OfText } from './digest.ts';
import { FileGone, readInPieces, TooLarge, type Backup, type Files } from './folder.ts';
import { KeyBagError, readKeyBag } from './keyBag.ts';
import type { Kind } from './kinds.ts';
import { checkRow, placeOf } from './rows.ts';
import { newTally, type Fault, type KindCount, type Tally } from './tally.ts';
import {
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
/** A larger index does not fit beside its SQLite into a browser's memory. */
const largestIndex = 600_000_000;

/** One look at a backup, and what it has found so far. */
export interface Job {
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
    const numbers = await Promise.all(batch.map((row) => sha1OfText(placeOf(row))));
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
