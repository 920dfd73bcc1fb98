import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readUpstream, type UpstreamBuild } from '../../../scripts/facts/appledb.ts';
import {
  assembleDevices,
  assembleReleases,
  type Authored,
} from '../../../scripts/facts/assemble.ts';
import { convert } from '../../../scripts/facts/convert.ts';
import { inputTexts } from '../../../scripts/facts/inputFiles.ts';
import { publishedBuilds, publishedDevices } from '../../../scripts/facts/publishedRecords.ts';
import { recorded, recordedFacts, recordOf } from '../../facts/publish.ts';

const authored = JSON.parse(readFileSync(`${recordedFacts}/authored.json`, 'utf8')) as Record<
  string,
  Authored
>;
const described = new Set(Object.keys(authored));

describe('the input', () => {
  it('comes back as it is checked in, letter by letter', () => {
    const upstream = readUpstream('scripts/facts/input');
    const texts = inputTexts(upstream);
    for (const file of ['devices.json', 'releases.json']) {
      expect(texts.get(file)).toBe(readFileSync(`scripts/facts/input/${file}`, 'utf8'));
    }
  });
});

describe('published records', () => {
  it('become the devices and builds they were made from', () => {
    const upstream = readUpstream(`${recordedFacts}/input`);
    const { devices, builds } = recorded();
    const found = convert(
      { devices: publishedDevices(devices, 'devices'), builds: publishedBuilds(builds, 'builds') },
      described,
      '2098-01-01',
    ).upstream;
    expect(found.devices).toEqual(upstream.devices);
    expect(found.builds).toEqual(upstream.builds);
  });

  it('may tell the chips of one identifier apart', () => {
    const files = recorded();
    const device = recordOf(files.devices, 'iPhone8,1');
    files.devices.push({
      ...device,
      key: 'iPhone8,1-S8003',
      board: ['N71mAP'],
      model: ['A1633', 'A9999'],
    });
    device.key = 'iPhone8,1-S8000';
    const build = recordOf(files.builds, 'iOS;19H422');
    build.deviceMap = (build.deviceMap as string[]).flatMap((key) =>
      key === 'iPhone8,1' ? ['iPhone8,1-S8000', 'iPhone8,1-S8003'] : [key],
    );
    const found = convert(
      { devices: publishedDevices(files.devices, ''), builds: publishedBuilds(files.builds, '') },
      described,
      '2098-01-01',
    ).upstream;
    const own = found.devices.filter(({ identifier }) => identifier === 'iPhone8,1');
    expect(own).toHaveLength(1);
    expect(own[0]?.models).toContain('A9999');
    expect(found.builds).toEqual(readUpstream(`${recordedFacts}/input`).builds);
  });

  it('that are left out of the input change no fact', () => {
    const identifiers = ['iPhone8,1', 'iPhone10,1', 'iPhone10,4', 'iPad7,5'];
    const devices = publishedDevices(
      identifiers.map((identifier) => recordOf(recorded().devices, identifier)),
      '',
    );
    const some = fc.subarray(identifiers, { minLength: 1 });
    const build = fc.record({
      version: fc
        .tuple(fc.integer({ min: 13, max: 16 }), fc.nat(3), fc.nat(2))
        .map((parts) => parts.join('.')),
      released: fc.integer({ min: 10, max: 28 }).map((day) => `2024-05-${day}`),
      deviceMap: some,
      signed: fc.oneof(fc.constant(true), fc.constant(undefined), some),
    });
    fc.assert(
      fc.property(fc.array(build, { minLength: 1, maxLength: 40 }), (made) => {
        const builds = made.map((record, index) => ({
          ...record,
          osStr: 'iOS',
          build: `20A${100 + index}`,
        }));
        const { upstream } = convert(
          { devices, builds: publishedBuilds(builds, '') },
          described,
          '2024-06-01',
        );
        const all = builds.map((record): UpstreamBuild => ({
          ...record,
          os: 'iOS',
          signed: record.signed ?? null,
        }));
        const listed = new Set(all.flatMap(({ deviceMap }) => deviceMap));
        expect(upstream.devices.filter(({ byNameAlone }) => byNameAlone).length).toBe(
          identifiers.length - listed.size,
        );
        const factsOf = (kept: UpstreamBuild[]): unknown => {
          const whole = { ...upstream, builds: kept, days: {} };
          const names: Record<string, string> = {
            'iPhone8,1': 'iphone-6s',
            'iPhone10,1': 'iphone-8',
            'iPhone10,4': 'iphone-8',
            'iPad7,5': 'ipad-6th-generation',
          };
          const own = Object.fromEntries(
            [...listed].map((identifier) => [names[identifier], authored[names[identifier] ?? '']]),
          ) as Record<string, Authored>;
          return [...assembleDevices(whole, own), ...assembleReleases(whole)].sort((a, b) =>
            a.id.localeCompare(b.id),
          );
        };
        expect(factsOf(upstream.builds)).toEqual(factsOf(all));
        expect(upstream.builds.length).toBeLessThanOrEqual(all.length);
      }),
    );
  });
});
