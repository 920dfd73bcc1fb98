/**
 * Reads every fact file and refuses bad ones, naming file, record, field, what was found and
 * what was expected. Runs under Node at build, never in the browser.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { z } from 'zod';
import {
  aboutSchema,
  backupContentsSchema,
  errorCodesSchema,
  deviceSchema,
  planningSchema,
  releaseSchema,
  type About,
  type Device,
  type Release,
} from './schema.ts';

export interface Problem {
  file: string;
  record: string;
  field: string;
  found: string;
  expected: string;
}

interface Read<Shape> {
  file: string;
  value: Shape;
}

interface Checked {
  problems: Problem[];
  about: About | undefined;
  devices: Read<Device>[];
  releases: Read<Release>[];
}

/**
 * Reads and checks all facts below a folder.
 * @param folder the folder that holds `about.json`, `devices/` and `releases/`
 */
export function checkFacts(folder: string): Checked {
  const problems: Problem[] = [];
  const read = <Schema extends z.ZodType>(file: string, schema: Schema): Read<z.infer<Schema>>[] =>
    readRecord(folder, file, schema, problems);

  const about = read('about.json', aboutSchema)[0]?.value;
  // Not made by the import: an import into another folder goes without them.
  if (existsSync(join(folder, 'backup-contents.json'))) {
    read('backup-contents.json', backupContentsSchema);
    read('error-codes.json', errorCodesSchema);
    read('planning.json', planningSchema);
  }
  const devices = jsonFiles(folder, 'devices').flatMap((file) => read(file, deviceSchema));
  const releases = jsonFiles(folder, 'releases').flatMap((file) => read(file, releaseSchema));

  problems.push(
    ...repeated(devices, 'id', (device) => [device.id]),
    ...repeated(releases, 'id', (release) => [release.id]),
    ...repeated(devices, 'variants.identifier', (device) =>
      device.variants.map((variant) => variant.identifier),
    ),
    ...repeated(devices, 'variants.models', (device) => [
      ...new Set(device.variants.flatMap((variant) => variant.models)),
    ]),
    ...misplaced([...devices, ...releases]),
    ...withoutRelease(devices, releases),
  );
  if (about) problems.push(...withoutSource([...devices, ...releases], about));
  return { problems, about, devices, releases };
}

/**
 * Stops the build on the first look at bad facts.
 * @throws Error listing every problem, one a paragraph
 */
export function assertValidFacts(folder: string): void {
  const { problems } = checkFacts(folder);
  if (problems.length > 0) {
    throw new Error(
      `The facts are not valid. Mend these, then build again:\n\n${problems.map(describeProblem).join('\n\n')}\n`,
    );
  }
}

/** One problem as a few lines a person can act on. */
export function describeProblem({ file, record, field, found, expected }: Problem): string {
  return `${file}\n  record:   ${record}\n  field:    ${field}\n  found:    ${found}\n  expected: ${expected}`;
}

function jsonFiles(folder: string, below: string): string[] {
  return readdirSync(join(folder, below), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => join(below, file))
    .sort();
}

function readRecord<Schema extends z.ZodType>(
  folder: string,
  file: string,
  schema: Schema,
  problems: Problem[],
): Read<z.infer<Schema>>[] {
  const shown = relative('.', join(folder, file));
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  } catch (error) {
    problems.push({
      file: shown,
      record: basename(file, '.json'),
      field: '(the whole file)',
      found: error instanceof Error ? error.message : String(error),
      expected: 'a file that holds one JSON record',
    });
    return [];
  }
  const result = schema.safeParse(value);
  if (result.success) return [{ file: shown, value: result.data }];
  for (const issue of result.error.issues) {
    problems.push({
      file: shown,
      record: recordName(value, file),
      field: fieldName(issue.path) || '(the record)',
      found: printed(valueAt(value, issue.path)),
      expected: issue.message.replace(/^Invalid input: expected /, ''),
    });
  }
  return [];
}

/** Records that claim what another record has claimed already. */
function repeated<Shape extends { id: string }>(
  records: Read<Shape>[],
  field: string,
  keysOf: (record: Shape) => string[],
): Problem[] {
  const owners = new Map<string, Read<Shape>>();
  const problems: Problem[] = [];
  for (const record of records) {
    for (const key of keysOf(record.value)) {
      const owner = owners.get(key);
      if (owner) {
        problems.push({
          file: record.file,
          record: record.value.id,
          field,
          found: printed(key),
          expected: `a value of its own; ${owner.file} (${owner.value.id}) has this one already`,
        });
      } else {
        owners.set(key, record);
      }
    }
  }
  return problems;
}

/** A file is named after its record, so that a reader finds it and two can never share an id. */
function misplaced(records: Read<{ id: string; family?: string }>[]): Problem[] {
  return records
    .filter(({ file, value }) => basename(file, '.json') !== value.id || !inItsFolder(file, value))
    .map(({ file, value }) => ({
      file,
      record: value.id,
      field: 'id',
      found: printed(value.id),
      expected: `the name of its file ("${basename(file, '.json')}"), in the folder of its family`,
    }));
}

function inItsFolder(file: string, { family }: { family?: string }): boolean {
  return family === undefined || basename(dirname(file)) === folderOfFamily(family);
}

/** "iPod touch" -> "ipod-touch" */
export function folderOfFamily(family: string): string {
  return family.toLowerCase().replace(' ', '-');
}

function withoutRelease(devices: Read<Device>[], releases: Read<Release>[]): Problem[] {
  const known = new Set(releases.map(({ value }) => value.major));
  return devices.flatMap(({ file, value }) =>
    (['firstMajor', 'lastMajor'] as const)
      .filter((field) => !known.has(value[field]))
      .map((field) => ({
        file,
        record: value.id,
        field,
        found: printed(value[field]),
        expected: 'a major that has a record in releases/',
      })),
  );
}

function withoutSource(
  records: Read<{ id: string; sources: string[] }>[],
  about: About,
): Problem[] {
  const known = about.sources.map((source) => source.id);
  return records.flatMap(({ file, value }) =>
    value.sources
      .filter((source) => !known.includes(source))
      .map((source) => ({
        file,
        record: value.id,
        field: 'sources',
        found: printed(source),
        expected: `one of the sources in about.json (${known.join(', ')})`,
      })),
  );
}

function recordName(value: unknown, file: string): string {
  const id = valueAt(value, ['id']);
  return typeof id === 'string' && id !== '' ? id : basename(file, '.json');
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null
        ? (inner as Record<PropertyKey, unknown>)[key]
        : undefined,
    value,
  );
}

function fieldName(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}

function printed(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
