/** What the visitor gave: a chosen folder, chosen files, or what was dropped. */
import { FileGone, type Files } from '../../core/backup/folder.ts';

/** How many files were looked at, and of how many; undefined while that is not known. */
export type OnLooked = (done: number, total: number | undefined) => void;

/** Milliseconds without a pause in which the page can draw, and hear the visitor. */
const longestTask = 30;

/** A folder or files from an `<input type="file">`. */
export function filesOfInput(list: FileList, onLooked: OnLooked): Promise<Files> {
  const found = new Map<string, File>();
  for (const file of Array.from(list)) found.set(file.webkitRelativePath || file.name, file);
  return given(found, onLooked);
}

/** What was dropped, folders with all they hold. */
export async function filesOfDrop(transfer: DataTransfer, onLooked: OnLooked): Promise<Files> {
  // Entries must be taken before the first pause: the browser empties the list after it.
  const entries = Array.from(transfer.items, (item) => item.webkitGetAsEntry()).filter(
    (entry): entry is FileSystemEntry => entry !== null,
  );
  const found = new Map<string, File>();
  const folders = entries.slice();
  for (let entry = folders.pop(); entry; entry = folders.pop()) {
    const path = entry.fullPath.replace(/^\//, '');
    if (isFile(entry)) {
      const file = await fileOf(entry);
      // One that vanished in between counts as missing.
      if (file) found.set(path, file);
    } else if (isFolder(entry)) {
      folders.push(...(await entriesOf(entry)));
    }
    if (found.size % 500 === 0) onLooked(found.size, undefined);
  }
  return given(found, onLooked);
}

/**
 * Chromium asks the disk for the size of each file when it is first read, and stands still meanwhile:
 * half a minute for 100,000 files. So there are pauses.
 * @param files by their path below what was given; there may be a million
 */
async function given(files: Map<string, File>, onLooked: OnLooked): Promise<Files> {
  const sizes = new Map<string, number>();
  let since = Date.now();
  for (const [path, file] of Array.from(files)) {
    sizes.set(path, file.size);
    if (Date.now() - since < longestTask) continue;
    onLooked(sizes.size, files.size);
    await new Promise((resolve) => setTimeout(resolve, 0));
    since = Date.now();
  }
  return {
    sizes,
    read: async (path, start, end) => {
      const file = files.get(path);
      if (!file) throw new FileGone('It is not among the files that were given.');
      return new Uint8Array(await bytesOf(start === undefined ? file : file.slice(start, end)));
    },
  };
}

/** `Blob.arrayBuffer` is younger than Safari 13. */
export function bytesOf(blob: Blob): Promise<ArrayBuffer> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as ArrayBuffer);
    reader.onerror = () => reject(new FileGone(whyUnreadable(reader.error?.name)));
    reader.readAsArrayBuffer(blob);
  });
}

function whyUnreadable(name: string | undefined): string {
  return name === 'NotFoundError'
    ? 'It is gone, or was changed after the folder was chosen.'
    : 'It cannot be read: another program has locked it, or the browser may not open it.';
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function fileOf(entry: FileSystemFileEntry): Promise<File | undefined> {
  return new Promise((resolve) => entry.file(resolve, () => resolve(undefined)));
}

/** A folder is handed out in portions, until an empty one. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => resolve([])),
    );
    if (portion.length === 0) return entries;
    entries.push(...portion);
  }
}
