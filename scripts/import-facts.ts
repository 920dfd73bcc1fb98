/**
 * Makes the files of src/data from upstream input. Run `npm run facts:import` after changing
 * anything below scripts/facts/; review what it did with `git diff`.
 *
 *   node scripts/import-facts.ts [input folder] [output folder]
 */
import { join } from 'node:path';
import { readUpstream } from './facts/appledb.ts';
import { readAuthored } from './facts/authored.ts';
import { makeFacts, textsOf } from './facts/factFiles.ts';
import { partsOfFacts } from './facts/partsOfFacts.ts';
import { replaceAll } from './facts/replace.ts';

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
 * Everything is made and checked before anything is put in its place, so that bad input changes nothing.
 * @returns the number of files written
 */
async function importFacts(from: string, to: string): Promise<number> {
  const { authored, about } = readAuthored(join(here, 'facts'));
  const texts = await textsOf(makeFacts(readUpstream(from), authored, about));
  const { parts, check } = partsOfFacts(texts, to);
  replaceAll(parts, check);
  return texts.size;
}
