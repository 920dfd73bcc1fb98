/**
 * Builds the widget into the built site: one classic script with all that it needs, facts included.
 *
 *   node scripts/make-widget.ts [folder]
 *
 * Version 1 is a promise to the pages it is on (docs/decisions/0013): a change that could break them becomes v2,
 * beside this one.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'vite';
import { lighterFacts } from './build/lighterFacts.ts';
import { basePath } from './deploy/basePath.ts';
import { buildTarget } from './floor/browsers.ts';

const folder = resolve(process.argv[2] ?? 'dist');
const file = 'widget/v1/widget.js';
/** Brotli, facts included. */
const mostBytes = 30_000;

const site = new URL(basePath(), process.env.SITE_URL ?? 'https://backup-first.example').href;
await build({
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  plugins: [lighterFacts()],
  define: {
    SITE_ADDRESS: JSON.stringify(site),
    'import.meta.env.BASE_URL': JSON.stringify(basePath()),
    'process.env.NODE_ENV': '"production"',
  },
  build: {
    outDir: folder,
    emptyOutDir: false,
    target: buildTarget,
    cssTarget: buildTarget,
    cssMinify: 'esbuild',
    rolldownOptions: {
      input: resolve(import.meta.dirname, '../src/components/widget/element.tsx'),
      output: { format: 'iife', entryFileNames: file },
    },
  },
});

const bytes = brotliCompressSync(readFileSync(resolve(folder, file))).length;
console.log(`The widget weighs ${bytes} bytes with Brotli, of ${mostBytes}.`);
if (bytes > mostBytes) {
  console.error('The widget is over its budget: take out what it can do without.');
  process.exitCode = 1;
}
