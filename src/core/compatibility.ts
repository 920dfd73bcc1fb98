/**
 * (device, release) -> verdict.
 *
 * "Offered" always means: recorded as signed by Apple on the facts' date, for this device.
 */
import type { Device, Facts, OfferedVersion, Release } from '../data/schema.ts';
import { compareVersions, parseVersion, versionOfFact, type Version } from './version.ts';

export type VerdictKind =
  | 'offered' // runs it, and Apple still installs it
  | 'superseded' // runs it, but Apple no longer installs it
  | 'came-with' // was sold with it
  | 'too-new' // was sold with something later
  | 'too-old'; // stops before it

export interface Verdict {
  kind: VerdictKind;
  device: Device;
  release: Release;
  /** The newest version this device can run. */
  last: OfferedVersion;
  /** What Apple installs on it today, newest first; empty where none is recorded. */
  offers: OfferedVersion[];
  /** The version of the asked release that Apple still installs on it, if any. */
  offerOfRelease: OfferedVersion | undefined;
}

/** What the version a person says they have now means for their device. */
export type NowReading =
  | { kind: 'unread' } // not a version
  | { kind: 'never-existed'; version: Version } // 1, 2, 19 to 25
  | { kind: 'below-first' | 'above-last' | 'newer-than-facts'; version: Version }
  | {
      kind: 'known';
      version: Version;
      /** Against the release asked about: an older major, that major, or a newer one. */
      release: 'before' | 'on' | 'past';
      /** Against the newest version this device gets. */
      newest: 'behind' | 'same';
      /** Smaller updates Apple also installs on the way to the newest. */
      between: OfferedVersion[];
      /** This version cannot update itself: it has no Software Update in Settings. */
      computerOnly: boolean;
    };

/**
 * The first version that Settings could install was 5.0.1; 5.0 itself came over a cable.
 * Source: macworld.co.uk, "Hands on with iOS over-the-air updates", 2011.
 */
const newestWithoutSoftwareUpdate: Version = { major: 5, minor: 0, patch: 0 };

/**
 * The release of a major on this device's operating system: iPads have iPadOS from 13 on.
 * @returns undefined when there is no such major
 */
export function releaseFor(facts: Facts, device: Device, major: number): Release | undefined {
  const ofMajor = facts.releases.filter((release) => release.major === major);
  const os = device.family === 'iPad' && major >= 13 ? 'iPadOS' : 'iOS';
  return ofMajor.filter((release) => release.os === os)[0] ?? ofMajor[0];
}

/** What Apple installs on a device today, newest first. */
export function offersFor(device: Device): OfferedVersion[] {
  return device.newest.offered ? [device.newest, ...device.alsoOffered] : device.alsoOffered;
}

/**
 * Whether a device can have a release, and what Apple does about it today.
 * @param release a release of this device's operating system, from `releaseFor`
 */
export function verdictFor(device: Device, release: Release): Verdict {
  const offers = offersFor(device);
  const offerOfRelease = offers.filter(
    (offer) => versionOfFact(offer.version).major === release.major,
  )[0];
  return {
    kind: kindOf(device, release, offerOfRelease !== undefined),
    device,
    release,
    last: device.newest,
    offers,
    offerOfRelease,
  };
}

function kindOf(device: Device, release: Release, offered: boolean): VerdictKind {
  if (release.major > device.lastMajor) return 'too-old';
  if (release.major < device.firstMajor) return 'too-new';
  if (release.major === device.firstMajor && !soldBefore(device, release)) return 'came-with';
  return offered ? 'offered' : 'superseded';
}

/**
 * The facts begin at iPhone OS 3; a device sold in an earlier year came with something older.
 * Years are compared because older days may be days of announcement.
 */
function soldBefore(device: Device, release: Release): boolean {
  return device.year < Number.parseInt(release.first.released, 10);
}

/** Whether Settings of a version can install an update; older ones need a computer. */
export function canUpdateItself(version: Version): boolean {
  return compareVersions(version, newestWithoutSoftwareUpdate) > 0;
}

/** Whether a device can run a major at all. */
export function runs(device: Device, major: number): boolean {
  return major >= device.firstMajor && major <= device.lastMajor;
}

/**
 * Reads the version a person has now against the facts of their device.
 * @param text as typed; see `parseVersion`
 */
export function readNow(facts: Facts, verdict: Verdict, text: string): NowReading {
  const version = parseVersion(text);
  if (!version) return { kind: 'unread' };
  const { device, release } = verdict;
  const newestMajor = Math.max(...facts.releases.map((known) => known.major));
  // Only a device that gets the newest release may have one that came after the facts.
  if (version.major > newestMajor && device.lastMajor === newestMajor) {
    return { kind: 'newer-than-facts', version };
  }
  if (version.major > newestMajor) return { kind: 'above-last', version };
  if (!facts.releases.some((known) => known.major === version.major)) {
    return { kind: 'never-existed', version };
  }
  if (version.major > device.lastMajor) return { kind: 'above-last', version };
  if (version.major < device.firstMajor) return { kind: 'below-first', version };
  const distance = compareVersions(version, versionOfFact(device.newest.version));
  if (distance > 0) return { kind: 'newer-than-facts', version };
  return {
    kind: 'known',
    version,
    release:
      version.major < release.major ? 'before' : version.major > release.major ? 'past' : 'on',
    newest: distance === 0 ? 'same' : 'behind',
    between: device.newest.offered
      ? device.alsoOffered.filter(
          (offer) => compareVersions(version, versionOfFact(offer.version)) < 0,
        )
      : [],
    computerOnly: !canUpdateItself(version),
  };
}

/** The verdict of every device on a major, newest device first. */
export function verdictsFor(facts: Facts, major: number): Verdict[] {
  return facts.devices.flatMap((device) => {
    const release = releaseFor(facts, device, major);
    return release ? [verdictFor(device, release)] : [];
  });
}
