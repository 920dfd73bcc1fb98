/** What differs between two sets of facts, in words. Pure. */
import { isDeepStrictEqual } from 'node:util';
import type { Device, OfferedVersion, Release, Variant } from '../../src/data/schema.ts';
import type { FactRecords } from './factFiles.ts';

interface Change {
  /** "iPhone 8"; without a name, `what` is a whole line. */
  who?: string;
  /** "newest 16.7.15 -> 16.7.16" */
  what: string;
}

/**
 * One line a change, releases first, in the order of the later facts.
 * @returns none where a reader would see no difference but the date
 */
export function changesInWords(before: FactRecords, after: FactRecords): string[] {
  return [
    ...eachRecord(before.releases, after.releases, 'release', releaseChanges).map(inWords),
    ...together(eachRecord(before.devices, after.devices, 'device', deviceChanges)),
    ...aboutChanges(before, after),
  ];
}

/** Ids of the records that differ in more than their date; a new record differs. */
export function changedIds(before: FactRecords, after: FactRecords): Set<string> {
  const old = new Map([...before.devices, ...before.releases].map((record) => [record.id, record]));
  return new Set(
    [...after.devices, ...after.releases]
      .filter((record) => {
        const known = old.get(record.id);
        return !known || changedFields(known, record).length > 0;
      })
      .map(({ id }) => id),
  );
}

/** The fields in which two records differ, without their date. */
export function changedFields<Shape extends object>(before: Shape, after: Shape): string[] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  fields.delete('asOf');
  return [...fields].filter(
    (field) => !isDeepStrictEqual(before[field as keyof Shape], after[field as keyof Shape]),
  );
}

function eachRecord<Shape extends { id: string; name: string }>(
  before: readonly Shape[],
  after: readonly Shape[],
  kind: string,
  changes: (before: Shape, after: Shape) => string[],
): Change[] {
  const old = new Map(before.map((record) => [record.id, record]));
  const now = new Set(after.map(({ id }) => id));
  return [
    ...after
      .filter(({ id }) => !old.has(id))
      .map((record) => ({ what: `new ${kind}: ${introduced(record)}` })),
    ...before
      .filter(({ id }) => !now.has(id))
      .map(({ name }) => ({ what: `${kind} lost: ${name}` })),
    ...after.flatMap((record): Change[] => {
      const known = old.get(record.id);
      return known ? changes(known, record).map((what) => ({ who: record.name, what })) : [];
    }),
  ];
}

function introduced(record: { name: string }): string {
  if (!('first' in record)) return record.name;
  const { first, last } = record as unknown as Release;
  const later = last.version === first.version ? '' : `, now ${last.version}`;
  return `${record.name} (${first.version} released ${first.released}${later})`;
}

/** One line for all that share a change: "iPhone 8, iPhone X: newest 16.7.15 -> 16.7.16". */
function together(changes: Change[]): string[] {
  const groups = new Map<string, string[]>();
  for (const { who, what } of changes) {
    groups.set(what, [...(groups.get(what) ?? []), ...(who === undefined ? [] : [who])]);
  }
  return [...groups].map(([what, who]) =>
    inWords(who.length === 0 ? { what } : { who: who.join(', '), what }),
  );
}

function inWords({ who, what }: Change): string {
  return who === undefined ? what : `${who}: ${what}`;
}

function releaseChanges(before: Release, after: Release): string[] {
  return changedFields(before, after).map((field) => {
    if (field === 'last' && before.last.version !== after.last.version) {
      return `${after.last.version} released ${after.last.released} (before: ${before.last.version})`;
    }
    if (field === 'offered') {
      return after.offered
        ? 'its last version is offered now'
        : 'its last version is not offered any more';
    }
    return plainly(field, before, after);
  });
}

function deviceChanges(before: Device, after: Device): string[] {
  return changedFields(before, after).flatMap((field) => {
    if (field === 'newest') return newestChanges(before.newest, after.newest);
    if (field === 'alsoOffered') return alsoOfferedChanges(before.alsoOffered, after.alsoOffered);
    if (field === 'variants') return variantChanges(before.variants, after.variants);
    return [plainly(field, before, after)];
  });
}

function newestChanges(before: Device['newest'], after: Device['newest']): string[] {
  const moved = before.version !== after.version;
  const not = moved ? 'not offered' : 'not offered any more';
  return [
    ...(moved ? [`newest ${before.version} -> ${after.version}`] : []),
    ...(!moved && before.released !== after.released
      ? [`${after.version} is dated ${after.released}, not ${before.released}`]
      : []),
    ...(before.offered === after.offered
      ? []
      : [`${after.version} is ${after.offered ? 'offered now' : not}`]),
    ...(before.downloadBytes === after.downloadBytes
      ? []
      : [
          `download of ${after.version}: ${gigabytes(before.downloadBytes)} -> ${gigabytes(after.downloadBytes)}`,
        ]),
  ];
}

function alsoOfferedChanges(before: OfferedVersion[], after: OfferedVersion[]): string[] {
  const versions = (offered: OfferedVersion[]): string =>
    offered.map(({ version }) => version).join(', ') || 'nothing';
  return [`offered beside the newest: ${versions(before)} -> ${versions(after)}`];
}

function variantChanges(before: Variant[], after: Variant[]): string[] {
  const old = new Map(before.map((variant) => [variant.identifier, variant]));
  const now = new Map(after.map((variant) => [variant.identifier, variant]));
  return [
    ...after
      .filter(({ identifier }) => !old.has(identifier))
      .map(({ identifier, models }) => `new variant ${identifier} (${models.join(', ')})`),
    ...before
      .filter(({ identifier }) => !now.has(identifier))
      .map(({ identifier }) => `variant ${identifier} lost`),
    ...before.flatMap((variant) => {
      const later = now.get(variant.identifier);
      return later
        ? changedFields(variant, later).map(
            (field) => `${variant.identifier}: ${plainly(field, variant, later)}`,
          )
        : [];
    }),
  ];
}

function aboutChanges(before: FactRecords, after: FactRecords): string[] {
  const known = before.about.newerThanFacts.flatMap(({ identifiers }) => identifiers);
  const now = after.about.newerThanFacts.flatMap(({ identifiers }) => identifiers);
  return [
    ...after.about.newerThanFacts
      .filter(({ identifiers }) => !identifiers.some((identifier) => known.includes(identifier)))
      .map(
        ({ name, identifiers }) =>
          `known by name alone: ${name} (${identifiers.join(', ')}); CONTRIBUTING.md says how to describe it`,
      ),
    ...before.about.newerThanFacts
      .filter(({ identifiers }) => !identifiers.some((identifier) => now.includes(identifier)))
      .map(({ name }) => `no longer known by name alone: ${name}`),
  ];
}

/** A field that changes too seldom for words of its own. */
function plainly<Shape extends object>(field: string, before: Shape, after: Shape): string {
  const shown = (value: unknown): string =>
    value === undefined ? 'nothing' : JSON.stringify(value);
  return `${field} ${shown(before[field as keyof Shape])} -> ${shown(after[field as keyof Shape])}`;
}

function gigabytes(bytes: number | undefined): string {
  return bytes === undefined ? 'not recorded' : `${(bytes / 1e9).toFixed(2)} GB`;
}
