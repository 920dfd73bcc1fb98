/** Holds each line of the index against the files that are there. */
import type { IndexRow } from './database.ts';
import { readFileRecord, type FileRecord } from './fileRecord.ts';
import type { Backup, Files } from './folder.ts';
import { kindOf, type Kind } from './kinds.ts';
import { PlistError } from './plist.ts';
import type { Tally } from './tally.ts';

/** A file that is there, for those who want to look into it. */
export interface StoredFile {
  /** Where it lies among the files that were given. */
  path: string;
  /** Bytes as it lies there. */
  storedSize: number;
  /** Domain and path on the device. */
  place: string;
  kind: Kind;
  record: FileRecord;
}

const isFolder = 2;
const isLink = 4;
/** AES works on blocks of 16 bytes; the last is filled up, or a whole one added. */
const block = 16;

/**
 * @param expected the number that the row's domain and path have; undefined when it cannot be computed
 * @param seen the numbers of the rows before; this one's is added
 * @returns the file, where it is one, is there, and can be looked into
 */
export function checkRow(
  row: IndexRow,
  expected: string | undefined,
  seen: Set<string>,
  files: Files,
  { root, whole }: Backup,
  tally: Tally,
): StoredFile | undefined {
  const place = placeOf(row);
  const kind = kindOf(row.domain, row.relativePath);
  const number = expected ?? row.fileID;
  if (seen.has(number)) tally.fault('listed-twice', kind, 0, place);
  seen.add(number);
  if (expected !== undefined && row.fileID !== expected) {
    tally.fault('wrong-number', kind, 0, place);
  }
  if (row.flags === 0) tally.fault('bad-record', kind, 0, place);
  // What says neither may be a file, and is looked for as one.
  if (row.flags === isFolder || row.flags === isLink) return undefined;

  const record = recordOf(row);
  const size = record?.size ?? 0;
  tally.count(kind, size);
  if (!record) tally.fault('bad-record', kind, 0, place);
  if (!whole) return undefined;

  const path = pathOf(row.fileID, root, files);
  const storedSize = files.sizes.get(path);
  if (storedSize === undefined) {
    // Apple leaves out the payload of a file that has no content.
    if (!record || size > 0) tally.fault('missing', kind, size, place);
    return undefined;
  }
  if (!record) return undefined;
  const [least, most] = sizesOf(record);
  const broken = record.wrappedKey !== undefined && storedSize % block !== 0;
  if (storedSize < least || broken) tally.fault('cut-short', kind, size, place);
  else if (storedSize > most) tally.fault('grown', kind, size, place);
  return { path, storedSize, place, kind, record };
}

/** What the number of a file is the SHA-1 of, in UTF-8. */
export function placeOf({ domain, relativePath }: IndexRow): string {
  return `${domain}-${relativePath}`;
}

/** Since iOS 10 in folders named by the number's first two characters. */
function pathOf(fileID: string, root: string, { sizes }: Files): string {
  const path = `${root}${fileID.slice(0, 2)}/${fileID}`;
  return sizes.has(path) || !sizes.has(root + fileID) ? path : root + fileID;
}

/** The fewest and most bytes that a file may take where it is stored. */
export function sizesOf({ size, wrappedKey }: FileRecord): [number, number] {
  if (size === 0) return [0, block];
  if (!wrappedKey) return [size, size];
  return [Math.ceil(size / block) * block, Math.floor(size / block) * block + block];
}

function recordOf({ record }: IndexRow): FileRecord | undefined {
  if (!record) return undefined;
  try {
    return readFileRecord(record);
  } catch (error) {
    if (error instanceof PlistError) return undefined;
    throw error;
  }
}
