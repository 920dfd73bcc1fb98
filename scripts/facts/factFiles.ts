/**
 * Upstream records -> the files of src/data, in memory: nothing is written here. What writes them is
 * `replace.ts`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format } from 'prettier';
import type { About, Device, Release } from '../../src/data/schema.ts';
import { folderOfFamily } from '../../src/data/validate.ts';
import type { Upstream } from './appledb.ts';
import { assembleDevices, assembleReleases, isByNameAlone, type Authored } from './assemble.ts';

/** What is true, as the files of src/data say it. */
export interface FactRecords {
  about: About;
  devices: Device[];
  releases: Release[];
}

/** What `about.json` of this folder holds: all of `About` that no upstream record says. */
export type AuthoredAbout = Pick<About, 'headlineMajor' | 'sources'>;

/**
 * @param authored by device id
 * @throws Error with a sentence about records that nobody described, or that no build lists
 */
export function makeFacts(
  upstream: Upstream,
  authored: Record<string, Authored>,
  about: AuthoredAbout,
): FactRecords {
  return {
    devices: assembleDevices(upstream, authored),
    releases: assembleReleases(upstream),
    about: {
      asOf: upstream.asOf,
      ...about,
      newerThanFacts: upstream.devices
        .filter(isByNameAlone)
        .map(({ name, identifier, models }) => ({ name, identifiers: [identifier], models })),
    },
  };
}

/** Every fact file by its path below src/data, as Prettier writes it. */
export async function textsOf(facts: FactRecords): Promise<Map<string, string>> {
  const files: [string, unknown][] = [
    ...facts.devices.map((device): [string, unknown] => [
      join('devices', folderOfFamily(device.family), `${device.id}.json`),
      device,
    ]),
    ...facts.releases.map((release): [string, unknown] => [
      join('releases', `${release.id}.json`),
      release,
    ]),
    ['about.json', facts.about],
  ];
  return new Map(
    await Promise.all(
      files.map(async ([file, record]): Promise<[string, string]> => [
        file,
        await jsonText(record),
      ]),
    ),
  );
}

/**
 * A record as Prettier writes it.
 * @param written how it is given to Prettier, which leaves an object of several lines so
 */
export function jsonText(record: unknown, written = JSON.stringify(record)): Promise<string> {
  return format(written, { parser: 'json', printWidth: 100 });
}

/** Writes texts by their paths below a folder. */
export function writeTexts(folder: string, texts: Map<string, string>): void {
  for (const [file, text] of texts) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}
