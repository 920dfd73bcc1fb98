/** Keeps what was measured, and puts it into docs/performance.md. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { type Machine } from './machine.ts';
import { project } from './programs.ts';
import type { Report, Table } from './report.ts';

export interface Result {
  machine: Machine;
  minutes: number;
  report: Report;
}

const folder = join(project, 'bench/results');
const document = join(project, 'docs/performance.md');

export function saveResult(part: string, result: Result): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${part}.json`), JSON.stringify(result, null, 2));
}

function readResult(part: string): Result | undefined {
  const file = join(folder, `${part}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Result) : undefined;
}

/**
 * Replaces what stands between a part's marks in the document; a part without results stays.
 * @returns the parts that were written
 * @throws Error when the document has no place for a part
 */
export async function writeDocument(parts: readonly string[]): Promise<string[]> {
  let text = readFileSync(document, 'utf8');
  const written: string[] = [];
  for (const part of parts) {
    const result = readResult(part);
    if (!result) continue;
    const [start, end] = [`<!-- results: ${part} -->`, `<!-- end of ${part} -->`];
    const [from, to] = [text.indexOf(start), text.indexOf(end)];
    if (from < 0 || to < from) {
      throw new Error(`${document} has no place for ${part}: add the lines ${start} and ${end}.`);
    }
    text = `${text.slice(0, from + start.length)}\n\n${markdownOf(result)}\n\n${text.slice(to)}`;
    written.push(part);
  }
  const style = await resolveConfig(document);
  writeFileSync(document, await format(text, { ...style, parser: 'markdown' }));
  return written;
}

function markdownOf({ machine, minutes, report }: Result): string {
  const versions = Object.entries(machine.versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
  const measured = `Measured on ${machine.day} in ${Math.max(1, Math.round(minutes))} minutes: ${machine.cores} cores of ${machine.processor}, ${machine.memoryGB} GB, ${machine.system}; ${versions}; load before it began: ${machine.load}.`;
  return [
    ...report.tables.filter(({ rows }) => rows.length > 0).map(tableOf),
    ...(report.said === undefined ? [] : [`\`\`\`text\n${report.said}\n\`\`\``]),
    ...(report.notes.length > 0 ? [report.notes.map((note) => `- ${note}`).join('\n')] : []),
    measured,
  ].join('\n\n');
}

function tableOf({ title, rows }: Table): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const line = (cells: (string | number)[]): string =>
    `| ${cells.map((cell) => String(cell).trim().replace(/\|/g, '\\|')).join(' | ')} |`;
  return [
    `**${title}**`,
    '',
    line(columns),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(columns.map((column) => row[column] ?? ''))),
  ].join('\n');
}
