/**
 * Upstream records -> our records. Pure: reads nothing, writes nothing.
 * The rulings on doubtful upstream facts are in `rulings.ts`, what upstream does not know in
 * `authored.json`.
 */
import { compareVersions, versionOfFact } from '../../src/core/version.ts';
import type { Device, OfferedVersion, Release, Variant } from '../../src/data/schema.ts';
import type { Upstream, UpstreamBuild, UpstreamDevice } from './appledb.ts';
import {
  addedModels,
  firstGenerationNames,
  notesOfIdentifier,
  releaseDates,
  renamed,
  signedLike,
} from './rulings.ts';

/** What upstream does not know about a device; one entry an id in `authored.json`. */
export interface Authored {
  nicknames: string[];
  connector: Device['connector'];
  homeButton: boolean;
  restartKeys: Device['restartKeys'];
  screen?: Device['screen'];
}

interface Reach {
  first: number;
  newest: UpstreamBuild;
  offered: UpstreamBuild[];
}

/**
 * @param authored by device id
 * @throws Error naming every device without an authored entry, and every entry without a device
 */
export function assembleDevices(upstream: Upstream, authored: Record<string, Authored>): Device[] {
  const groups = new Map<string, UpstreamDevice[]>();
  for (const device of upstream.devices) {
    if (isByNameAlone(device)) continue;
    const { name } = nameAndLabel(device);
    groups.set(name, [...(groups.get(name) ?? []), device]);
  }
  assertAuthored([...groups.keys()].map(idOf), Object.keys(authored));
  return [...groups].map(([name, members]) =>
    assembleDevice(name, members, upstream, authored[idOf(name)] as Authored),
  );
}

/** Every major of every operating system the builds tell of. */
export function assembleReleases({ builds, asOf, days }: Upstream): Release[] {
  const ids = new Set(builds.map((build) => releaseIdOf(build)));
  return [...ids].map((id) => {
    const own = builds.filter((build) => releaseIdOf(build) === id).sort(byVersion);
    const first = own[0] as UpstreamBuild;
    const last = own[own.length - 1] as UpstreamBuild;
    const ruling = releaseDates[id];
    return {
      id,
      os: first.os,
      major: majorOf(first.version),
      name: `${majorOf(first.version) === 3 ? 'iPhone OS' : first.os} ${majorOf(first.version)}`,
      first: { version: first.version, released: ruling?.released ?? first.released },
      last: versionOf(last),
      offered: last.deviceMap.some((identifier) => isSigned(last, identifier)),
      notes: ruling ? [ruling.note] : [],
      sources: ruling ? ['appledb', ruling.source] : ['appledb'],
      asOf: days[id] ?? asOf,
    };
  });
}

/** Whether looking a device up can only say that it is newer than the facts. */
export function isByNameAlone({ byNameAlone }: UpstreamDevice): boolean {
  return byNameAlone === true;
}

/** "iPad Pro 12.9-inch (2nd generation)" -> "ipad-pro-12-9-inch-2nd-generation" */
export function idOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** Splits upstream's name into the marketing model and what sets this variant apart. */
export function nameAndLabel({ identifier, name }: { identifier: string; name: string }): {
  name: string;
  label: string;
} {
  const labels: string[] = [];
  const bare = (renamed[identifier] ?? name)
    .replace(/ Wi-Fi( \+ (?:Cellular|3G))?/, (found) => {
      labels.push(found.trim());
      return '';
    })
    .replace(
      / \((GSM|CDMA|GSM, 2012|Mid 2012|MM|VZ|TD-LTE|1TB|1 or 2 TB|China mainland|Global)\)/g,
      (_, label: string) => {
        labels.push(label.replace('1TB', '1 TB'));
        return '';
      },
    )
    .replace(/ \((\d+(?:\.\d+)?-inch)\)/, ' $1');
  return { name: firstGenerationNames[bare] ?? bare, label: labels.join(', ') };
}

