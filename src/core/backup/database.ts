/**
 * The index of a backup: the table `Files` of `Manifest.db`. The SQLite library is handed in, so
 * that a browser and a terminal can each bring the build they can run.
 */

/** One line of the index. */
export interface IndexRow {
  fileID: string;
  domain: string;
  relativePath: string;
  /** 1 a file, 2 a folder, 4 a symbolic link. */
  flags: number;
  /** undefined when missing, or longer than any record of a file can be. */
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

const sqliteHeader = 'SQLite format 3\u0000';
/** Real records are below 2 KB; a longer one is not read into memory. */
const longestRecord = 100_000;
/** The largest backups known have about a million files. */
const mostRows = 5_000_000;

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
  const database = sentence(() => new sqlite.Database(bytes));
  try {
    sentence(() => {
      assertPlainTable(database);
    });
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    count: countOf(database),
    rows: () => readRows(database),
    close: () => database.close(),
  };
}

/** A view or virtual table of that name could compute without end. */
function assertPlainTable(database: SqliteDatabase): void {
  const found = all(database, "SELECT type, sql FROM sqlite_master WHERE name = 'Files'");
  const [type, sql] = found[0] ?? [];
  if (type !== 'table' || typeof sql !== 'string' || !/^\s*CREATE\s+TABLE/i.test(sql)) {
    throw new IndexDamaged('It has no list of files in a form that we know.');
  }
  if (/\bGENERATED\b|\bAS\s*\(/i.test(sql)) {
    throw new IndexDamaged('Its list of files computes what it should hold.');
  }
}

function countOf(database: SqliteDatabase): number | undefined {
  try {
    const count = all(database, 'SELECT count(*) FROM Files')[0]?.[0];
    return typeof count === 'number' ? count : undefined;
  } catch {
    return undefined;
  }
}

function* readRows(database: SqliteDatabase): Generator<IndexRow> {
  const statement = sentence(() =>
    database.prepare(
      `SELECT fileID, domain, relativePath, flags,
              CASE WHEN length(file) <= ${longestRecord} THEN file END
       FROM Files NOT INDEXED LIMIT ${mostRows}`,
    ),
  );
  try {
    while (sentence(() => statement.step())) {
      const [fileID, domain, relativePath, flags, record] = statement.get();
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
    const said = error instanceof Error ? error.message : String(error);
    throw new IndexDamaged(
      /memory|alloc/i.test(said)
        ? 'It is too large for the memory of this browser.'
        : 'It is damaged or cut off.',
    );
  }
}
