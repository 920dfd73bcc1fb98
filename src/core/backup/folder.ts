/** What the inspector reads from: a folder on a disk, files chosen in a browser, or one in memory. */

export interface Files {
  /** Bytes by path; "/" between folders, none at the start. Paths as the visitor gave them. */
  sizes: ReadonlyMap<string, number>;
  /**
   * A file's bytes from `start` up to, not including, `end`; all of it without them.
   * Rejects with a `FileGone` when it cannot be read (any more).
   */
  read: (path: string, start?: number, end?: number) => Promise<Uint8Array>;
}

/** The file was there and cannot be read: removed, locked, or permission withdrawn. */
export class FileGone extends Error {}

/** A file does not fit into memory; the message is a sentence. */
export class TooLarge extends Error {}

/** @throws TooLarge */
export function allocate(length: number): Uint8Array {
  try {
    return new Uint8Array(length);
  } catch {
    throw new TooLarge('It is too large for the memory of this browser.');
  }
}

/**
 * All of a large file, piece by piece: at once, a browser would hold it twice while it reads.
 * @param onProgress gets the number of bytes read
 * @throws TooLarge; FileGone when it can no longer be read, or not to its end
 */
export async function readInPieces(
  files: Files,
  path: string,
  size: number,
  onProgress: (done: number) => void,
): Promise<Uint8Array> {
  const bytes = allocate(size);
  for (let start = 0; start < size; start += pieceLength) {
    const end = Math.min(start + pieceLength, size);
    const piece = await files.read(path, start, end);
    if (piece.length !== end - start) {
      throw new FileGone('It was cut short while it was being read.');
    }
    bytes.set(piece, start);
    onProgress(end);
  }
  return bytes;
}

const pieceLength = 4 * 1024 * 1024;

/** One backup among the files that were given. */
export interface Backup {
  /** The path of its folder, ending in "/"; '' when its files were given by themselves. */
  root: string;
  /** Whether the folders with the backed-up files were given, or the four index files alone. */
  whole: boolean;
}

/** The files that say what a backup is; one of the first two must be there. */
export const indexFiles = [
  'Manifest.db',
  'Manifest.mbdb',
  'Manifest.plist',
  'Status.plist',
  'Info.plist',
];

/**
 * The backups in what was given: one folder, the folder that holds them all, or index files alone.
 * A `Snapshot` folder inside of a backup is a backup in the making, and not one of its own.
 */
export function findBackups({ sizes }: Files): Backup[] {
  const roots = new Map<string, Set<string>>();
  const wholes = new Set<string>();
  for (const path of Array.from(sizes.keys())) {
    const cut = path.lastIndexOf('/') + 1;
    const name = path.slice(cut);
    const root = path.slice(0, cut);
    if (indexFiles.includes(name)) {
      const names = roots.get(root) ?? new Set();
      roots.set(root, names.add(name));
    } else if (/^[0-9a-f]{40}$/.test(name)) {
      // Before iOS 10 files lie beside the index, since then in folders of two characters.
      wholes.add(root);
      if (/(^|\/)[0-9a-f]{2}\/$/.test(root)) wholes.add(root.slice(0, -3));
    }
  }
  return Array.from(roots)
    .filter(([root, names]) => isBackup(root, names))
    .map(([root]) => ({ root, whole: wholes.has(root) }))
    .sort((a, b) => (a.root < b.root ? -1 : 1));
}

function isBackup(root: string, names: Set<string>): boolean {
  const telling =
    names.has('Manifest.db') || names.has('Manifest.mbdb') || names.has('Manifest.plist');
  // Apps have files of these names too; on their own they are what a visitor chose by hand.
  return (
    (telling || (names.has('Info.plist') && names.has('Status.plist'))) &&
    !/(^|\/)Snapshot\/$/.test(root)
  );
}
