import { describe, expect, it } from 'vitest';
import { withoutExceptions, type Exception } from '../../../scripts/floor/exceptions.ts';
import { checkPage } from '../../../scripts/floor/page.ts';
import { asLine } from '../../../scripts/floor/problem.ts';

const constructsOf = (body: string): string[] =>
  checkPage('a.html', `<!doctype html><title>a</title>${body}`).map(({ construct }) => construct);

describe('a page', () => {
  it.each([
    ['<dialog>', '<dialog>a</dialog>'],
    ['<search>', '<search></search>'],
    ['<p inert>', '<p inert>a</p>'],
    ['<p popover>', '<p popover>a</p>'],
    ['<img loading>', '<img loading="lazy" alt="" src="a.png">'],
    ['<link rel="modulepreload">', '<link rel="modulepreload" href="a.js">'],
    ['<script type="importmap">', '<script type="importmap">{}</script>'],
    ['<nosuch>', '<nosuch>a</nosuch>'],
    // What stands in it is read as what it is.
    ['optional chaining (?.)', '<script>a?.b</script>'],
    ['Object.fromEntries', '<script type="module">Object.fromEntries(a)</script>'],
    ['aspect-ratio', '<style>a { aspect-ratio: 1 }</style>'],
    ['inset', '<p style="inset: 0">a</p>'],
    ['<dialog>', '<template><dialog>a</dialog></template>'],
    ['<dialog>', '<noscript><dialog>a</dialog></noscript>'],
  ])('is refused for %s in %s', (construct, body) => {
    expect(constructsOf(body)).toContain(construct);
  });

  it.each([
    '<details open><summary>a</summary>b</details>',
    '<input type="search" required><button disabled>a</button>',
    '<script type="application/ld+json">{"a": "?."}</script>',
    '<script type="module">import("a")</script>',
    '<svg viewBox="0 0 1 1"><path d="M0 0" stroke="red"/></svg>',
    '<our-element data-a="b" aria-label="c" hidden></our-element>',
    '<template><p>a</p></template>',
  ])('passes: %s', (body) => {
    expect(constructsOf(body)).toEqual([]);
  });
});

describe('exceptions', () => {
  const problems = checkPage(
    'guides/a.html',
    '<!doctype html><title>a</title><p inert popover>a</p>',
  );
  const exception: Exception = { file: /^guides/, constructs: ['<p inert>'], reason: 'A test.' };

  it('cover what they name where they say, and nothing else', () => {
    expect(problems.map(({ construct }) => construct)).toEqual(['<p inert>', '<p popover>']);
    expect(withoutExceptions(problems, [exception]).map(({ construct }) => construct)).toEqual([
      '<p popover>',
    ]);
    const elsewhere = withoutExceptions(problems, [{ ...exception, file: /^check/ }]);
    expect(elsewhere.map(({ construct }) => construct)).toContain('<p inert>');
  });

  it('that nothing needs any more are problems themselves', () => {
    const left = withoutExceptions(problems, [
      { ...exception, constructs: ['<p inert>', '<p popover>', 'gone'] },
    ]);
    expect(left.map(asLine)).toEqual([
      'scripts/floor/exceptions.ts: the exception for gone in /^guides/: nothing needs it any more: take it out.',
    ]);
  });
});
