import { describe, expect, it } from 'vitest';
import { asLine } from '../../../scripts/floor/problem.ts';
import { checkDeclarations, checkStyles } from '../../../scripts/floor/styles.ts';

/** A construct as messages name it, and style sheets that use it with nothing instead. */
const refused: [string, ...string[]][] = [
  ['aspect-ratio', 'a { aspect-ratio: 1 }'],
  ['inset', 'a { inset: 0 }'],
  ['no-such-property', 'a { no-such-property: 1 }'],
  ['user-select', 'a { user-select: none }'],
  ['position: sticky', 'a { position: sticky }'],
  ['overflow: clip', 'a { overflow: clip }'],
  ['width: min()', 'a { width: min(1px, 2px) }', 'a { width: calc(1px + min(1px, 2px)) }'],
  ['width: clamp()', 'a { width: 1px } b { width: clamp(1px, 2px, 3px) }'],
  ['height: the unit dvh', 'a { height: 100dvh }'],
  ['width: the unit cqw', 'a { width: 1cqw }'],
  ['color: oklch()', 'a { color: oklch(1 2 3) }', 'a { color: oklch(1 2 3); color: red }'],
  ['color: color-mix()', 'a { color: color-mix(in srgb, red, blue) }'],
  [
    'light-dark()',
    ':root { --a: light-dark(red, blue) }',
    ':root { --a: red; --a: light-dark(red, blue) }',
  ],
  ['background: conic-gradient()', 'a { background: conic-gradient(red, blue) }'],
  ['display: revert', 'a { display: revert }'],
  ['gap of a flex box', 'a { display: flex; gap: 1px }', 'a { gap: 1px }'],
  [':focus-visible', 'a:focus-visible { color: red }', 'a:focus, a:focus-visible { color: red }'],
  [':is', ':is(a, b) { color: red }'],
  [':has', 'a:has(b) { color: red }'],
  [':not() with a list', 'a:not(.b, .c) { color: red }'],
  ['::-moz-focus-inner', 'a, a::-moz-focus-inner { border: 0 }'],
  [':no-such-thing', 'a:no-such-thing { color: red }'],
  ['a rule in a rule', 'a { &:hover { color: red } }'],
  ['@layer', '@layer a { b { color: red } }', '@layer a, b;'],
  ['@container', '@container (min-width: 1px) { a { color: red } }'],
  ['@media with a range', '@media (width >= 1px) { a { color: red } }'],
  ['@media (dynamic-range)', '@media (dynamic-range: high) { a { color: red } }'],
  ['size in @page', '@page { size: A4 }'],
];

const fine: [string, string][] = [
  ['what all know', 'a:not(.b)::before { display: grid; width: calc(1px + 2vw) }'],
  ['a fallback before', 'a { height: 100vh; height: 100dvh }'],
  ['two fallbacks before', 'a { width: 1px; width: calc(1px); width: clamp(1px, 2px, 3px) }'],
  ['a shorthand before', 'a { background: red; background-color: oklch(1 2 3) }'],
  ['its prefix beside', 'a { -webkit-user-select: none; user-select: none }'],
  [
    'its prefixed value before',
    'a { position: -webkit-sticky; position: relative; position: sticky }',
  ],
  ['its older name', 'a { overflow-wrap: break-word; word-wrap: break-word }'],
  ['@supports that asks for the property', '@supports (aspect-ratio: 1) { a { aspect-ratio: 1 } }'],
  [
    '@supports that asks for the value',
    '@supports (width: min(1px)) { a { height: min(1px, 2px) } }',
  ],
  ['gap of a grid', 'a { display: grid; gap: 1px }'],
  ['gap of columns', 'a { columns: 2; column-gap: 1px }'],
  ['a prefixed selector alone', 'a::-moz-focus-inner { border: 0 }'],
  ['what a visitor prefers', '@media (prefers-color-scheme: dark) { a { color: red } }'],
  [
    'what only comes where it is known',
    '@media (forced-colors: active) { a { forced-color-adjust: none } }',
  ],
  [
    'names of one’s own',
    'a { font-family: ui-monospace, b; animation: revert 1s; grid-area: clip }',
  ],
  ['a plain color before one with var()', 'a { color: red; color: var(--a) }'],
  ['a plain shorthand before var()', 'a { border: 1px solid red; border-left-color: var(--a) }'],
  ['var() in a custom property', ':root { --a: var(--b) }'],
];

describe('a style sheet with something above the floor', () => {
  for (const [construct, ...sheets] of refused) {
    it.each(sheets)(`is refused for ${construct}: %s`, (sheet) => {
      const problems = checkStyles('a/b.css', sheet);
      expect(problems.map((problem) => problem.construct)).toContain(construct);
      const line = problems.filter((problem) => problem.construct === construct).map(asLine)[0];
      expect(line).toMatch(/^a\/b\.css: .+ \(.+ lacks? it\): .+\.$/);
    });
  }

  it('is told which browsers have nothing instead', () => {
    const [problem] = checkStyles('a.css', 'a { -moz-user-select: none; user-select: none }');
    expect(problem?.browsers.map(({ name }) => name)).toEqual(['Safari', 'iOS Safari']);
  });

  it('is refused for var() that browsers below the floor cannot read', () => {
    for (const sheet of ['a { color: var(--a) }', 'a { color: var(--a); color: red }']) {
      expect(checkStyles('a.css', sheet).map(asLine)).toEqual([
        expect.stringMatching(/^a\.css: color:var\(--a\) without a plain color before it: /),
      ]);
    }
  });

  it('is refused when it is broken', () => {
    expect(checkStyles('a.css', 'a { color red }')[0]?.construct).toMatch(/cannot be read/);
  });
});

describe('a style sheet at the floor', () => {
  it.each(fine)('passes: %s', (_what, sheet) => {
    expect(checkStyles('a.css', sheet).map(asLine)).toEqual([]);
  });
});

it('a style attribute is read as declarations', () => {
  expect(checkDeclarations('a.html', 'color: red; inset: 0')[0]?.construct).toBe('inset');
  expect(checkDeclarations('a.html', 'color: red; top: 0')).toEqual([]);
});
