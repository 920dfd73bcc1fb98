/**
 * What no update should do unless a person says so: such a change is damage at the source more often than news.
 * Why these and no others: docs/decisions/0009-an-update-is-doubted.md. Pure.
 */
import { compareVersions, versionOfFact } from '../../src/core/version.ts';
import type { Device, OfferedVersion, Release } from '../../src/data/schema.ts';
import { changedFields } from './changes.ts';
import type { FactRecords } from './factFiles.ts';

export interface Refusal {
  /** What `--accept` takes: "lost:iphone-8". */
  name: string;
  /** What would happen. */
  sentence: string;
}

/** The most records that may change in one update for another reason than a new version from Apple. */
const largestShare = 0.1;

export function refusalsOf(before: FactRecords, after: FactRecords): Refusal[] {
  return [
    ...lostRecords(before.devices, after.devices, 'device'),
    ...lostRecords(before.releases, after.releases, 'release'),
    ...pairs(before.devices, after.devices).flatMap(([old, now]) => [
      ...lostVariants(old, now),
      ...deviceGoingDown(old, now),
      ...noLongerOfferedAnything(old, now),
    ]),
    ...pairs(before.releases, after.releases).flatMap(([old, now]) => releaseGoingDown(old, now)),
    ...newestNotOffered(after.releases),
    ...manyChanges(before, after),
  ];
}

function lostRecords(
  before: readonly { id: string; name: string }[],
  after: readonly { id: string }[],
  kind: string,
): Refusal[] {
  const kept = new Set(after.map(({ id }) => id));
  return before
    .filter(({ id }) => !kept.has(id))
    .map(({ id, name }) => ({
      name: `lost:${id}`,
      sentence: `The ${kind} ${name} would be lost.`,
    }));
}

function lostVariants(before: Device, after: Device): Refusal[] {
  return before.variants
    .filter(
      ({ identifier }) => !after.variants.some((variant) => variant.identifier === identifier),
    )
    .map(({ identifier }) => ({
      name: `lost:${identifier}`,
      sentence: `The ${after.name} would lose its variant ${identifier}.`,
    }));
}

function deviceGoingDown(before: Device, after: Device): Refusal[] {
  const fallen = before.variants
    .map(({ identifier }) => [newestOf(before, identifier), newestOf(after, identifier)] as const)
    .find(([old, now]) => old && now && isBelow(now, old));
  return fallen ? [down(after, fallen[0] ?? '', fallen[1] ?? '')] : [];
}

function releaseGoingDown(before: Release, after: Release): Refusal[] {
  return isBelow(after.last.version, before.last.version)
    ? [down(after, before.last.version, after.last.version)]
    : [];
}

function down({ id, name }: { id: string; name: string }, from: string, to: string): Refusal {
  return {
    name: `down:${id}`,
    sentence: `The newest version of ${name} would go down from ${from} to ${to}.`,
  };
}

/** Apple goes on offering every device something: the last version, at least. */
function noLongerOfferedAnything(before: Device, after: Device): Refusal[] {
  return offersAny(before) && !offersAny(after)
    ? [
        {
          name: `unoffered:${after.id}`,
          sentence: `The ${after.name} would be offered nothing any more.`,
        },
      ]
    : [];
}

/** Apple offers at least the newest it has. */
function newestNotOffered(releases: readonly Release[]): Refusal[] {
  return (['iOS', 'iPadOS'] as const).flatMap((os) => {
    const newest = releases
      .filter((release) => release.os === os)
      .sort((a, b) => b.major - a.major)[0];
    return newest && !newest.offered
      ? [
          {
            name: `unoffered:${newest.id}`,
            sentence: `${newest.name} is the newest there is, and would be offered to no device.`,
          },
        ]
      : [];
  });
}

function manyChanges(before: FactRecords, after: FactRecords): Refusal[] {
  const all = before.devices.length + before.releases.length;
  const since = before.about.asOf;
  const lost =
    lostRecords(before.devices, after.devices, '').length +
    lostRecords(before.releases, after.releases, '').length;
  const changed =
    lost +
    pairs(before.devices, after.devices).filter(([old, now]) => !isExplainedDevice(old, now, since))
      .length +
    pairs(before.releases, after.releases).filter(
      ([old, now]) => !isExplainedRelease(old, now, since),
    ).length;
  return changed > all * largestShare
    ? [
        {
          name: 'many-changes',
          sentence: `${changed} of ${all} records would change for another reason than a version released since ${since}.`,
        },
      ]
    : [];
}

/** Whether all that changed follows from versions released since, or is a size that was measured. */
function isExplainedDevice(before: Device, after: Device, since: string): boolean {
  return changedFields(before, after).every((field) => {
    if (field === 'newest') return isExplainedNewest(before.newest, after.newest, since);
    if (field === 'alsoOffered') {
      return isExplainedOffer(before.alsoOffered, after.alsoOffered, since);
    }
    if (field === 'lastMajor') return isNewer(before.newest, after.newest, since);
    if (field === 'variants')
      return changedFields(withoutNewest(before), withoutNewest(after)).length === 0;
    return false;
  });
}

function isExplainedNewest(
  before: Device['newest'],
  after: Device['newest'],
  since: string,
): boolean {
  return (
    isNewer(before, after, since) ||
    changedFields(before, after).every((field) => field === 'downloadBytes')
  );
}

function isExplainedRelease(before: Release, after: Release, since: string): boolean {
  return changedFields(before, after).every(
    (field) => (field === 'last' || field === 'offered') && isNewer(before.last, after.last, since),
  );
}

/** A version gone makes room for a newer one of its major; a version come was released since. */
function isExplainedOffer(
  before: OfferedVersion[],
  after: OfferedVersion[],
  since: string,
): boolean {
  const come = after.filter(({ version }) => !before.some((old) => old.version === version));
  const gone = before.filter(({ version }) => !after.some((now) => now.version === version));
  return (
    come.every(({ released }) => released >= since) &&
    gone.every((old) =>
      come.some(
        (now) =>
          versionOfFact(now.version).major === versionOfFact(old.version).major &&
          isBelow(old.version, now.version),
      ),
    )
  );
}

function isNewer(before: OfferedVersion, after: OfferedVersion, since: string): boolean {
  return isBelow(before.version, after.version) && after.released >= since;
}

function withoutNewest({ variants }: Device): object {
  return variants.map(({ identifier, label, models }) => ({ identifier, label, models }));
}

function offersAny({ newest, alsoOffered }: Device): boolean {
  return newest.offered || alsoOffered.length > 0;
}

/** The newest version of one variant. @returns undefined where the device has no such variant */
function newestOf(device: Device, identifier: string): string | undefined {
  const variant = device.variants.find((known) => known.identifier === identifier);
  return variant && (variant.newest ?? device.newest).version;
}

function isBelow(a: string, b: string): boolean {
  return compareVersions(versionOfFact(a), versionOfFact(b)) < 0;
}

function pairs<Shape extends { id: string }>(
  before: readonly Shape[],
  after: readonly Shape[],
): [Shape, Shape][] {
  return before.flatMap((old): [Shape, Shape][] => {
    const now = after.find(({ id }) => id === old.id);
    return now ? [[old, now]] : [];
  });
}
