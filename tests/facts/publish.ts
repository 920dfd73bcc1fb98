/**
 * AppleDB's published files, recorded: made back from the input of one day, with what AppleDB publishes beside
 * it and no fact is made of (other systems, betas, prototypes, accessories, differences between builds). The
 * shapes follow `API.md`, `deploy.js` and records of littlebyteorg/appledb, as of 2026.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Upstream, UpstreamDevice } from '../../scripts/facts/appledb.ts';
import { readUpstream } from '../../scripts/facts/appledb.ts';

/** The facts of October 5, 2026, which tests can name: the project's own go on. */
export const recordedFacts = 'tests/facts/recorded';

export type PublishedRecord = Record<string, unknown>;

/** By path below the published address. */
export interface PublishedFiles {
  devices: PublishedRecord[];
  builds: PublishedRecord[];
}

/** What AppleDB would publish if it knew what the input in a folder knows. */
export function recorded(folder = `${recordedFacts}/input`): PublishedFiles {
  const upstream = readUpstream(folder);
  return {
    devices: [...upstream.devices.map(publishedDevice), ...structuredClone(otherDevices)],
    builds: [
      ...upstream.builds.map((build) => publishedBuild(build, upstream)),
      ...structuredClone(otherBuilds),
    ],
  };
}

/** The files by their paths, as text: the list of builds without over-the-air downloads, each build with. */
export function published({ devices, builds }: PublishedFiles): Map<string, string> {
  return new Map([
    ['device/main.json', JSON.stringify(devices)],
    ['ios/iOS/main.json', JSON.stringify(builds.map(withoutOverTheAir))],
    ...builds.map((build): [string, string] => [
      `ios/${String(build.key)}.json`,
      JSON.stringify(build),
    ]),
  ]);
}

export function publishInto(folder: string, files: PublishedFiles): void {
  for (const [path, text] of published(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** The published record of a device or a build, to change in a test. */
export function recordOf(records: PublishedRecord[], key: string): PublishedRecord {
  const record = records.find((candidate) => candidate.key === key);
  if (!record) throw new Error(`Nothing is published as ${key}.`);
  return record;
}

function publishedDevice({
  identifier,
  name,
  family,
  soc,
  released,
  discontinued,
  models,
  boards,
}: UpstreamDevice): PublishedRecord {
  return {
    name,
    identifier: [identifier],
    soc,
    arch: 'arm64',
    type: family,
    board: boards ?? [],
    model: models,
    released,
    ...(discontinued ? { discontinued: [discontinued] } : {}),
    colors: [{ name: 'Silver', hex: 'E9EAEC', key: 'Silver' }],
    key: identifier,
  };
}

function publishedBuild(
  { os, version, build, released, deviceMap, signed }: Upstream['builds'][number],
  { sizes }: Upstream,
): PublishedRecord {
  const osStr = version.startsWith('3.') ? 'iPhone OS' : os;
  const own = sizes.filter(
    (size) =>
      size.build === build && size.version === version && deviceMap.includes(size.identifier),
  );
  return {
    osStr,
    version,
    build,
    uniqueBuild: build,
    key: `${osStr};${build}`,
    released,
    beta: false,
    rc: false,
    preinstalled: [],
    deviceMap,
    ...(signed === null ? {} : { signed }),
    sources: [
      { type: 'ota', deviceMap, prerequisiteBuild: ['18H107'], links: [], size: 12345 },
      { type: 'ipsw', deviceMap: [], links: [], size: 54321 },
      ...own.map(({ kind, identifier, bytes }) => ({
        type: kind,
        deviceMap: [identifier],
        links: [{ url: 'https://updates.cdn-apple.com/a', active: true }],
        size: bytes,
      })),
    ],
    appledburl: `https://appledb.dev/firmware/${osStr}/${build}`,
  };
}

function withoutOverTheAir(build: PublishedRecord): PublishedRecord {
  if (!Array.isArray(build.sources)) return build;
  const sources = build.sources as ({ type: string } | null)[];
  return { ...build, sources: sources.filter((source) => source?.type !== 'ota') };
}

const otherDevices: PublishedRecord[] = [
  {
    name: '20W USB-C Power Adapter',
    identifier: [],
    model: ['A2305'],
    board: [],
    key: '20W USB-C Power Adapter',
    type: 'Power Adapter',
  },
  {
    name: 'Mac mini (2024)',
    identifier: ['Mac16,10'],
    soc: 'M4',
    model: ['A3238'],
    board: ['J773gAP'],
    released: '2024-11-08',
    key: 'Mac16,10',
    type: 'Mac mini',
  },
  {
    name: 'iPhone prototype',
    identifier: ['iPhone99,9'],
    internal: true,
    soc: 'A99',
    model: [],
    board: [],
    released: '',
    key: 'iPhone99,9',
    type: 'iPhone',
  },
  {
    name: 'iPhone of tomorrow',
    identifier: ['iPhone98,1'],
    soc: 'A98',
    model: [],
    board: [],
    released: '',
    key: 'iPhone98,1',
    type: 'iPhone',
  },
];

const otherBuilds: PublishedRecord[] = [
  ...['beta', 'rc', 'internal', 'rsr', 'sdk'].map((mark, nth) => ({
    osStr: 'iOS',
    version: `27.${nth + 2}`,
    build: `24C10${nth}`,
    key: `iOS;24C10${nth}`,
    released: '2026-10-01',
    [mark]: true,
    deviceMap: ['iPhone19,2'],
    signed: true,
    sources: [],
  })),
  {
    osStr: 'iPhone Software',
    version: '2.2.1',
    build: '5H11',
    key: 'iPhone Software;5H11',
    released: '2009-01-27',
    beta: false,
    rc: false,
    deviceMap: ['iPhone1,1'],
    sources: [],
  },
  {
    osStr: 'iOS',
    version: '6.0 GM',
    build: '10A403',
    key: 'iOS;10A403-GM',
    released: '2012-09-12',
    rc: true,
    deviceMap: ['iPhone4,1'],
  },
  {
    osStr: 'iOS',
    version: '28.0 beta',
    build: '25A5001a',
    key: 'iOS;25A5001a',
    released: '2026-06-08',
    beta: true,
    deviceMap: ['iPhone19,2'],
    signed: true,
    sources: [],
  },
  {
    osStr: 'iOS',
    version: '17.0 Simulator',
    build: '21A328',
    key: 'iOS;21A328-sim',
    released: '2023-09-18',
    deviceMap: ['iOS Simulator'],
    sources: [],
  },
  {
    osStr: 'iOS',
    version: '10.0',
    build: '14A346',
    key: 'iOS;14A346',
    released: '2016-09-13',
    preinstalled: ['iPhone9,1'],
    deviceMap: ['iPhone8,1-S8000', 'iPhone9,1'],
    sources: [],
  },
  {
    osStr: 'iOS',
    version: '6.0',
    build: '10A100',
    key: 'iOS;10A100',
    released: '2012-06',
    deviceMap: ['iPhone4,1'],
    sources: [],
  },
  {
    osStr: 'iOS',
    version: '99.0',
    build: '99A1',
    key: 'iOS;99A1',
    released: '2099-01-01',
    deviceMap: ['iPhone19,2'],
    signed: true,
    sources: [],
  },
];
