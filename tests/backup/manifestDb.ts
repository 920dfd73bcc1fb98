/** Manifest.db, the index since iOS 10. */
import { DatabaseSync } from 'node:sqlite';

export interface DatabaseRow {
  fileID: string;
  domain: string;
  relativePath: string;
  flags: number;
  record: Uint8Array | null;
}

export interface DatabasePlan {
  table: string;
  /** without it the same id can be listed twice */
  hasPrimaryKey: boolean;
  /** `wal` leaves a mark in the header that some readers stumble over, and no other file */
  journal: 'delete' | 'wal';
  /** bytes, a power of two */
  pageSize: number;
  properties: Record<string, Uint8Array>;
}

export function writeManifestDb(
  path: string,
  rows: Iterable<DatabaseRow>,
  { table, hasPrimaryKey, journal, pageSize, properties }: DatabasePlan,
): void {
  const database = new DatabaseSync(path);
  try {
    database.exec(`
      PRAGMA page_size = ${pageSize};
      PRAGMA journal_mode = OFF;
      PRAGMA synchronous = OFF;
      PRAGMA cache_size = -65536;
      CREATE TABLE ${table} (
        fileID TEXT${hasPrimaryKey ? ' PRIMARY KEY' : ''},
        domain TEXT, relativePath TEXT, flags INTEGER, file BLOB
      );
      CREATE TABLE Properties (key TEXT PRIMARY KEY, value BLOB);
      BEGIN;
    `);
    const insert = database.prepare(`INSERT INTO ${table} VALUES (?, ?, ?, ?, ?)`);
    for (const { fileID, domain, relativePath, flags, record } of rows) {
      insert.run(fileID, domain, relativePath, flags, record);
    }
    const property = database.prepare('INSERT INTO Properties VALUES (?, ?)');
    for (const [key, value] of Object.entries(properties)) property.run(key, value);
    database.exec(`
      CREATE INDEX FilesDomainIdx ON ${table}(domain);
      CREATE INDEX FilesRelativePathIdx ON ${table}(relativePath);
      CREATE INDEX FilesFlagsIdx ON ${table}(flags);
      COMMIT;
    `);
    if (journal === 'wal') database.exec('PRAGMA journal_mode = WAL');
  } finally {
    database.close();
  }
}
