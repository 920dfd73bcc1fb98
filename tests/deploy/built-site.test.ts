/** Whether the built site keeps to its own policy, and lies ready for the hosts that will serve it. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { parse, type HTMLElement } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { textExtensions } from '../../scripts/deploy/contentTypes.ts';
import { filesOf } from '../../scripts/deploy/filesOf.ts';
import { headersOf, policyInPage } from '../../src/layouts/policy.ts';

const files = filesOf('dist');
const read = (file: string): string => readFileSync(join('dist', file), 'utf8');
const pages = files
  .filter((file) => file.endsWith('.html'))
  .map((file): [string, HTMLElement] => [file, parse(read(file))]);

describe('every page', () => {
  it('names its policy before anything the policy is about', () => {
    expect(pages.length).toBeGreaterThan(40);
    for (const [file, page] of pages) {
      const [charset, policy] = page.querySelectorAll('head > *');
      expect(charset?.getAttribute('charset'), file).toBe('utf-8');
      expect(policy?.getAttribute('http-equiv'), file).toBe('Content-Security-Policy');
      expect(page.querySelectorAll('[http-equiv]').length, file).toBe(1);
    }
  });

  it('is allowed what it needs, and no more', () => {
    for (const [file, page] of pages) {
      const needs = [
        ...(page.querySelector('#search, #inspector') ? (['wasm'] as const) : []),
        ...(page.querySelector('backup-first-video') ? (['video'] as const) : []),
        ...(page.querySelector('iframe') ? (['frames'] as const) : []),
      ];
      const policy = page.querySelector('[http-equiv]')?.getAttribute('content');
      expect([file, policy]).toEqual([file, policyInPage(needs)]);
    }
    expect(pages.some(([, page]) => page.querySelector('backup-first-video'))).toBe(true);
  });

  it('has nothing in its markup that the policy would refuse', () => {
    for (const [file, page] of pages) {
      const refused = page.querySelectorAll('*').filter(
        (element) =>
          element.tagName === 'STYLE' ||
          (element.tagName === 'SCRIPT' &&
            !element.getAttribute('src') &&
            element.getAttribute('type') !== 'application/ld+json') ||
          Object.entries(element.attributes).some(
            ([name, value]) => /^(style|on.*)$/i.test(name) || /^\s*javascript:/i.test(value),
          ),
      ); // prettier-ignore
      expect([file, refused.map((element) => element.outerHTML.slice(0, 80))]).toEqual([file, []]);
    }
  });
});

describe('the compressed copies', () => {
  const isText = (file: string): boolean => textExtensions.includes(extname(file).slice(1));

  it('lie beside every text of a kilobyte or more, and hold the same', () => {
    const texts = files.filter((file) => isText(file) && statSync(join('dist', file)).size >= 1024);
    expect(texts.length).toBeGreaterThan(40);
    for (const file of texts) {
      const text = readFileSync(join('dist', file));
      const brotli = readFileSync(join('dist', `${file}.br`));
      const gzip = readFileSync(join('dist', `${file}.gz`));
      expect(brotliDecompressSync(brotli).equals(text), file).toBe(true);
      expect(gunzipSync(gzip).equals(text), file).toBe(true);
    }
  });

  it('do not exist for what is compressed already', () => {
    const others = files.filter((file) => !isText(file));
    expect(others.length).toBeGreaterThan(20);
    expect(others.filter((file) => existsSync(join('dist', `${file}.br`)))).toEqual([]);
  });
});

describe('the _headers file', () => {
  const rules = readFileSync('dist/_headers', 'utf8')
    .split(/\n(?=\/)/)
    .map((block) => {
      const [path = '', ...lines] = block.trim().split('\n');
      return { path, headers: lines.map((line) => line.trim().split(/: (.*)/)) };
    });

  /** As Netlify and Cloudflare Pages match: a "*" at the end stands for anything. */
  function matching(address: string): (string | undefined)[][] {
    return rules
      .filter(({ path }) =>
        path.endsWith('*') ? address.startsWith(path.slice(0, -1)) : address === path,
      )
      .flatMap(({ headers }) => headers.map(([name, value]) => [name, value]));
  }

  it('gives every address what the definition does, each header once', () => {
    for (const file of files) {
      const path = file.replace(/(^|\/)index\.html$/, '$1');
      const found = matching(`/${path}`).sort();
      expect([path, found]).toEqual([path, Object.entries(headersOf(path)).sort()]);
    }
  });

  it('stays within what Cloudflare Pages reads', () => {
    expect(rules.length).toBeLessThanOrEqual(100);
    const lines = readFileSync('dist/_headers', 'utf8').split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(2000);
  });
});
