/** The input of the import as text: one record a line, so that a diff shows one change a line. */
import type { Upstream } from './appledb.ts';

/** Every file of `input/` by its name. */
export function inputTexts({ devices, asOf, builds, sizes, days }: Upstream): Map<string, string> {
  return new Map([
    ['devices.json', `[\n${lines(devices, '  ')}\n]\n`],
    [
      'releases.json',
      `{\n  "asOf": "${asOf}",\n  "builds": [\n${lines(builds, '    ')}\n  ],\n  "sizes": [\n${lines(sizes, '    ')}\n  ]\n}\n`,
    ],
    ['days.json', daysText(days)],
  ]);
}

function daysText(days: Record<string, string>): string {
  const entries = Object.keys(days)
    .sort()
    .map((id) => `  ${JSON.stringify(id)}: ${JSON.stringify(days[id])}`);
  return entries.length === 0 ? '{}\n' : `{\n${entries.join(',\n')}\n}\n`;
}

function lines(records: readonly unknown[], indent: string): string {
  return records.map((record) => `${indent}${onOneLine(record)}`).join(',\n');
}

/** JSON with a space after every comma and colon. */
function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}: ${onOneLine(field)}`).join(', ')}}`;
}
