/** What the lookup alone takes for a keystroke, at 1x, 10x and 100x the devices. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildIndex, lookup as lookUp } from '../../src/core/lookup/lookup.ts';
import type { About, Device, Facts, Release } from '../../src/data/schema.ts';
import { readRecords, repeatedDevices } from '../moreDevices.ts';
import { project } from '../programs.ts';
import { keystrokes } from '../queries.ts';
import type { Part } from '../report.ts';
import { quantile } from '../statistics.ts';

const rounds = 40;
const data = join(project, 'src/data');

export const lookup: Part = {
  name: 'lookup',
  title: 'The lookup alone, with more devices',
  run: () => {
    const devices = readRecords(join(data, 'devices')) as Device[];
    const facts: Facts = {
      about: JSON.parse(readFileSync(join(data, 'about.json'), 'utf8')) as About,
      devices,
      releases: readRecords(join(data, 'releases')) as Release[],
    };
    const measured = [1, 10, 100].map((times) => {
      const timings = timed(facts, repeatedDevices(devices, times), rounds / Math.sqrt(times));
      return { times, devices: devices.length * times, ...timings };
    });
    const base = measured[0]?.p95 ?? Number.NaN;
    return {
      tables: [
        {
          title: 'Keystroke to results in Node.js, milliseconds',
          rows: measured.map(({ times, devices: count, samples, p50, p95 }) => ({
            data: `${times}x`,
            devices: count,
            keystrokes: samples,
            'p50 ms': p50.toFixed(3),
            'p95 ms': p95.toFixed(3),
            'p95 against 1x': `${(p95 / base).toFixed(1)}x`,
          })),
        },
      ],
      notes: [],
      measured,
    };
  },
};

function timed(
  facts: Facts,
  devices: Device[],
  rounds: number,
): { samples: number; p50: number; p95: number } {
  const index = buildIndex({ ...facts, devices });
  for (const text of keystrokes) lookUp(index, text); // warm up
  const timings: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const text of keystrokes) {
      const start = performance.now();
      lookUp(index, text);
      timings.push(performance.now() - start);
    }
  }
  return { samples: timings.length, p50: quantile(timings, 0.5), p95: quantile(timings, 0.95) };
}
