/** How a major release is named where iPhones and iPads are spoken of together. */
import type { Verdict } from '../core/compatibility.ts';
import type { Facts, Family, Release } from '../data/schema.ts';

/** The releases of one major, iOS first; newest major first. */
export function majorsOf({ releases }: Facts): { major: number; releases: Release[] }[] {
  return releases
    .map(({ major }) => major)
    .filter((major, index, all) => all.indexOf(major) === index)
    .map((major) => ({ major, releases: releases.filter((release) => release.major === major) }));
}

/** "iOS 14 and iPadOS 14", "iOS 12", "iPhone OS 3" */
export function nameOfMajor(releases: readonly Release[]): string {
  return releases.map(({ name }) => name).join(' and ');
}

/** The families in the order tables show them, with the word for many of them. */
export const families: readonly { family: Family; plural: string }[] = [
  { family: 'iPhone', plural: 'iPhones' },
  { family: 'iPod touch', plural: 'iPod touch' },
  { family: 'iPad', plural: 'iPads' },
];

/**
 * What became of a release: whether Apple still offers it, and what is offered instead.
 * @param able the verdicts of the devices that can run it
 */
export function fate(name: string, able: readonly Verdict[]): string {
  const all = able.length;
  const offered = able.filter(({ offerOfRelease }) => offerOfRelease).length;
  const newer = able.filter(({ offers }) => offers.length > 0).length;
  if (offered === all) return `Apple offers it to all ${all} devices that can run it.`;
  if (offered > 0) {
    return `Of the ${all} devices that can run it, Apple still offers it to ${offered}; the others get something newer.`;
  }
  if (newer === 0) {
    return `We found no sign that Apple still offers ${name} to any device, or anything newer to the ${all} devices that can run it.`;
  }
  return newer === all
    ? `Apple no longer offers ${name} to any device. All ${all} devices that can run it get something newer instead.`
    : `We found no sign that Apple still offers ${name} to any device. Of the ${all} devices that can run it, ${newer} get something newer instead.`;
}
