import { DatabaseSync } from 'node:sqlite';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import initSqlJs from 'sql.js';
import initWithoutWasm from 'sql.js/dist/sql-asm-memory-growth.js';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  IndexDamaged,
  isDatabase,
  openIndex,
  type IndexRow,
  type Sqlite,
} from '../../../../src/core/backup/database.ts';
import { contentsOf, sentence } from './memory.ts';

let sqlite: Sqlite;
beforeAll(async () => {
  sqlite = await initSqlJs();
});

const columns = 'fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT, flags INTEGER, file BLOB';
const plain = `CREATE TABLE Files (${columns})`;
const oneRow = "INSERT INTO Files VALUES ('id', 'HomeDomain', 'a', 1, x'0102')";

/** A database written by Node's own SQLite, so not by the library that reads it. */
function databaseOf(...statements: string[]): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'index-'));
  try {
    const database = new DatabaseSync(join(folder, 'Manifest.db'));
    // Some write what SQLite, left to itself, does not let anybody write.
    database.enableDefensive(false);
    for (const statement of statements) database.exec(statement);
    database.close();
    return new Uint8Array(readFileSync(join(folder, 'Manifest.db')));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function read(bytes: Uint8Array, build = sqlite): { count: number | undefined; rows: IndexRow[] } {
  const index = openIndex(build, bytes);
  try {
    return { count: index.count, rows: Array.from(index.rows()) };
  } finally {
    index.close();
  }
}

/** The sentence with which a database is refused. */
function refusal(bytes: Uint8Array): string {
  try {
    read(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(IndexDamaged);
    return (error as Error).message;
  }
  return 'It was read.';
}

const indexOf = (plan: Parameters<typeof contentsOf>[0]): Uint8Array =>
  contentsOf({ payload: 'none', ...plan }).contents.get('Manifest.db') as Uint8Array;

describe('an index', () => {
  it.each([
    ['small', {}],
    ['with pages of 512 bytes', { files: 400, pageSize: 512 }],
    ['with pages of 64 KB', { files: 400, pageSize: 65_536 }],
    ['with records that fill pages of their own', { files: 100, recordPadding: 20_000 }],
    ['of a backup that was copied while it was open (write-ahead log)', { journal: 'wal' }],
    ['without a file', { files: 0 }],
  ] as const)('%s is read as it was written', (_, plan) => {
    const { made, contents } = contentsOf({ payload: 'none', ...plan });
    const { count, rows } = read(contents.get('Manifest.db') as Uint8Array);
    const written = Array.from(made.files);
    expect(count).toBe(written.length);
    expect(rows.map(({ fileID, domain, relativePath, flags }) => [fileID, domain, relativePath, flags]))
      .toEqual(written.map((row) => [row.fileID, row.domain, row.relativePath, row.flags])); // prettier-ignore
    expect(rows.every(({ record }) => record !== undefined)).toBe(true);
  });

  it('is read by the build without WebAssembly too, with the mark of a write-ahead log', async () => {
    const bytes = indexOf({ files: 20, journal: 'wal' });
    expect([bytes[18], bytes[19]]).toEqual([2, 2]);
    expect(read(bytes, await initWithoutWasm()).rows).toEqual(read(bytes).rows);
  });

  it('is read to its end where it lost its primary key and lists a file twice', () => {
    const { rows } = read(
      databaseOf(plain.replace(' PRIMARY KEY', ''), oneRow, oneRow, 'PRAGMA user_version = 7'),
    );
    expect(rows.map(({ fileID }) => fileID)).toEqual(['id', 'id']);
  });

  it.each([
    ['further tables, columns, indexes, triggers and checks', [
      `CREATE TABLE Files (${columns}, more TEXT DEFAULT 'AS (1)' CHECK (length(hex(randomblob(9))) > 1))`,
      'CREATE TABLE Others (a, b GENERATED ALWAYS AS (a + 1))',
      'CREATE TRIGGER again AFTER INSERT ON Files BEGIN INSERT INTO Others (a) VALUES (1); END',
      'CREATE INDEX byHex ON Files(hex(file)) WHERE length(file) > 0',
      'CREATE VIEW Endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n',
      "INSERT INTO Files VALUES ('id', 'HomeDomain', 'a', 1, x'0102', NULL)",
    ]],
    ['no row numbers', [`${plain} WITHOUT ROWID`, oneRow]],
    ['statistics', [plain, oneRow, 'CREATE INDEX d ON Files(domain)', 'ANALYZE']],
    ['room for pages that were deleted', ['PRAGMA auto_vacuum = FULL', plain, oneRow, 'CREATE TABLE gone (a)', 'DROP TABLE gone']],
  ] as [string, string[]][])('with %s is read all the same', (_, statements) => {
    expect(read(databaseOf(...statements)).rows).toEqual([
      { fileID: 'id', domain: 'HomeDomain', relativePath: 'a', flags: 1, record: Uint8Array.of(1, 2) },
    ]);
  }); // prettier-ignore

  it('gives nothing where a value is of another type, missing or far too long', () => {
    const { rows } = read(
      databaseOf(
        'CREATE TABLE Files (fileID, domain, relativePath, flags, file)',
        'INSERT INTO Files VALUES (NULL, NULL, NULL, NULL, NULL)',
        "INSERT INTO Files VALUES (7, x'00ff', 1.5, 'one', 'text')",
        'INSERT INTO Files VALUES (zeroblob(9e6), hex(zeroblob(5e6)), hex(zeroblob(6e3)), 1e99, zeroblob(3e8))',
        'INSERT INTO Files VALUES (char(0, 65), char(55357), char(0x202e), 9223372036854775807, zeroblob(0))',
      ),
    );
    const nothing = { fileID: '', domain: '', relativePath: '', flags: 0, record: undefined };
    expect(rows.slice(0, 2)).toEqual([nothing, nothing]);
    expect(rows[2]).toEqual({ ...nothing, flags: 1e99 });
    expect(rows).toHaveLength(4);
  });
});

describe('an index that is no plain table', () => {
  const endless =
    'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS fileID, i AS domain, i AS relativePath, i AS flags, i AS file FROM n';
  it.each([
    ['there is none', ['CREATE TABLE ManifestEntry (fileID)']],
    ['it is a view without end', [`CREATE VIEW Files AS ${endless}`]],
    ['it is a virtual table', ['CREATE VIRTUAL TABLE Files USING fts5(fileID, domain)']],
    ['it lacks columns', ['CREATE TABLE Files (fileID TEXT, name TEXT)']],
    ['the database is empty', ['PRAGMA user_version = 1']],
  ])('is refused with a sentence: %s', (_, statements) => {
    expect(refusal(databaseOf(...statements))).toMatch(sentence);
    expect(refusal(databaseOf(...statements))).not.toBe('It was read.');
  });

  it.each(['GENERATED ALWAYS AS (zeroblob(9))', 'AS/**/(zeroblob(9))', 'AS /* */ (fileID) STORED'])(
    'is refused where it computes what it should hold: %s',
    (computed) => {
      const table = `CREATE TABLE Files (fileID, domain, relativePath, flags, file BLOB ${computed})`;
      const row = "INSERT INTO Files VALUES ('id', 'HomeDomain', 'a', 1)";
      expect(refusal(databaseOf(table, row))).toBe(
        'Its list of files computes what it should hold.',
      );
    },
  );

  it('is refused where the list of tables lies: a table on paper, a view in truth', () => {
    const bytes = databaseOf(
      plain,
      `CREATE VIEW Endless AS ${endless}`,
      'PRAGMA writable_schema = ON',
      `UPDATE sqlite_schema SET type = 'table', name = 'Files', tbl_name = 'Files' WHERE name = 'Endless'`,
    );
    expect(refusal(bytes)).toMatch(/^It /);
    expect(refusal(bytes)).not.toBe('It was read.');
  });

  it('is told from one that is encrypted by its first bytes', () => {
    expect(isDatabase(databaseOf(plain))).toBe(true);
    expect(isDatabase(databaseOf(plain).slice(0, 15))).toBe(false);
    expect(isDatabase(new Uint8Array(16))).toBe(false);
  });
});

/* ---- pages that lead to each other ---- */

const size = 4096;

/** A database of so many pages of 4096 bytes, with a table `Files` whose first page is the second. */
function pagesOf(count: number): Uint8Array {
  const bytes = new Uint8Array(count * size);
  bytes.set(databaseOf(plain.replace(' PRIMARY KEY', ''), oneRow));
  new DataView(bytes.buffer).setUint32(28, count);
  return bytes;
}

/** Makes a page a branch: all its ways lead to the given pages in turn. */
function branch(bytes: Uint8Array, page: number, ways: number, ...to: number[]): void {
  const view = new DataView(bytes.buffer, (page - 1) * size, size);
  view.setUint8(0, 5);
  view.setUint16(1, 0);
  view.setUint16(3, ways);
  const start = size - 5 * ways;
  view.setUint16(5, start);
  view.setUint8(7, 0);
  view.setUint32(8, to[ways % to.length] as number);
  for (let way = 0; way < ways; way += 1) {
    view.setUint16(12 + 2 * way, start + 5 * way);
    view.setUint32(start + 5 * way, to[way % to.length] as number);
    view.setUint8(start + 5 * way + 4, 1);
  }
}

describe('pages that lead to each other', () => {
  const tangled = 'Its pages refer to each other as those of no database do.';

  it('are read where each is reached once', () => {
    const bytes = pagesOf(4);
    const leaf = bytes.slice(size, 2 * size);
    branch(bytes, 2, 1, 3, 4);
    bytes.set(leaf, 2 * size);
    bytes.set(leaf, 3 * size);
    expect(read(bytes).rows).toHaveLength(2);
  });

  it('and stand for more rows than could be counted are refused at once', () => {
    const bytes = pagesOf(8);
    const leaf = bytes.slice(size, 2 * size);
    // 400 to the sixth: four thousand million million rows in 32 KB.
    for (let page = 2; page < 8; page += 1) branch(bytes, page, 400, page + 1);
    bytes.set(leaf, 7 * size);
    const start = performance.now();
    expect(refusal(bytes)).toBe(tangled);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('in a circle are refused', () => {
    const bytes = pagesOf(3);
    branch(bytes, 2, 1, 3, 3);
    branch(bytes, 3, 1, 2, 2);
    expect(refusal(bytes)).toBe(tangled);
  });

  it('are refused in any table that SQLite reads of its own accord', () => {
    const bytes = databaseOf(plain, oneRow, 'CREATE INDEX d ON Files(domain)', 'ANALYZE');
    const grown = new Uint8Array(bytes.length + 5 * size);
    grown.set(bytes);
    const first = bytes.length / size + 1;
    new DataView(grown.buffer).setUint32(28, grown.length / size);
    const statistics = Buffer.from(bytes).indexOf('CREATE TABLE sqlite_stat1');
    // The number of its first page is the byte before its statement.
    const root = bytes[statistics - 1] as number;
    const leaf = bytes.slice((root - 1) * size, root * size);
    branch(grown, root, 400, first);
    for (let page = first; page < first + 4; page += 1) branch(grown, page, 400, page + 1);
    grown.set(leaf, (first + 3) * size);
    expect(refusal(grown)).toBe(tangled);
  });

  it('are refused where two tables share them', () => {
    const bytes = databaseOf(
      plain,
      'CREATE TABLE Others (a)',
      'PRAGMA writable_schema = ON',
      "UPDATE sqlite_schema SET rootpage = 2 WHERE name = 'Others'",
    );
    expect(refusal(bytes)).toBe(tangled);
  });

  it('are refused where the list of tables hides where they begin', () => {
    const hide = (change: string): Uint8Array =>
      databaseOf(plain, 'PRAGMA writable_schema = ON', `UPDATE sqlite_schema SET ${change}`);
    expect(refusal(hide(`rootpage = '2'`))).not.toBe('It was read.');
    expect(refusal(hide(`tbl_name = 'Files' || hex(zeroblob(9000))`))).toBe(tangled);
    expect(refusal(hide(`sql = sql || hex(zeroblob(1e6))`))).toBe(tangled);
  });
});

/* ---- damage ---- */

describe('a damaged index', () => {
  it('cut off anywhere is refused, in the middle of a page too', () => {
    const bytes = indexOf({ files: 200 });
    for (let part = 1; part < 100; part += 1) {
      const cut = bytes.slice(0, Math.floor((bytes.length * part) / 100));
      expect(refusal(cut)).toBe('It is damaged or cut off.');
    }
    for (let missing = 1; missing <= size; missing *= 2) {
      expect(refusal(bytes.slice(0, -missing))).toBe('It is damaged or cut off.');
    }
  });

  it('overwritten in the middle gives the rows before it', () => {
    const bytes = indexOf({ files: 200 });
    const all = read(bytes).rows.length;
    bytes.fill(0x5a, Math.floor(bytes.length / 2 / size) * size);
    const index = openIndex(sqlite, bytes);
    const rows: IndexRow[] = [];
    expect(() => {
      for (const row of index.rows()) rows.push(row);
    }).toThrow(IndexDamaged);
    index.close();
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.length).toBeLessThan(all);
  });

  it('with any bytes changed is read or refused with a sentence, and never hangs', () => {
    const plans = [
      { files: 30 },
      { files: 100, pageSize: 512 },
      { files: 4, journal: 'wal' },
    ] as const;
    const wholes = plans.map(indexOf);
    const change = fc.tuple(
      // Where pages are told from each other, as often as anywhere.
      fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 120 })),
      fc.uint8Array({ minLength: 1, maxLength: 8 }),
    );
    let refused = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...wholes),
        fc.array(change, { minLength: 1, maxLength: 6 }),
        (whole, changes) => {
          const bytes = whole.slice();
          for (const [place, change] of changes) {
            const at = Math.floor(place < 1 ? place * (bytes.length - 8) : place);
            bytes.set(change, at);
          }
          const said = refusal(bytes);
          expect(said).toMatch(sentence);
          if (said !== 'It was read.') refused += 1;
        },
      ),
      { numRuns: 600 },
    );
    expect(refused).toBeGreaterThan(50);
  });
});
