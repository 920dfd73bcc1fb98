/** What a part of the bench hands back, and the shape the document and the terminal are made from. */

export type Row = Record<string, string | number>;

export interface Table {
  title: string;
  rows: Row[];
}

export interface Report {
  tables: Table[];
  /** Sentences a reader of the tables needs. */
  notes: string[];
  /** What another program printed, shown as it is. */
  said?: string;
  /** All single measurements, kept in the results file alone. */
  measured: unknown;
}

export interface Part {
  name: string;
  /** What it compares, as a heading. */
  title: string;
  run: (options: Options) => Promise<Report> | Report;
}

export interface Options {
  /** How often each thing is measured; undefined for what the part thinks right. */
  runs: number | undefined;
}

export function printReport({ tables, notes }: Report): void {
  for (const { title, rows } of tables) {
    console.log(`\n${title}`);
    console.table(rows);
  }
  for (const note of notes) console.log(`- ${note}`);
}
