/**
 * Writes a Brotli and a gzip copy beside every text of the built site that is worth it, at the highest
 * level, which no server could afford while a visitor waits. The last step of a build: what changes a
 * file after it leaves an old copy behind.
 *
 *   node scripts/deploy/precompress.ts [folder]
 */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { readFile, utimes, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { textExtensions } from './contentTypes.ts';
import { filesOf } from './filesOf.ts';

/** Less than this fits into one packet as it is. */
const fewestBytes = 1024;

const encodings = [
  { suffix: '.br', compress: brotli },
  { suffix: '.gz', compress: (text: Buffer) => promisify(gzip)(text, { level: 9 }) },
];

const folder = process.argv[2] ?? 'dist';
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  if (/\.(br|gz)$/.test(name)) rmSync(join(folder, name));
}
const texts = filesOf(folder).filter(
  (file) =>
    textExtensions.includes(extname(file).slice(1)) &&
    statSync(join(folder, file)).size >= fewestBytes,
);
await Promise.all(texts.map((file) => compressBeside(join(folder, file))));

async function compressBeside(path: string): Promise<void> {
  const text = await readFile(path);
  const { atime, mtime } = statSync(path);
  for (const { suffix, compress } of encodings) {
    const compressed = await compress(text);
    if (compressed.length >= text.length) continue;
    await writeFile(path + suffix, compressed);
    // So that every form of a file carries the same Last-Modified.
    await utimes(path + suffix, atime, mtime);
  }
}

function brotli(text: Buffer): Promise<Buffer> {
  return promisify(brotliCompress)(text, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
    },
  });
}
