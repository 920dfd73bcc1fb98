/**
 * Makes the search that Pagefind wrote run in every browser down to the floor: compiles its script,
 * adds its engine as plain script for where WebAssembly cannot run, and deletes what the site does
 * not use.
 *
 *   node scripts/lower-search.ts [folder]
 */
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { buildTarget } from './floor/browsers.ts';
import { compiled, lowerPagefind, plainEngine } from './search/lowerPagefind.ts';
import { translateWasm } from './search/translateWasm.ts';

const folder = join(process.argv[2] ?? 'dist', 'pagefind');
/** Stands before everything that Pagefind compresses. */
const signature = 'pagefind_dcd';

/** Its own search boxes, the marking of words, and the worker: a small index needs none. */
const unused = /^pagefind-.+\.(js|css)$/;

for (const file of readdirSync(folder)) {
  if (unused.test(file)) rmSync(join(folder, file));
}
const script = join(folder, 'pagefind.js');
writeFileSync(script, await lowerPagefind(readFileSync(script, 'utf8'), buildTarget));
writeFileSync(join(folder, plainEngine), await engineAsScript());

/** One language, one engine: the first that the index names. */
async function engineAsScript(): Promise<string> {
  const entry = JSON.parse(readFileSync(join(folder, 'pagefind-entry.json'), 'utf8')) as {
    languages: Record<string, { wasm: string | null }>;
  };
  const engines = Object.values(entry.languages).map(({ wasm }) => wasm ?? 'unknown');
  const [engine] = engines;
  if (engine === undefined || engines.length > 1) {
    throw new Error(
      `The search index has ${engines.length} languages. The plain engine is made for one: ` +
        'give every page the same lang, or make one engine a language in scripts/lower-search.ts.',
    );
  }
  const bytes = gunzipSync(readFileSync(join(folder, `wasm.${engine}.pagefind`)));
  if (bytes.subarray(0, signature.length).toString() !== signature) {
    throw new Error(`wasm.${engine}.pagefind does not begin with “${signature}”.`);
  }
  return compiled(translateWasm(bytes.subarray(signature.length)), buildTarget);
}
