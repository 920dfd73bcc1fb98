import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { facts } from '../../../src/data/facts.ts';
import { deviceOf } from '../device.ts';

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'facts-'));
  made.push(folder);
  return folder;
}

function importInto(output: string, input = 'scripts/facts/input'): string {
  return execFileSync(process.execPath, ['scripts/import-facts.ts', input, output], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function contentsOf(folder: string): Record<string, string> {
  const files = ['about.json', ...['devices', 'releases'].flatMap((below) =>
    readdirSync(join(folder, below), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.json'))
      .map((file) => join(below, file)),
  )]; // prettier-ignore
  return Object.fromEntries(
    files.sort().map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  );
}

describe('the import', () => {
  it('makes exactly the files that are checked in', () => {
    const output = temporaryFolder();
    importInto(output);
    expect(contentsOf(output)).toEqual(contentsOf('src/data'));
  });

  it('refuses input it does not understand with a sentence, and writes nothing', () => {
    const input = temporaryFolder();
    const output = temporaryFolder();
    cpSync('scripts/facts/input', input, { recursive: true });
    writeFileSync(join(input, 'releases.json'), '{"asOf": "yesterday"}');
    expect(() => importInto(output, input)).toThrow(
      /not in the format of scripts\/facts\/README\.md/,
    );
    expect(readdirSync(output)).toEqual([]);
  });

  it('refuses a device nobody has described yet, by name', () => {
    const input = temporaryFolder();
    const output = temporaryFolder();
    cpSync('scripts/facts/input', input, { recursive: true });
    const devices = JSON.parse(readFileSync(join(input, 'devices.json'), 'utf8')) as object[];
    devices.push({
      identifier: 'iPhone20,1',
      name: 'iPhone 19',
      family: 'iPhone',
      soc: 'A21',
      released: '2027-09-17',
      models: ['A4000'],
    });
    writeFileSync(join(input, 'devices.json'), JSON.stringify(devices));
    expect(() => importInto(output, input)).toThrow(/Missing: iphone-19\./);
    expect(readdirSync(output)).toEqual([]);
  });
});

describe('the facts', () => {
  it('hold every upstream device but those known by name alone, which they name', () => {
    const upstream = JSON.parse(readFileSync('scripts/facts/input/devices.json', 'utf8')) as {
      identifier: string;
      name: string;
      models: string[];
      byNameAlone?: boolean;
    }[];
    const variants = facts.devices.flatMap((device) => device.variants);
    const missing = upstream.filter(
      ({ identifier }) => !variants.some((variant) => variant.identifier === identifier),
    );
    expect(missing).toEqual(upstream.filter(({ byNameAlone }) => byNameAlone));
    expect(facts.about.newerThanFacts.map(({ name }) => name)).toEqual(
      missing.map(({ name }) => name),
    );
    for (const { identifier, models } of upstream) {
      const variant = variants.find((known) => known.identifier === identifier);
      if (variant) expect(variant.models, identifier).toEqual(expect.arrayContaining(models));
    }
  });

  it('follow the rulings on doubtful records', () => {
    const max = deviceOf('iphone-18-pro-max');
    expect(max.variants.map(({ identifier }) => identifier)).toEqual(['iPhone19,3', 'iPhone19,7']);
    expect(max.notes.join()).toMatch(/inferred/);
    expect(facts.devices.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'iPad Pro 9.7-inch',
        'iPad Pro 10.5-inch',
        'iPad Pro 11-inch (1st generation)',
        'iPad Pro 12.9-inch (2nd generation)',
        'iPad Pro 11-inch (M4)',
        'iPad Pro 11-inch (M5)',
      ]),
    );
    expect(deviceOf('iphone-xs-max').newest).toMatchObject({ version: '18.7.10', offered: true });
    expect(facts.releases.find(({ id }) => id === 'ios-3')?.name).toBe('iPhone OS 3');
  });

  it('give connector and keys as Apple changed them', () => {
    const all = (pick: (device: (typeof facts.devices)[number]) => boolean): string[] =>
      facts.devices.filter(pick).map(({ id }) => id);
    expect(all(({ connector }) => connector === '30-pin').sort()).toEqual([
      'ipad-1st-generation',
      'ipad-2',
      'ipad-3rd-generation',
      'iphone-1st-generation',
      'iphone-3g',
      'iphone-3gs',
      'iphone-4',
      'iphone-4s',
      ...[1, 2, 3, 4].map(
        (nth) => `ipod-touch-${['1st', '2nd', '3rd', '4th'][nth - 1]}-generation`,
      ),
    ]);
    const usbC = all(({ connector }) => connector === 'USB-C');
    for (const id of [
      'iphone-15',
      'iphone-air',
      'ipad-10th-generation',
      'ipad-a16',
      'ipad-air-4th-generation',
      'ipad-mini-6th-generation',
      'ipad-pro-11-inch-1st-generation',
      'ipad-pro-12-9-inch-3rd-generation',
    ]) {
      expect(usbC).toContain(id);
    }
    for (const id of [
      'iphone-14',
      'iphone-se-3rd-generation',
      'ipad-9th-generation',
      'ipad-air-3rd-generation',
      'ipad-mini-5th-generation',
      'ipad-pro-10-5-inch',
      'ipad-pro-12-9-inch-2nd-generation',
      'ipod-touch-7th-generation',
    ]) {
      expect(deviceOf(id).connector).toBe('Lightning');
    }
    expect(all(({ restartKeys }) => restartKeys === 'volume-down-and-side').sort()).toEqual([
      'iphone-7',
      'iphone-7-plus',
    ]);
    for (const device of facts.devices) {
      if (device.family === 'iPad') {
        expect(device.restartKeys === 'home-and-top', device.name).toBe(device.homeButton);
      }
    }
  });

  it('note where one variant stops earlier than another', () => {
    const ipad2 = deviceOf('ipad-2');
    expect(ipad2.newest.version).toBe('9.3.6');
    expect(ipad2.variants.filter(({ newest }) => newest?.version === '9.3.5').length).toBe(3);
  });
});