function assembleDevice(
  name: string,
  members: UpstreamDevice[],
  upstream: Upstream,
  authored: Authored,
): Device {
  const reaches = members.map((member) => reachOf(member.identifier, upstream.builds));
  const newest = reaches
    .map((reach) => reach.newest)
    .sort(byVersion)
    .pop() as UpstreamBuild;
  const offered = uniqueVersions(reaches.flatMap((reach) => reach.offered));
  const released = members.flatMap((member) => member.released).sort()[0] as string;
  const download = upstream.sizes.find(
    (size) =>
      size.kind === 'ota' &&
      size.version === newest.version &&
      members.some((member) => member.identifier === size.identifier),
  );
  return {
    id: idOf(name),
    name,
    family: (members[0] as UpstreamDevice).family,
    nicknames: authored.nicknames,
    released,
    year: Number.parseInt(released, 10),
    chip: chipName((members[0] as UpstreamDevice).soc),
    variants: members.map((member, index) =>
      assembleVariant(member, members.length, reaches[index] as Reach, newest),
    ),
    firstMajor: Math.min(...reaches.map((reach) => reach.first)),
    lastMajor: majorOf(newest.version),
    newest: {
      ...versionOf(newest),
      offered: offered.some((version) => version.version === newest.version),
      ...(download ? { downloadBytes: download.bytes } : {}),
    },
    alsoOffered: offered.filter((version) => version.version !== newest.version),
    connector: authored.connector,
    homeButton: authored.homeButton,
    restartKeys: authored.restartKeys,
    ...(authored.screen ? { screen: authored.screen } : {}),
    notes: [
      ...members.flatMap((member) => notesOfIdentifier[member.identifier] ?? []),
      ...launchNote(released, upstream),
    ],
    sources: ['appledb', 'rulings'],
    asOf: upstream.days[idOf(name)] ?? upstream.asOf,
  };
}

function assembleVariant(
  device: UpstreamDevice,
  siblings: number,
  reach: Reach,
  newest: UpstreamBuild,
): Variant {
  const { label } = nameAndLabel(device);
  return {
    identifier: device.identifier,
    label: label || (siblings === 1 ? 'All models' : 'Other models'),
    models: [...device.models, ...(addedModels[device.identifier] ?? [])].sort(),
    ...(reach.newest.version === newest.version ? {} : { newest: versionOf(reach.newest) }),
  };
}

/** What one hardware identifier ran first, runs last, and is offered. */
function reachOf(identifier: string, builds: UpstreamBuild[]): Reach {
  const own = builds.filter((build) => build.deviceMap.includes(identifier)).sort(byVersion);
  const first = own[0];
  const newest = own[own.length - 1];
  if (!first || !newest) {
    throw new Error(
      `No build lists ${identifier}. Add its builds to releases.json, or leave the device out in rulings.ts.`,
    );
  }
  const newestOfMajor = new Map(own.map((build) => [majorOf(build.version), build]));
  return {
    first: majorOf(first.version),
    newest,
    offered: [...newestOfMajor.values()].filter((build) => isSigned(build, identifier)),
  };
}

function isSigned(build: UpstreamBuild, identifier: string): boolean {
  return Array.isArray(build.signed)
    ? build.signed.includes(signedLike[identifier] ?? identifier)
    : build.signed === true;
}

/** Upstream starts at iPhone OS 3: what was sold before came with something older. */
function launchNote(released: string, { builds }: Upstream): string[] {
  const start = [...builds].sort(byDay)[0] as UpstreamBuild;
  return released < start.released
    ? [
        `Our facts begin at iPhone OS ${majorOf(start.version)}; this device was sold before it, with an earlier one.`,
      ]
    : [];
}

function assertAuthored(ids: string[], entries: string[]): void {
  const missing = ids.filter((id) => !entries.includes(id));
  const extra = entries.filter((id) => !ids.includes(id));
  if (missing.length + extra.length > 0) {
    throw new Error(
      `scripts/facts/authored.json must have one entry a device. Missing: ${missing.join(', ') || 'none'}. Without a device: ${extra.join(', ') || 'none'}.`,
    );
  }
}

/** Part codes of the years before Apple named its chips. */
function chipName(soc: string): string {
  return soc.startsWith('APL') ? `Samsung ${soc}` : soc;
}

function uniqueVersions(builds: UpstreamBuild[]): OfferedVersion[] {
  return [...new Map([...builds].sort(byVersion).map((build) => [build.version, build])).values()]
    .reverse()
    .map(versionOf);
}

function versionOf({ version, released }: UpstreamBuild): OfferedVersion {
  return { version, released };
}

/** "iOS" and "14.8.1" -> "ios-14" */
export function releaseIdOf({ os, version }: Pick<UpstreamBuild, 'os' | 'version'>): string {
  return `${os.toLowerCase()}-${majorOf(version)}`;
}

export function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}

/** Oldest version first; of two builds of one version, the earlier first. */
export function byVersion(a: UpstreamBuild, b: UpstreamBuild): number {
  return (
    compareVersions(versionOfFact(a.version), versionOfFact(b.version)) ||
    compareTexts(a.released, b.released) ||
    compareTexts(a.build, b.build)
  );
}

/** Earliest day first; of one day, the oldest version. */
export function byDay(a: UpstreamBuild, b: UpstreamBuild): number {
  return compareTexts(a.released, b.released) || byVersion(a, b);
}

function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
