/**
 * The index of a backup: the table `Files` of `Manifest.db`. The SQLite library is handed in, so
 * that a browser and a terminal can each bring the build they can run.
 */
import { assertTrees, isCutOff, TangledPages } from './databasePages.ts';

/** One line of the index. */
export interface IndexRow {
  fileID: string;
  domain: string;
  relativePath: string;
  /** 1 a file, 2 a folder, 4 a symbolic link. */
  flags: number;
  /** undefined when missing, or longer than any record of a file can be; so for the texts, ''. */
  record: Uint8Array | undefined;
}

/** The part of sql.js that is used; see its documentation. */
export interface Sqlite {
  Database: new (bytes: Uint8Array) => SqliteDatabase;
}

interface SqliteDatabase {
  run: (sql: string) => unknown;
  prepare: (sql: string) => SqliteStatement;
  close: () => void;
}

interface SqliteStatement {
  step: () => boolean;
  get: () => unknown[];
  free: () => unknown;
}

/** The index cannot be read; the message says why, and `rowsRead` how far it went. */
export class IndexDamaged extends Error {}

/** It may be whole, but is none that we know; the message says why. */
export class IndexUnknown extends IndexDamaged {}

const sqliteHeader = 'SQLite format 3\u0000';
/** Real records are below 2 KB; a longer one is not read into memory. */
const longestRecord = 100_000;
/** A path on the device has 1024 bytes at most. */
const longestText = 10_000;
/** The largest backups known have about a million files. */
const mostRows = 5_000_000;

const damaged = 'It is damaged or cut off.';

/** An encrypted index does not start as a database does. */
export function isDatabase(bytes: Uint8Array): boolean {
  return sqliteHeader.split('').every((character, at) => bytes[at] === character.charCodeAt(0));
}

export interface Index {
  /** undefined when the database does not tell. */
  count: number | undefined;
  /** Every line in the order of the table. Throws `IndexDamaged`. */
  rows: () => Iterable<IndexRow>;
  close: () => void;
}

/** Takes the bytes over: a database of 300 MB should not be held twice. Throws `IndexDamaged`. */
export function openIndex(sqlite: Sqlite, bytes: Uint8Array): Index {
  if (isCutOff(bytes)) throw new IndexDamaged(damaged);
  sentence(() => assertTrees(bytes));
  const database = sentence(() => new sqlite.Database(uncopied(bytes)));
  let count: number | undefined;
  try {
    sentence(() => assertPlainTable(database));
    count = countOf(database);
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    count,
    rows: () => readRows(database),
    close: () => database.close(),
  };
}

/** sql.js keeps a copy, made with slice(): here that gives the bytes themselves. */
function uncopied(bytes: Uint8Array): Uint8Array {
  return Object.defineProperty(bytes, 'slice', { value: () => bytes, configurable: true });
}

/** A view or virtual table of that name could compute without end. */
function assertPlainTable(database: SqliteDatabase): void {
  const found = all(database, "SELECT type, sql FROM sqlite_master WHERE name = 'Files'");
  const [type, sql] = found[0] ?? [];
  if (type !== 'table' || typeof sql !== 'string' || !/^\s*CREATE\s+TABLE/i.test(sql)) {
    throw new IndexUnknown('It has no list of files in a form that we know.');
  }
  // The seventh value of a column: 2 or 3 when it is computed.
  if (all(database, 'PRAGMA table_xinfo(Files)').some((column) => column[6] !== 0)) {
    throw new IndexDamaged('Its list of files computes what it should hold.');
  }
}

/** Counted no further than rows are read. */
function countOf(database: SqliteDatabase): number | undefined {
  let count: unknown;
  try {
    const rows = `SELECT 1 FROM Files NOT INDEXED LIMIT ${mostRows + 1}`;
    count = all(database, `SELECT count(*) FROM (${rows})`)[0]?.[0];
  } catch {
    // Where it breaks off is told by reading it.
    return undefined;
  }
  if (Number(count) > mostRows) {
    throw new IndexDamaged('It lists more files than any device holds.');
  }
  return typeof count === 'number' ? count : undefined;
}

function* readRows(database: SqliteDatabase): Generator<IndexRow> {
  const statement = sentence(() =>
    database.prepare(
      // A text too long is not even measured by its letters: that would read all of it.
      `SELECT ${['fileID', 'domain', 'relativePath', 'flags'].map((column) => upTo(longestText, column)).join()},
              ${upTo(longestRecord, 'file')}
       FROM Files NOT INDEXED LIMIT ${mostRows}`,
    ),
  );
  try {
    while (sentence(() => statement.step())) {
      const [fileID, domain, relativePath, flags, record] = sentence(() => statement.get());
      yield {
        fileID: typeof fileID === 'string' ? fileID : '',
        domain: typeof domain === 'string' ? domain : '',
        relativePath: typeof relativePath === 'string' ? relativePath : '',
        flags: typeof flags === 'number' ? flags : 0,
        record: record instanceof Uint8Array ? record : undefined,
      };
    }
  } finally {
    statement.free();
  }
}

function upTo(length: number, column: string): string {
  return `CASE WHEN octet_length(${column}) <= ${length} THEN ${column} END`;
}

function all(database: SqliteDatabase, sql: string): unknown[][] {
  const statement = database.prepare(sql);
  const rows: unknown[][] = [];
  try {
    while (statement.step()) rows.push(statement.get());
  } finally {
    statement.free();
  }
  return rows;
}

/** SQLite's own words ("database disk image is malformed") help nobody. */
function sentence<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof IndexDamaged) throw error;
    if (error instanceof TangledPages) {
      throw new IndexDamaged('Its pages refer to each other as those of no database do.');
    }
    const said = error instanceof Error ? error.message : String(error);
    if (/memory|alloc/i.test(said)) {
      throw new IndexUnknown('It is too large for the memory of this browser.');
    }
    throw new IndexDamaged(damaged);
  }
}
