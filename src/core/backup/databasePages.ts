/**
 * SQLite stores each table and index as a tree of pages. In a whole database no page has two
 * parents; in one made to hurt, a few pages can stand for more rows than a computer reads in a
 * lifetime, and SQLite would read them without end. Described in SQLite's "Database File Format".
 */

/** Two ways lead to one page, or it cannot be told where the ways lead. */
export class TangledPages extends Error {}

interface Pages {
  bytes: Uint8Array;
  size: number;
  reached: Uint8Array;
}

const fileHeader = 100;
/** The statement that made a table is a few lines long. */
const longestEntry = 1_000_000;
/** Of a page of a tree, its first byte. */
const kind = { indexBranch: 0x02, tableBranch: 0x05, tableLeaf: 0x0d };

/**
 * Whether bytes are missing at the end. SQLite takes no notice of a last page that is there in
 * part, and that one may well be of a table we do not read.
 */
export function isCutOff(bytes: Uint8Array): boolean {
  // Programs from before SQLite 3.7 leave the number of pages as it was: then two counters differ.
  const isKnown = number(bytes, 24, 4) === number(bytes, 92, 4);
  return isKnown && bytes.length < number(bytes, 28, 4) * pageSize(bytes);
}

/**
 * Follows the tree of every table and index, which reads each page once at most. What points
 * outside of the file is left to SQLite, which says so itself.
 * @throws TangledPages
 */
export function assertTrees(bytes: Uint8Array): void {
  const size = pageSize(bytes);
  if (size < 512 || (size & (size - 1)) !== 0) return;
  const pages = { bytes, size, reached: new Uint8Array(Math.ceil(bytes.length / size) + 1) };
  const roots: number[] = [];
  assertTree(pages, 1, (start) => roots.push(...rootsIn(pages, start)));
  roots.forEach((root) => assertTree(pages, root));
}

function assertTree(pages: Pages, root: number, onTableLeaf?: (start: number) => void): void {
  const { bytes, size, reached } = pages;
  const open = [root];
  for (let page = open.pop(); page !== undefined; page = open.pop()) {
    const start = (page - 1) * size;
    if (page < 1 || start + size > bytes.length) continue;
    if (reached[page] === 1) throw new TangledPages();
    reached[page] = 1;
    const head = page === 1 ? fileHeader : start;
    const found = bytes[head];
    if (found === kind.tableBranch || found === kind.indexBranch) {
      open.push(number(bytes, head + 8, 4));
      cellsOf(pages, start, head + 12).forEach((cell) => open.push(number(bytes, cell, 4)));
    } else if (found === kind.tableLeaf) onTableLeaf?.(start);
  }
}

/** Where the cells of a page are, by the list that follows its header. */
function cellsOf({ bytes, size }: Pages, start: number, list: number): number[] {
  const count = number(bytes, (start === 0 ? fileHeader : start) + 3, 2);
  if (list + 2 * count > start + size) throw new TangledPages();
  return Array.from({ length: count }, (_, at) => {
    // A place beyond the page counts from its start again, as SQLite has it.
    const cell = number(bytes, list + 2 * at, 2) & (size - 1);
    if (cell + 4 > size) throw new TangledPages();
    return start + cell;
  });
}

/** The first pages of the trees that a page of the list of tables (`sqlite_schema`) names. */
function rootsIn(pages: Pages, start: number): number[] {
  const head = start === 0 ? fileHeader : start;
  return cellsOf(pages, start, head + 8).map((cell) => rootOf(pages, cell));
}

/** The fourth value of an entry, after three texts. 0 for what has no tree, such as a view. */
function rootOf({ bytes, size }: Pages, cell: number): number {
  const at = { position: cell };
  const length = varint(bytes, at);
  varint(bytes, at); // The number of the entry.
  const entry = at.position;
  let value = entry + varint(bytes, at);
  for (let column = 0; column < 3; column += 1) value += lengthOf(varint(bytes, at));
  const type = varint(bytes, at);
  const isNumber = type <= 9 && type !== 7;
  const ends = value + lengthOf(type) - entry;
  // SQLite reads on elsewhere what does not fit here; no name of a table is so long.
  if (!isNumber || length > longestEntry || ends > lengthHere(length, size - (bytes[20] ?? 0))) {
    throw new TangledPages();
  }
  return type === 9 ? 1 : number(bytes, value, lengthOf(type));
}

/** How much of an entry is on its page and not on pages of its own. */
function lengthHere(length: number, usable: number): number {
  const most = usable - 35;
  if (length <= most) return length;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const rest = least + ((length - least) % (usable - 4));
  return rest <= most ? rest : least;
}

/** Bytes that a value of a type takes in a record. */
function lengthOf(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2);
  return [0, 1, 2, 3, 4, 6, 8, 8][type] ?? 0;
}

/** SQLite's numbers of one to nine bytes, the largest part first. */
function varint(bytes: Uint8Array, at: { position: number }): number {
  let value = 0;
  for (let read = 1; read <= 9; read += 1) {
    const byte = bytes[at.position] ?? 0;
    at.position += 1;
    if (read === 9) return value * 256 + byte;
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) break;
  }
  return value;
}

function pageSize(bytes: Uint8Array): number {
  const size = number(bytes, 16, 2);
  return size === 1 ? 65_536 : size;
}

function number(bytes: Uint8Array, at: number, length: number): number {
  let value = 0;
  for (let index = at; index < at + length; index += 1) value = value * 256 + (bytes[index] ?? 0);
  return value;
}
