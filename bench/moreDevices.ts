/** The same facts many times over: what the site would do with more devices than Apple made. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Device } from '../src/data/schema.ts';

/** The devices again and again, each copy under a name, an id and numbers of its own. */
export function repeatedDevices(devices: readonly Device[], times: number): Device[] {
  return Array.from({ length: times }, (_, copy) =>
    copy === 0 ? devices : devices.map((device) => copied(device, copy)),
  ).flat();
}

function copied(device: Device, copy: number): Device {
  return {
    ...device,
    id: `${device.id}-${copy}`,
    name: device.name.replace(/\d+/, (number) => String(Number(number) + copy * 100)),
    variants: device.variants.map((variant) => ({
      ...variant,
      // "iPhone8,1" -> "iPhone108,1", and "A1633" -> "A11633".
      identifier: variant.identifier.replace(/\d+/, (number) =>
        String(Number(number) + copy * 100),
      ),
      models: variant.models.map((model) => `A${Number(model.slice(1)) + copy * 10_000}`),
    })),
  };
}

/** Reads every record below a folder of `src/data`. */
export function readRecords(folder: string): unknown[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as unknown);
}

/**
 * Multiplies the device records of a copied project.
 *
 * Apple's A-numbers have four digits: too few for a hundred times as many. So the copy's schema
 * allows more; everything else about the records stays and is checked as ever.
 */
export function multiplyDevices(folder: string, times: number): number {
  const data = join(folder, 'src/data');
  const devices = readRecords(join(data, 'devices')) as Device[];
  if (times === 1) return devices.length;
  allowLongNumbers(join(data, 'schema.ts'));
  const all = repeatedDevices(devices, times);
  for (const device of all.slice(devices.length)) {
    const family = device.family.toLowerCase().replace(' ', '-');
    const file = join(data, 'devices', family, `${device.id}.json`);
    writeFileSync(file, JSON.stringify(device, null, 2));
  }
  return all.length;
}

const widened = [
  { strict: String.raw`/^A\d{4}$/`, wide: String.raw`/^A\d{4,7}$/` },
  {
    strict: String.raw`/^(iPhone|iPad|iPod)\d{1,2},\d{1,2}$/`,
    wide: String.raw`/^(iPhone|iPad|iPod)\d{1,5},\d{1,2}$/`,
  },
];

function allowLongNumbers(file: string): void {
  let schema = readFileSync(file, 'utf8');
  for (const { strict, wide } of widened) {
    if (!schema.includes(strict)) {
      throw new Error(
        `${file} no longer has the pattern ${strict}: tell ${join(dirname(import.meta.filename), 'moreDevices.ts')} the new one.`,
      );
    }
    schema = schema.replace(strict, () => wide);
  }
  writeFileSync(file, schema);
}
