/**
 * AppleDB's published records -> the input of the import, in the shape of README.md. Pure.
 */
import type { Upstream, UpstreamBuild, UpstreamDevice, UpstreamDownload } from './appledb.ts';
import { byDay, byVersion, idOf, majorOf, nameAndLabel, releaseIdOf } from './assemble.ts';
import {
  daysIn,
  identifierOf,
  type PublishedBuild,
  type PublishedDevice,
} from './publishedRecords.ts';

/** What the input is made from. */
export interface Published {
  devices: PublishedDevice[];
  builds: PublishedBuild[];
}

/** A build as the input has it, with the name of its own file at AppleDB. */
interface Converted extends UpstreamBuild {
  key: string;
}

/**
 * @param described ids of the devices that `authored.json` tells of; others are known by name alone
 * @param day of the update: what is dated later is left aside
 * @returns the input without download sizes, and the files that hold those
 */
export function convert(
  published: Published,
  described: ReadonlySet<string>,
  day: string,
): { upstream: Omit<Upstream, 'days'>; sizeFiles: string[] } {
  const builds = neededBuilds(convertBuilds(published.builds, day));
  const listed = new Set(builds.flatMap((build) => build.deviceMap));
  const devices = mergeDevices(published.devices).map((device) =>
    described.has(idOf(nameAndLabel(device).name)) && listed.has(device.identifier)
      ? device
      : { ...device, byNameAlone: true },
  );
  return {
    upstream: { asOf: day, devices, builds: builds.map(withoutKey), sizes: [] },
    sizeFiles: sizeFilesOf(builds),
  };
}

/**
 * The full downloads of a build, one of each kind a device.
 * @returns for each identifier the first of a kind without prerequisite, as AppleDB lists them
 */
export function sizesOf(build: PublishedBuild): UpstreamDownload[] {
  const sizes = new Map<string, UpstreamDownload>();
  for (const { type, deviceMap, prerequisiteBuild, size } of build.sources ?? []) {
    if ((type !== 'ota' && type !== 'ipsw') || size === undefined) continue;
    if (prerequisiteBuild !== undefined) continue;
    for (const identifier of identifiersIn(deviceMap)) {
      const id = `${identifier} ${type}`;
      if (sizes.has(id)) continue;
      const { version, build: number } = build;
      sizes.set(id, { identifier, version, build: number, kind: type, bytes: size });
    }
  }
  return [...sizes.values()];
}

/** iPhone, iPod, iPad; within each, by number: the order the input is kept in. */
export function byIdentifier(a: string, b: string): number {
  const [left, right] = [a, b].map((identifier) => {
    const [, family = '', generation, member] = /^(\w+?)(\d+),(\d+)$/.exec(identifier) ?? [];
    return [families.indexOf(family), Number(generation), Number(member)];
  }) as [number[], number[]];
  return left.map((part, index) => part - (right[index] as number)).find(Boolean) ?? 0;
}

const families = ['iPhone', 'iPod', 'iPad'];

function mergeDevices(published: PublishedDevice[]): UpstreamDevice[] {
  const devices = new Map<string, UpstreamDevice>();
  for (const record of published) {
    for (const identifier of identifiersIn(record.identifier)) {
      const device = convertDevice(record, identifier);
      const twin = devices.get(identifier);
      if (device) devices.set(identifier, twin ? joined(twin, device) : device);
    }
  }
  return [...devices.values()].sort((a, b) => byIdentifier(a.identifier, b.identifier));
}

/** @returns undefined for what was never sold: without a day or an A-number */
function convertDevice(record: PublishedDevice, identifier: string): UpstreamDevice | undefined {
  const released = daysIn(record.released, identifier);
  const models = record.model.filter((model) => /^A\d{4}$/.test(model));
  if (released.length === 0 || models.length === 0) return undefined;
  const discontinued = daysIn(record.discontinued, identifier).sort().pop();
  return {
    identifier,
    name: record.name,
    family: identifier.startsWith('iPod')
      ? 'iPod touch'
      : identifier.startsWith('iPad')
        ? 'iPad'
        : 'iPhone',
    soc: [record.soc].flat()[0] as string,
    released: released.length === 1 ? (released[0] as string) : released,
    ...(discontinued ? { discontinued } : {}),
    models,
    ...(record.board?.length ? { boards: record.board } : {}),
  };
}

