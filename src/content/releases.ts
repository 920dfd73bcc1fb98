/** How a major release is named where iPhones and iPads are spoken of together. */
import type { Facts, Release } from '../data/schema.ts';

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
