/**
 * Brings the facts up to date: AppleDB's published records -> the import's input and src/data, both at once
 * or neither. The command is `scripts/update-facts.ts`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { checkFacts, describeProblem } from '../../src/data/validate.ts';
import { readUpstream, type Upstream, type UpstreamDownload } from './appledb.ts';
import { byVersion, idOf, isByNameAlone, nameAndLabel, type Authored } from './assemble.ts';
import { readAuthored } from './authored.ts';
import { changedIds, changesInWords } from './changes.ts';
import { byIdentifier, convert, sizesOf, type Published } from './convert.ts';
import { jsonText, makeFacts, textsOf, type AuthoredAbout, type FactRecords } from './factFiles.ts';
import { inputTexts } from './inputFiles.ts';
import { partsOfFacts } from './partsOfFacts.ts';
import { NotPublished, type ReadPublished } from './published.ts';
import { publishedBuild, publishedBuilds, publishedDevices } from './publishedRecords.ts';
import { refusalsOf, type Refusal } from './refusals.ts';
import { replaceAll, type Part } from './replace.ts';

export interface Update {
  read: ReadPublished;
  /** Names of refusals that a person said are right. */
  accepted: readonly string[];
  /** The day of the update, as an ISO date: what is dated later is left aside. */
  day: string;
  folders: {
    /** scripts/facts, or a copy of it: `input/`, `authored.json`, `about.json`. */
    facts: string;
    /** src/data, or a copy of it. */
    data: string;
  };
  /** Another way to rename, for tests of what happens when one fails. */
  rename?: (from: string, to: string) => void;
}

/** The update would do what it should not unless told. Its message is complete. */
export class Refused extends Error {}

/**
 * @returns what changed, a line each; none where nothing did but the date
 * @throws Error with a sentence; nothing was written then
 */
export async function updateFacts(update: Update): Promise<string[]> {
  const { folders, day } = update;
  const before = readFacts(folders.data);
  assertNotBefore(day, before.about.asOf);
  const own = readAuthored(folders.facts);
  const input = readUpstream(join(folders.facts, 'input'));
  const upstream = await readPublished(update, input.sizes, new Set(Object.keys(own.authored)));
  const authored = withoutLost(own.authored, before, upstream);
  const about = readOn(own.about, day);
  const found = makeFacts(upstream, authored, about);
  const words = changesInWords(before, found);
  assertAccepted(refusalsOf(before, found), update.accepted, words);
  const dated = { ...upstream, days: daysOf(before, found) };
  const rewritten = [
    ...(isDeepStrictEqual(authored, own.authored) ? [] : [['authored.json', authored] as const]),
    ...(isDeepStrictEqual(about, own.about) ? [] : [['about.json', about] as const]),
  ];
  await write(update, dated, makeFacts(dated, authored, about), rewritten);
  return words;
}

async function readPublished(
  { read, day }: Update,
  known: UpstreamDownload[],
  described: ReadonlySet<string>,
): Promise<Upstream> {
  const published: Published = {
    devices: publishedDevices(await read('device/main.json'), 'device/main.json'),
    builds: publishedBuilds(await read('ios/iOS/main.json'), 'ios/iOS/main.json'),
  };
  const { upstream, sizeFiles } = convert(published, described, day);
  const sizes = [...known, ...published.builds.flatMap(sizesOf)];
  for (const file of sizeFiles) sizes.push(...(await sizesIn(read, file)));
  return { ...upstream, sizes: neededSizes(sizes, upstream), days: {} };
}

/** A build without a file of its own keeps the sizes that are known. */
async function sizesIn(read: ReadPublished, file: string): Promise<UpstreamDownload[]> {
  try {
    return sizesOf(publishedBuild(await read(file), file));
  } catch (error) {
    if (error instanceof NotPublished) return [];
    throw error;
  }
}