/** Two records of one identifier differ in chip and board alone. */
function joined(a: UpstreamDevice, b: UpstreamDevice): UpstreamDevice {
  return {
    ...a,
    name: a.name.length <= b.name.length ? a.name : b.name,
    models: [...new Set([...a.models, ...b.models])],
  };
}

function convertBuilds(published: PublishedBuild[], day: string): Converted[] {
  const builds = new Map<string, Converted>();
  for (const record of published) {
    const key = record.key ?? `${record.osStr};${record.build}`;
    const released = daysIn(record.released, key)[0] as string;
    const deviceMap = identifiersIn(record.deviceMap);
    if (released > day || deviceMap.length === 0 || onlyCameInstalled(record)) continue;
    const os = record.osStr === 'iPadOS' ? 'iPadOS' : 'iOS';
    const { version, build } = record;
    const signed = Array.isArray(record.signed)
      ? identifiersIn(record.signed)
      : record.signed === true || null;
    builds.set(`${os};${build}`, { os, version, build, released, deviceMap, signed, key });
  }
  return [...builds.values()].sort((a, b) => a.os.localeCompare(b.os) || byVersion(a, b));
}

/** Nobody could download it: iOS 10.0 came on the first iPhones 7, the world got 10.0.1. */
function onlyCameInstalled({ preinstalled, sources }: PublishedBuild): boolean {
  const installed =
    preinstalled === true || (Array.isArray(preinstalled) && preinstalled.length > 0);
  return installed && (sources ?? []).length === 0;
}

/**
 * What the import can tell apart: where the record begins, the first and the last version of every major, what
 * each device ran first, and the newest of every major it ran. Hundreds of builds between make no difference to any fact, and would
 * make the input too long to review.
 */
function neededBuilds(builds: Converted[]): Converted[] {
  const needed = new Set<string>();
  const keep = (own: Converted[]): void => {
    for (const end of [own[0], own[own.length - 1]]) {
      if (end) needed.add(`${end.os} ${end.version}`);
    }
  };
  keep([...builds].sort(byDay).slice(0, 1));
  for (const own of grouped(builds, releaseIdOf).values()) keep(own);
  const identifiers = new Set(builds.flatMap((build) => build.deviceMap));
  for (const identifier of identifiers) {
    const own = builds.filter((build) => build.deviceMap.includes(identifier)).sort(byVersion);
    keep(own.slice(0, 1));
    for (const ofMajor of grouped(own, ({ version }) => String(majorOf(version))).values()) {
      keep(ofMajor.slice(-1));
    }
  }
  return builds.filter(({ os, version }) => needed.has(`${os} ${version}`));
}

/** The files of the builds that Apple offers: nobody downloads others. */
function sizeFilesOf(builds: Converted[]): string[] {
  return builds
    .filter(({ signed }) => signed === true || (Array.isArray(signed) && signed.length > 0))
    .map(({ key }) => `ios/${key}.json`);
}

function withoutKey({ os, version, build, released, deviceMap, signed }: Converted): UpstreamBuild {
  return { os, version, build, released, deviceMap, signed };
}

function identifiersIn(keys: string[]): string[] {
  const known = keys.map(identifierOf).filter((identifier) => identifier !== undefined);
  return [...new Set(known)].sort(alphabetically);
}

/** iPad, iPhone, iPod, by number: the order AppleDB lists devices in. */
function alphabetically(a: string, b: string): number {
  return a.slice(0, 4).localeCompare(b.slice(0, 4)) || byIdentifier(a, b);
}

function grouped<Value>(values: Value[], keyOf: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const own = groups.get(keyOf(value)) ?? [];
    groups.set(keyOf(value), [...own, value]);
  }
  return groups;
}
