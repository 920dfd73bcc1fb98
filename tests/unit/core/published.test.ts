import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import {
  columnNames,
  compatibilityTable,
  envelopeOf,
  publishedDevice,
  publishedRelease,
} from '../../../src/core/published.ts';
import { facts } from '../../../src/data/facts.ts';
import { jsonSchemaOf, publishedSchemas, type SchemaName } from '../../../src/data/published.ts';
import { deviceOf } from '../device.ts';

const absolute = (to: string): string => `https://example.org/${to}`;
const majors = new Set(facts.releases.map(({ major }) => major)).size;
const envelope = { $schema: absolute('schema.json'), ...envelopeOf(facts, absolute) };

function fileOfDevice(id: string): Record<string, unknown> {
  return { ...envelope, device: publishedDevice(deviceOf(id), facts, absolute) };
}

function validatorOf(name: SchemaName): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true });
  addFormats(ajv);
  return ajv.compile(jsonSchemaOf(name, absolute(`${name}.json`)));
}

/** The file with another value at a path; undefined takes the field away. */
function damaged(file: object, path: (string | number)[], value: unknown): unknown {
  const copy = structuredClone(file) as Record<string | number, unknown>;
  const last = path[path.length - 1] ?? '';
  const holder = path
    .slice(0, -1)
    .reduce((inner, key) => inner[key] as Record<string | number, unknown>, copy);
  if (value === undefined) Reflect.deleteProperty(holder, last);
  else holder[last] = value;
  return copy;
}

describe('a published device', () => {
  it('says what follows from its facts: what is offered today, and the verdict on each release', () => {
    const device = publishedDevice(deviceOf('iphone-6s'), facts, absolute);
    expect(device.page).toBe('https://example.org/devices/iphone-6s/');
    expect(device.offeredToday).toEqual([{ version: '15.8.8', released: '2026-05-11' }]);
    expect(device.releases).toContainEqual({ release: 'ios-14', verdict: 'superseded' });
    expect(device.releases).toContainEqual({
      release: 'ios-15',
      verdict: 'offered',
      offered: { version: '15.8.8', released: '2026-05-11' },
    });
  });

  it('of iPads names iPadOS from 13 on, and iOS before', () => {
    const releases = publishedDevice(deviceOf('ipad-air-2'), facts, absolute).releases;
    const ids = releases.map(({ release }) => release);
    expect(ids).toContain('ipados-13');
    expect(ids).toContain('ios-12');
    expect(ids).not.toContain('ios-13');
    expect(new Set(ids).size).toBe(majors);
  });
});

describe('a published release', () => {
  it('has every device of its system once, and agrees with the devices', () => {
    const all = facts.releases.map((release) => publishedRelease(release, facts, absolute));
    const seen = all.flatMap(({ id, devices }) => devices.map(({ device }) => `${device} ${id}`));
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe(facts.devices.length * majors);
    const fourteen = all.find(({ id }) => id === 'ipados-14');
    expect(fourteen?.devices).toContainEqual({ device: 'ipad-air-2', verdict: 'superseded' });
    expect(fourteen?.devices.some(({ device }) => device.startsWith('iphone'))).toBe(false);
  });
});

