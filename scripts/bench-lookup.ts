/**
 * Keystroke to results at 1x, 10x and 100x the devices: what `lookup` takes for every state of
 * the input while somebody types. A benchmark, not a test: `npm run bench`.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildIndex, lookup } from '../src/core/lookup/lookup.ts';
import type { Device, Facts, Release } from '../src/data/schema.ts';
import type { About } from '../src/data/schema.ts';

const queries = [
  ...['6s', 'iphone 12 pro max', 'ihpone 8', 'ipad pro 12.9 2018', 'A1633', 'iphone se'],
  ...['11promax', 'iPhone8,1', 'MKQK2LL/A', 'galaxy'],
];
const keystrokes = queries.flatMap((query) =>
  Array.from(query, (_, index) => query.slice(0, index + 1)),
);
const rounds = 40;

const data = join(import.meta.dirname, '../src/data');
const devices = readAll('devices') as Device[];
const facts: Facts = {
  about: JSON.parse(readFileSync(join(data, 'about.json'), 'utf8')) as About,
  devices,
  releases: readAll('releases') as Release[],
};

const rows = [1, 10, 100].map((times) => {
  const index = buildIndex({ ...facts, devices: repeated(times) });
  for (const text of keystrokes) lookup(index, text); // warm up
  const timings: number[] = [];
  for (let round = 0; round < rounds / Math.sqrt(times); round += 1) {
    for (const text of keystrokes) {
      const start = performance.now();
      lookup(index, text);
      timings.push(performance.now() - start);
    }
  }
  timings.sort((a, b) => a - b);
  const at = (part: number): number => timings[Math.floor(part * (timings.length - 1))] ?? 0;
  return { times, count: index.named.length, samples: timings.length, p50: at(0.5), p95: at(0.95) };
});

const base = rows[0]?.p95 ?? 1;
console.log('Keystroke to results, in milliseconds on this machine');
console.table(
  rows.map(({ times, count, samples, p50, p95 }) => ({
    data: `${times}x`,
    devices: count,
    keystrokes: samples,
    'p50 ms': p50.toFixed(3),
    'p95 ms': p95.toFixed(3),
    'p95 against 1x': (p95 / base).toFixed(1),
  })),
);

/** The devices again and again, each copy under ids and numbers of its own. */
function repeated(times: number): Device[] {
  return Array.from({ length: times }, (_, copy) =>
    copy === 0
      ? devices
      : devices.map((device) => ({
          ...device,
          id: `${device.id}-${copy}`,
          name: device.name.replace(/\d+/, (number) => String(Number(number) + copy * 100)),
        })),
  ).flat();
}

function readAll(folder: string): unknown[] {
  return readdirSync(join(data, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(data, folder, file), 'utf8')) as unknown);
}