/** What each device would download today: the last known size of its newest version, of each kind. */
function neededSizes(
  sizes: UpstreamDownload[],
  { builds }: Pick<Upstream, 'builds'>,
): UpstreamDownload[] {
  const newest = new Map(
    [...builds]
      .sort(byVersion)
      .flatMap(({ version, deviceMap }) => deviceMap.map((identifier) => [identifier, version])),
  );
  const needed = new Map(
    sizes
      .filter(({ identifier, version }) => newest.get(identifier) === version)
      .map((size) => [`${size.identifier} ${size.kind}`, size]),
  );
  return [...needed.values()].sort(
    (a, b) => byIdentifier(a.identifier, b.identifier) || a.kind.localeCompare(b.kind),
  );
}

function readFacts(folder: string): FactRecords {
  const { problems, about, devices, releases } = checkFacts(folder);
  if (problems.length > 0 || !about) {
    throw new Error(
      `The facts at hand are not valid; mend them first.\n\n${problems.map(describeProblem).join('\n\n')}`,
    );
  }
  return {
    about,
    devices: devices.map(({ value }) => value),
    releases: releases.map(({ value }) => value),
  };
}

function assertNotBefore(day: string, asOf: string): void {
  if (day < asOf) {
    throw new Error(`The facts are of ${asOf} already; an update of ${day} would make them older.`);
  }
}

/** A device that is lost takes its description along, once a person has accepted the loss. */
function withoutLost(
  authored: Record<string, Authored>,
  before: FactRecords,
  { devices }: Upstream,
): Record<string, Authored> {
  const found = new Set(
    devices
      .filter((device) => !isByNameAlone(device))
      .map((device) => idOf(nameAndLabel(device).name)),
  );
  const lost = new Set(before.devices.map(({ id }) => id).filter((id) => !found.has(id)));
  return Object.fromEntries(Object.entries(authored).filter(([id]) => !lost.has(id)));
}

/** The day AppleDB was read. */
function readOn(about: AuthoredAbout, day: string): AuthoredAbout {
  return {
    ...about,
    sources: about.sources.map((source) =>
      source.id === 'appledb' ? { ...source, read: day } : source,
    ),
  };
}

function assertAccepted(
  refusals: Refusal[],
  accepted: readonly string[],
  words: readonly string[],
): void {
  const open = refusals.filter(({ name }) => !accepted.includes(name));
  if (open.length === 0) return;
  throw new Refused(
    [
      'Nothing was written: this is damage at the source more often than news.',
      ...open.map(({ sentence }) => `- ${sentence}`),
      '',
      'What would change:',
      ...words.map((line) => `- ${line}`),
      '',
      'If it is right, say so:',
      `  npm run facts:update -- ${open.map(({ name }) => `--accept ${name}`).join(' ')}`,
    ].join('\n'),
  );
}

/** A record that did not change keeps its day, so that a diff shows what did. */
function daysOf(before: FactRecords, found: FactRecords): Record<string, string> {
  const changed = changedIds(before, found);
  return Object.fromEntries(
    [...before.devices, ...before.releases]
      .filter(({ id, asOf }) => !changed.has(id) && asOf !== found.about.asOf)
      .filter(({ id }) => [...found.devices, ...found.releases].some((record) => record.id === id))
      .map(({ id, asOf }) => [id, asOf]),
  );
}

async function write(
  { folders, rename }: Update,
  upstream: Upstream,
  facts: FactRecords,
  rewritten: (readonly [string, unknown])[],
): Promise<void> {
  const { parts, check } = partsOfFacts(await textsOf(facts), folders.data);
  const beside = new Map(
    [...inputTexts(upstream)].map(([name, text]): [string, string] => [`input/${name}`, text]),
  );
  for (const [name, record] of rewritten) {
    beside.set(name, await jsonText(record, JSON.stringify(record, null, 2)));
  }
  replaceAll([...parts, ...filesToReplace(folders.facts, beside)], check, rename);
}

function filesToReplace(folder: string, texts: Map<string, string>): Part[] {
  return [...texts].map(([name, text]) => ({
    target: join(folder, name),
    write: (path) => {
      writeFileSync(path, text);
    },
  }));
}
