import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkScript } from '../../../scripts/floor/javascript.ts';
import { asLine } from '../../../scripts/floor/problem.ts';

/** A construct as messages name it, and scripts that use it. */
const refused: [string, ...string[]][] = [
  // Syntax.
  ['optional chaining (?.)', 'a?.b', 'a?.()', 'a?.[b]'],
  ['nullish coalescing (??)', 'a ?? b'],
  ['nullish assignment (??=)', 'let a; a ??= 1'],
  ['logical assignment (||=)', 'let a; a ||= 1'],
  ['logical assignment (&&=)', 'let a; a &&= 1'],
  ['a field of a class', 'class A { b = 1 }', 'class A { b }'],
  ['a static field of a class', 'class A { static b = 1 }'],
  ['a private field of a class', 'class A { #b = 1 }'],
  ['a private method of a class', 'class A { #b() {} }'],
  ['a test for a private member (#name in object)', 'class A { #b; c(d) { return #b in d } }'],
  ['a static block of a class', 'class A { static { } }'],
  ['a BigInt literal', '1n', 'const big = 0xffn'],
  ['a numeric separator', '1_000', '.1_0', '0b1_0'],
  ['await outside of a function', 'await 1', 'for await (const a of b);'],
  ['import attributes', 'import a from "a" with { type: "json" }'],
  ['import() with options', 'import("a", { with: { type: "json" } })'],
  ['export * as name', 'export * as a from "a"'],
  ['a string as the name of an export', 'const a = 1; export { a as "b c" }'],
  ['a hashbang', '#!/usr/bin/env node\n1'],
  // Regular expressions, however they are said.
  [
    'lookbehind in a regular expression',
    '/(?<=a)b/',
    '/(?<!a)b/',
    'new RegExp("(?<=a)b")',
    'RegExp(`(?<=a)b`)',
    'new RegExp("(?<=" + a + ")")',
    'new RegExp(`(?<!${a})`)',
  ],
  ['a named group in a regular expression', '/(?<a>b)/', 'new RegExp("(?<a>" + b + ")")'],
  ['a reference to a named group in a regular expression', String.raw`/(?<a>b)\k<a>/`],
  [
    String.raw`\p{…} in a regular expression`,
    String.raw`/\p{L}/u`,
    String.raw`RegExp("[\\p{L}]", "u")`,
  ],
  ['the flag s of a regular expression', '/a/s', 'new RegExp(a, "s")'],
  ['the flag d of a regular expression', '/a/d'],
  ['the flag v of a regular expression', '/a/v'],
  ['modifiers in a regular expression', '/(?i:a)/', 'new RegExp("(?i:" + a + ")")'],
  // Globals and their members.
  ['BroadcastChannel', 'new BroadcastChannel("a")', 'self.a = BroadcastChannel'],
  ['queueMicrotask', 'queueMicrotask(a)', 'const f = (a) => { queueMicrotask(a) }'],
  ['window.structuredClone', 'window.structuredClone(a)'],
  ['globalThis', 'globalThis.a = 1'],
  [
    'Object.fromEntries',
    'Object.fromEntries(a)',
    'const { fromEntries } = Object',
    'Object["fromEntries"](a)',
  ],
  ['Promise.allSettled', 'Promise.allSettled([])'],
  ['Array.at', 'Array.prototype.at.call(a, -1)'],
  ['Intl.Segmenter', 'new Intl.Segmenter()'],
  ['navigator.share', 'navigator.share({})', 'const { share } = navigator'],
  ['AbortSignal.timeout', 'AbortSignal.timeout(1)'],
  ['import.meta.resolve', 'import.meta.resolve("a")'],
  ['new EventTarget()', 'new EventTarget()'],
  ['new Worker() with the option type', 'new Worker(a, { type: "module" })'],
  // Methods of who knows what.
  ['.at()', 'a.at(-1)', '"abc".at(0)', '({ at: 5 }); a.at(0)'],
  ['.replaceAll()', 'a.replaceAll("b", "c")'],
  ['.matchAll()', 'a.matchAll(b)'],
  ['.replaceChildren()', 'document.body.replaceChildren()'],
  ['.showModal()', 'a.showModal()'],
];

