import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runIn } from '../project.ts';

const folder = mkdtempSync(join(tmpdir(), 'precompress-'));
const text = 'A sentence to be read. '.repeat(100);
const file = (name: string): string => join(folder, name);

beforeAll(() => {
  mkdirSync(file('inside'));
  writeFileSync(file('page.html'), 'An older page. '.repeat(100));
  writeFileSync(file('gone.html'), text);
  compress();
  rmSync(file('gone.html'));
  writeFileSync(file('page.html'), text);
  writeFileSync(file('inside/script.js'), text);
  writeFileSync(file('short.html'), 'Short.');
  writeFileSync(file('picture.png'), text);
  compress();
});
afterAll(() => rmSync(folder, { recursive: true }));

function compress(): void {
  const { status, said } = runIn(folder, [resolve('scripts/deploy/precompress.ts'), '.']);
  if (status !== 0) throw new Error(said);
}

it('compresses texts, in folders too', () => {
  for (const name of ['page.html', 'inside/script.js']) {
    expect(brotliDecompressSync(readFileSync(file(`${name}.br`))).toString()).toBe(text);
    expect(gunzipSync(readFileSync(file(`${name}.gz`))).toString()).toBe(text);
  }
});

it('leaves short texts and other files as they are', () => {
  for (const name of ['short.html.br', 'picture.png.br', 'page.html.br.br', 'page.html.gz.br']) {
    expect([name, existsSync(file(name))]).toEqual([name, false]);
  }
});

it('leaves no copy of a file that is gone', () => {
  expect(existsSync(file('gone.html.br'))).toBe(false);
  expect(existsSync(file('gone.html.gz'))).toBe(false);
});
