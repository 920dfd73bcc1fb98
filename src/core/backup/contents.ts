/** Looks into files: a few of each kind are opened for proof, and on request all digests are compared. */
import { hex, sha1 } from './digest.ts';
import { FileGone, type Files } from './folder.ts';
import type { Job } from './inspect.ts';
import { kinds, type Kind } from './kinds.ts';
import { sizesOf, type StoredFile } from './rows.ts';
import { looksLike } from './signatures.ts';
import type { FaultName, Tally } from './tally.ts';
import { decryptFile, unwrapFileKey, type ClassKeys } from './unlock.ts';

/** Files of each kind that are opened for proof. */
const samplesOfEach = 3;
/** No larger file is opened or compared at once: it need only prove that the keys fit. */
const largestSample = 16_000_000;

/** The files that are looked into: a few of each kind, and those with a digest. */
export interface Choice {
  offer: (file: StoredFile) => void;
  samples: Map<Kind, StoredFile[]>;
  withDigest: StoredFile[];
}

export function newChoice(): Choice {
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

/** Opens the samples of each kind, and counts what does not open. */
export async function openSamples(
  { files, found, surroundings }: Job,
  keys: ClassKeys,
  chosen: Choice,
  tally: Tally,
): Promise<void> {
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

/** Compares every file that has a digest with it. */
export async function compareContents(
  { files, found, surroundings }: Job,
  chosen: Choice,
  tally: Tally,
): Promise<void> {
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
    const digest = await sha1(await files.read(path));
    return digest === hex(record.digest ?? new Uint8Array(0)) ? undefined : 'changed';
  } catch (error) {
    if (error instanceof FileGone) return 'missing';
    throw error;
  }
}