describe('a published schema', () => {
  const validate = validatorOf('device');
  const file = fileOfDevice('ipad-2');

  it('names its own address and draft 2020-12', () => {
    for (const name of Object.keys(publishedSchemas) as SchemaName[]) {
      expect(jsonSchemaOf(name, 'https://example.org/x.json')).toMatchObject({
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        $id: 'https://example.org/x.json',
      });
    }
  });

  it('accepts every device, and a field that we may add one day', () => {
    for (const { id } of facts.devices) {
      expect(validate(fileOfDevice(id)), `${id}: ${JSON.stringify(validate.errors)}`).toBe(true);
    }
    expect(validate(damaged(file, ['added'], 1))).toBe(true);
    expect(validate(damaged(file, ['device', 'newest', 'added'], 1))).toBe(true);
  });

  const damages: [string, (string | number)[], unknown][] = [
    ['a file without its day', ['asOf'], undefined],
    ['another version of the shape', ['version'], 2],
    ['no attribution', ['attribution'], undefined],
    ['a day that does not exist', ['device', 'released'], '2011-02-30'],
    ['a day in words', ['asOf'], 'October 5, 2026'],
    ['a device without an id', ['device', 'id'], undefined],
    ['an id with a space', ['device', 'id'], 'iPad 2'],
    ['a family that Apple never made', ['device', 'family'], 'iPaq'],
    ['a device without variants', ['device', 'variants'], []],
    ['an A-number of three digits', ['device', 'variants', 0, 'models', 0], 'A139'],
    ['a version in one number', ['device', 'newest', 'version'], '9'],
    ['"offered" as a word', ['device', 'newest', 'offered'], 'no'],
    ['a verdict that is none', ['device', 'releases', 0, 'verdict'], 'maybe'],
    ['no verdicts', ['device', 'releases'], undefined],
    ['a page that is no address', ['device', 'page'], 'devices/ipad-2/'],
  ];
  it.each(damages)('refuses %s', (_, path, value) => {
    expect(validate(damaged(file, path, value))).toBe(false);
    expect(publishedSchemas.device.safeParse(damaged(file, path, value)).success).toBe(false);
  });

  it('of our own refuses what is in no published schema', () => {
    expect(publishedSchemas.device.safeParse(damaged(file, ['device', 'secret'], 1)).success).toBe(
      false,
    );
  });
});

/**
 * Reads CSV as RFC 4180 has it, character by character.
 * @throws Error at anything the RFC does not allow
 */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let rest = text;
  let row: string[] = [];
  while (rest !== '') {
    const cell = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest);
    if (!cell) throw new Error(`Not RFC 4180: ${rest.slice(0, 60)}`);
    row.push(cell[1]?.replace(/""/g, '"') ?? cell[2] ?? '');
    rest = rest.slice(cell[0].length);
    if (cell[3] === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

describe('the table of everything', () => {
  const [header = [], ...rows] = readCsv(compatibilityTable(facts));
  const cell = (row: string[], name: string): string | undefined => row[header.indexOf(name)];

  it('has a header, and one row for each device and release of its system', () => {
    expect(header).toEqual(columnNames);
    expect(rows).toHaveLength(facts.devices.length * majors);
    for (const row of rows) expect(row).toHaveLength(header.length);
    const keys = rows.map((row) => `${cell(row, 'device_id')} ${cell(row, 'release_id')}`);
    expect(new Set(keys).size).toBe(rows.length);
  });

  it('says of every pair what the JSON says', () => {
    const fromJson = facts.devices.flatMap(({ id }) =>
      publishedDevice(deviceOf(id), facts, absolute).releases.map(
        ({ release, verdict, offered }) => `${id} ${release} ${verdict} ${offered?.version ?? ''}`,
      ),
    );
    const names = ['device_id', 'release_id', 'verdict', 'offered_version'];
    const fromTable = rows.map((row) => names.map((name) => cell(row, name)).join(' '));
    expect(fromTable).toEqual(fromJson);
  });

  it('keeps the columns of version 1, in their order', () => {
    expect(header.slice(0, 15)).toEqual([
      ...['device_id', 'device_name', 'family', 'year', 'release_id', 'release_name', 'os'],
      ...['major', 'verdict', 'offered_version', 'offered_released', 'offered_today'],
      ...['last_version', 'last_released', 'as_of'],
    ]);
  });

  it('puts a name with a comma or a quotation mark in quotes', () => {
    const odd = { ...deviceOf('iphone-6s'), name: 'iPhone "6s", gold' };
    const [, first] = readCsv(compatibilityTable({ ...facts, devices: [odd] }));
    expect(first?.[1]).toBe('iPhone "6s", gold');
  });
});