/** Scripts that are fine as they are. */
const fine: [string, string][] = [
  [
    'async functions, generators, spread and rest',
    'async function* a({ ...b }) { yield { ...b } }',
  ],
  ['import() and import.meta.url', 'import(import.meta.url)'],
  ['what the floor has', 'Promise.all([]).then(() => [1].flat().includes(1), fetch)'],
  ['a member that only is read', 'a.share'],
  ['a test with typeof', 'typeof BroadcastChannel < "u" && new BroadcastChannel("a")'],
  ['a test with in', '"share" in navigator && navigator.share({})'],
  ['a test of the member', 'if (navigator.share) navigator.share({})'],
  ['a test for its absence', 'if (!document.body.replaceChildren) throw 1; a.replaceChildren()'],
  ['a compiled test', 'var b; (b = a.at) == null ? void 0 : b.call(a, 0); a.at(0)'],
  ['a test of the interface', 'if (typeof Intl.Segmenter < "u") new Intl.Segmenter().segment("a")'],
  ['a choice', 'const f = window.queueMicrotask || setTimeout; queueMicrotask(f)'],
  ['a name of the script’s own', 'function structuredClone() {} structuredClone()'],
  ['a parameter of the same name', '((queueMicrotask) => queueMicrotask(1))(a)'],
  ['an import of the same name', 'import { reportError } from "a"; reportError()'],
  ['a method of the script’s own', 'const a = { at() {} }; a.at()'],
  ['a method given later', 'b.at = (c) => c; b.at(1)'],
  ['a key and a label of the same name', 'BroadcastChannel: for (;;) a = { BroadcastChannel: 1 }'],
  ['a method that an API has too', 'caches.open(a).then((cache) => cache.matchAll())'],
  ['a name that other things at the floor have', 'a.add(b); a.keys(); a.find(c); a.close()'],
  ['a pattern that only looks like lookbehind', String.raw`/\(\?<=/; new RegExp("[(?<]")`],
];

describe('a script with something above the floor', () => {
  for (const [construct, ...scripts] of refused) {
    it.each(scripts)(`is refused for ${construct}: %s`, (script) => {
      const problems = checkScript('a/b.js', script);
      expect(problems.map((problem) => problem.construct)).toContain(construct);
      const line = problems.filter((problem) => problem.construct === construct).map(asLine)[0];
      expect(line).toMatch(/^a\/b\.js: .+ \(.+ lacks? it\): .+\.$/);
    });
  }

  it('is told which browser lacks it, and which does not', () => {
    const [problem] = checkScript('a.js', 'new BroadcastChannel("a")');
    expect(problem?.browsers.map(({ name }) => name)).toEqual(['Safari', 'iOS Safari']);
  });

  it('is refused when it cannot be read at all', () => {
    expect(checkScript('a.js', 'a b c')[0]?.construct).toMatch(/cannot be parsed/);
  });

  it('is not excused by try and catch', () => {
    expect(checkScript('a.js', 'try { structuredClone(a) } catch (e) {}')).toHaveLength(1);
  });

  it('is not excused by asking for a bare name, which throws where it is missing', () => {
    expect(checkScript('a.js', 'if (structuredClone) structuredClone(a)')).not.toEqual([]);
  });
});

describe('a script at the floor', () => {
  it.each(fine)('passes: %s', (_what, script) => {
    expect(checkScript('a.js', script).map(asLine)).toEqual([]);
  });

  it('may be an old one, that is no module', () => {
    expect(checkScript('a.js', 'with (a) { b }')).toEqual([]);
  });
});

describe('where a thing stands makes no difference', () => {
  const uses = refused
    .flatMap(([construct, ...scripts]) => scripts.map((script) => ({ construct, script })))
    .filter(
      ({ script }) => !/^(import|export|#!|await|for await)|const a = 1; export/.test(script),
    );
  const wrappers: ((script: string) => string)[] = [
    (script) => `function f() { ${script} }`,
    (script) => `class K { m() { ${script} } }`,
    (script) => `g(() => { ${script} })`,
    (script) => `if (q) { ${script} } else { w() }`,
    (script) => `var o = { k: function () { ${script} } };`,
    (script) => `try { ${script} } catch (e) { ${script} } finally { r() }`,
  ];
  const inside = fc
    .array(fc.constantFrom(...wrappers), { maxLength: 5 })
    .map((layers) => (script: string) => layers.reduce((inner, wrap) => wrap(inner), script));

  it('to what is refused', () => {
    fc.assert(
      fc.property(fc.constantFrom(...uses), inside, ({ construct, script }, wrap) => {
        const found = checkScript('a.js', wrap(script)).map((problem) => problem.construct);
        expect(found).toContain(construct);
      }),
    );
  });

  it('to what is fine', () => {
    const scripts = fine
      .map(([, script]) => script)
      .filter((script) => !script.startsWith('import {'));
    fc.assert(
      fc.property(fc.constantFrom(...scripts), inside, (script, wrap) => {
        expect(checkScript('a.js', wrap(script)).map(asLine)).toEqual([]);
      }),
    );
  });
});
