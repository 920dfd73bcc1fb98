/** Facts -> the open data: records with what follows from them, and the table of everything. */
import { offersFor, releaseFor, verdictFor, type Verdict } from './compatibility.ts';
import type { Envelope, PublishedDevice, PublishedRelease } from '../data/published.ts';
import type { Device, Facts, OfferedVersion, Release } from '../data/schema.ts';

/** The full address of something on the site: "devices/iphone-6s/" -> "https://…". */
export type Absolute = (to: string) => string;

/** What every file says of itself. */
export function envelopeOf({ about }: Facts, absolute: Absolute): Envelope {
  const licensed = about.sources
    .filter(({ license }) => license !== undefined)
    .map(({ title, address, license }) => `${title} (${address}; ${license})`);
  return {
    version: 1,
    asOf: about.asOf,
    license: 'MIT',
    attribution: `Backup First (${absolute('')}), made from: ${licensed.join('; ')}.`,
    sources: about.sources,
  };
}

export function publishedDevice(device: Device, facts: Facts, absolute: Absolute): PublishedDevice {
  return {
    ...device,
    page: absolute(`devices/${device.id}/`),
    data: absolute(`api/v1/devices/${device.id}.json`),
    offeredToday: offersFor(device).map(bare),
    releases: verdictsOf(device, facts).map((verdict) => ({
      release: verdict.release.id,
      ...shortly(verdict),
    })),
  };
}

export function publishedRelease(
  release: Release,
  facts: Facts,
  absolute: Absolute,
): PublishedRelease {
  return {
    ...release,
    page: absolute(`releases/${release.id}/`),
    data: absolute(`api/v1/releases/${release.id}.json`),
    devices: facts.devices
      .flatMap((device) => verdictsOf(device, facts))
      .filter((verdict) => verdict.release.id === release.id)
      .map((verdict) => ({ device: verdict.device.id, ...shortly(verdict) })),
  };
}

/** The verdict of a device on every release of its own system, newest first. */
function verdictsOf(device: Device, facts: Facts): Verdict[] {
  return facts.releases
    .filter(({ id, major }) => releaseFor(facts, device, major)?.id === id)
    .map((release) => verdictFor(device, release));
}

function shortly({ kind, offerOfRelease }: Verdict): {
  verdict: Verdict['kind'];
  offered?: OfferedVersion;
} {
  return { verdict: kind, ...(offerOfRelease ? { offered: bare(offerOfRelease) } : {}) };
}

/** Of the newest version the record holds more than a version and its day. */
function bare({ version, released }: OfferedVersion): OfferedVersion {
  return { version, released };
}

const columns: Record<string, (verdict: Verdict, facts: Facts) => string> = {
  device_id: ({ device }) => device.id,
  device_name: ({ device }) => device.name,
  family: ({ device }) => device.family,
  year: ({ device }) => String(device.year),
  release_id: ({ release }) => release.id,
  release_name: ({ release }) => release.name,
  os: ({ release }) => release.os,
  major: ({ release }) => String(release.major),
  verdict: ({ kind }) => kind,
  offered_version: ({ offerOfRelease }) => offerOfRelease?.version ?? '',
  offered_released: ({ offerOfRelease }) => offerOfRelease?.released ?? '',
  offered_today: ({ offers }) => offers[0]?.version ?? '',
  last_version: ({ last }) => last.version,
  last_released: ({ last }) => last.released,
  as_of: (_, { about }) => about.asOf,
};

/** The columns of the table, in order. */
export const columnNames: readonly string[] = Object.keys(columns);

/**
 * One row for every device and release of its system, as CSV after RFC 4180: a header, commas, lines
 * that end in CR LF.
 */
export function compatibilityTable(facts: Facts): string {
  const rows = facts.devices
    .flatMap((device) => verdictsOf(device, facts))
    .map((verdict) => columnNames.map((name) => columns[name]?.(verdict, facts) ?? ''));
  return [columnNames, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
