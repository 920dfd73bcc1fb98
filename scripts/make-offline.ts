/**
 * Writes the service worker of the built site, with the list of the files it keeps, each under the
 * hash that it must have: a file of another build is refused.
 *
 *   node scripts/make-offline.ts [folder]
 */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'vite';
import { buildTarget } from './floor/browsers.ts';

const folder = resolve(process.argv[2] ?? 'dist');

/** Pages that a visitor may need while there is no connection; others are kept once visited. */
const keptPages =
  /^(?:(?:check|checklist|guides|search|about|accessibility|offline)\/.*|releases\/(?:ios-14\/)?)?index\.html$/;
/**
 * What reads a backup is for computers, and weighs more than all the rest; an estimate is for an
 * evening at home, with the line that it asks for. Both are kept once visited.
 */
const notKept = /worker|wasm|Inspector|Estimator/;
const keptFiles = [keptPages, /^_astro\//, /^icon\.svg$/, /^manifest\.webmanifest$/];

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split('\\').join('/'))
  .filter((file) => keptFiles.some((pattern) => pattern.test(file)) && !/\.(br|gz)$/.test(file))
  .filter((file) => !notKept.test(file))
  .sort();
const contents = files.map((file) => readFileSync(join(folder, file)));
const entries = files.map((file, index) => {
  const integrity = `sha384-${createHash('sha384')
    .update(contents[index] as Buffer)
    .digest('base64')}`;
  return {
    url: file.replace(/(^|\/)index\.html$/, '$1') || './',
    // The name of a file in _astro holds a hash of its content.
    revision: file.startsWith('_astro/') ? null : integrity.slice(7, 19),
    integrity,
  };
});
const buildName = createHash('sha256').update(JSON.stringify(entries)).digest('hex').slice(0, 12);

rmSync(join(folder, 'sw.js'), { force: true });
await build({
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  define: {
    FILES_TO_KEEP: JSON.stringify(entries),
    BUILD: JSON.stringify(buildName),
    'process.env.NODE_ENV': '"production"',
  },
  build: {
    outDir: folder,
    emptyOutDir: false,
    target: buildTarget,
    rolldownOptions: {
      input: resolve(import.meta.dirname, '../src/offline/worker.ts'),
      output: { format: 'iife', entryFileNames: 'sw.js' },
    },
  },
});

const bytes = contents.reduce((sum, content) => sum + brotliCompressSync(content).length, 0);
console.log(
  `Works offline: ${entries.length} files, ${Math.round(bytes / 1000)} KB with Brotli, kept after the first visit.`,
);
