/**
 * Makes the files of src/data from upstream input. Run `npm run facts:import` after changing
 * anything below scripts/facts/; review what it did with `git diff`.
 *
 *   node scripts/import-facts.ts [input folder] [output folder]
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format } from 'prettier';
import { assertValidFacts, folderOfFamily } from '../src/data/validate.ts';
import { readUpstream, type Upstream } from './facts/appledb.ts';
import { assembleDevices, assembleReleases, type Authored } from './facts/assemble.ts';
import { isLeftOut } from './facts/rulings.ts';

const here = import.meta.dirname;
const input = process.argv[2] ?? join(here, 'facts/input');
const output = process.argv[3] ?? join(here, '../src/data');

try {
  const written = await importFacts(input, output);
  console.log(`Wrote ${written} fact files to ${output}. Review them with git diff.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/**
 * Everything is made before anything is written, so that bad input changes nothing.
 * @returns the number of files written
 */
async function importFacts(from: string, to: string): Promise<number> {
  const upstream = readUpstream(from);
  const authored = readJson(join(here, 'facts/authored.json')) as Record<string, Authored>;
  const files: [string, unknown][] = [
    ...assembleDevices(upstream, authored).map((device): [string, unknown] => [
      join('devices', folderOfFamily(device.family), `${device.id}.json`),
      device,
    ]),
    ...assembleReleases(upstream).map((release): [string, unknown] => [
      join('releases', `${release.id}.json`),
      release,
    ]),
    ['about.json', aboutOf(upstream)],
  ];
  const texts = await Promise.all(
    files.map(async ([file, record]): Promise<[string, string]> => [
      join(to, file),
      await format(JSON.stringify(record), { parser: 'json', printWidth: 100 }),
    ]),
  );
  rmSync(join(to, 'devices'), { recursive: true, force: true });
  rmSync(join(to, 'releases'), { recursive: true, force: true });
  for (const [file, text] of texts) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  assertValidFacts(to);
  return files.length;
}

function aboutOf(upstream: Upstream): unknown {
  const authored = readJson(join(here, 'facts/about.json')) as object;
  return {
    asOf: upstream.asOf,
    ...authored,
    newerThanFacts: upstream.devices
      .filter((device) => isLeftOut(device.identifier))
      .map(({ name, identifier, models }) => ({ name, identifiers: [identifier], models })),
  };
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
