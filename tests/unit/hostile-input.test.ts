/** Whatever is typed, put in an address or found in storage: 10,000 of each kind, made to hurt. */
import fc from 'fast-check';
import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { Lookup } from '../../src/components/checker/Lookup.tsx';
import { parseTicks } from '../../src/components/checker/ticks.ts';
import { longDate } from '../../src/content/checklist/phrases.ts';
import { noAnswers, readAnswers, valuesOf, writeAnswers } from '../../src/core/answers.ts';
import { questions } from '../../src/core/checklist/questions.ts';
import { buildIndex, lookup, type Lookup as Found } from '../../src/core/lookup/lookup.ts';
import { facts } from '../../src/data/facts.ts';

const cases = { numRuns: 10_000 };
const index = buildIndex(facts);

/** What breaks programs: markup, names of built-ins, broken encodings, digits, length. */
const nasty = fc.constantFrom(
  '<img src=x onerror=alert(1)>', '"><script>alert(1)</script>', "'/*", '</textarea>', '&lt;b&gt;',
  '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'null', 'undefined', 'NaN',
  '%', '%zz', '%E0%A4%A', '%00', '\u0000', '\ud800', '\udc00', '\u202e', '\ufeff', '👩‍👩‍👧‍👦', 'İ', 'ß',
  '../../etc/passwd', 'javascript:alert(1)', '(a+)+$', '[', '\\', '$&', '${x}', '1e999', '-0',
  'iphone', 'ipad', '6s', 'A1633', 'iPhone8,1', '12,9', 'MKQK2LL/A', 'ios-14', '15.8.8', ' ', '\n',
  'a'.repeat(5000), '9'.repeat(400), ','.repeat(300), '+'.repeat(300), 'iphone '.repeat(200),
); // prettier-ignore
/** Cut at 80 characters, as what is typed is, some of these lose half an emoji. */
const aboutToBeCut = fc
  .tuple(fc.integer({ min: 70, max: 90 }), fc.constantFrom('😀', '👩‍👩‍👧‍👦', '\ud83d', 'é', ' '))
  .map(([length, end]) => 'x'.repeat(length) + end.repeat(3));
const anything = fc.oneof(
  aboutToBeCut,
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc.array(fc.oneof(nasty, fc.string({ maxLength: 8 })), { maxLength: 8 }).map((x) => x.join('')),
);

describe('hostile input', () => {
  it('in the address yields only answers that exist, and the address they make reads the same', () => {
    const names = fc.oneof(
      fc.constantFrom('find', 'device', 'release', 'now', ...questions.map(({ id }) => id)),
      nasty,
    );
    const address = fc.oneof(
      anything,
      fc
        .array(fc.tuple(names, anything, fc.boolean()), { maxLength: 12 })
        .map((pairs) =>
          pairs.map(([name, value, raw]) => `${name}=${raw ? value : encode(value)}`).join('&'),
        ),
    );
    fc.assert(
      fc.property(address, (search) => {
        const { answers, ignored } = readAnswers(search, facts);
        if (answers.device !== undefined) {
          expect(facts.devices.some(({ id }) => id === answers.device)).toBe(true);
        }
        if (answers.release !== undefined) {
          expect(facts.releases.some(({ major }) => major === answers.release)).toBe(true);
        }
        for (const { id, values } of questions) {
          for (const value of valuesOf(answers, id)) expect(values).toContain(value);
        }
        expect(answers.find.length).toBeLessThanOrEqual(80);
        expect(answers.now.length).toBeLessThanOrEqual(80);
        expect(ignored.length).toBeLessThanOrEqual(5);
        const written = writeAnswers(answers, facts);
        expect(written).toMatch(/^(\?[\w.~%,&=!'()*-]+)?$/);
        expect(readAnswers(written, facts)).toEqual({ answers, ignored: [] });
      }),
      cases,
    );
  });

  it('typed into a field makes an address that reads as what was typed', () => {
    fc.assert(
      fc.property(anything, anything, (find, now) => {
        const written = writeAnswers({ ...noAnswers, find, now }, facts);
        const { answers } = readAnswers(written, facts);
        const oneLine = (text: string): string =>
          text
            .toWellFormed()
            .replace(/\s+/g, ' ')
            .slice(0, 80)
            .replace(/[\ud800-\udbff]$/, '');
        expect([answers.find, answers.now]).toEqual([oneLine(find), oneLine(now)]);
      }),
      cases,
    );
  });

  it('in the lookup yields devices of ours or a sentence, shown as text and never as markup', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const found = lookup(index, text);
        if (found.kind === 'matches') {
          expect(found.matches.length).toBeGreaterThan(0);
          for (const { device, name } of found.matches) {
            expect(name.map((piece) => piece.text).join('')).toBe(device.name);
          }
        }
        expect(foreignMarkup(shown(text, found))).toEqual([]);
      }),
      cases,
    );
  });

  it('in storage yields days that exist, and nothing else', () => {
    const stored = fc.oneof(
      anything,
      fc.json({ maxDepth: 4 }),
      fc
        .dictionary(fc.oneof(nasty, fc.constant('power-and-wifi')), fc.oneof(anything, anyDay()))
        .map((ticks) => JSON.stringify(ticks)),
      fc.nat({ max: 20_000 }).map((depth) => '['.repeat(depth)),
    );
    fc.assert(
      fc.property(stored, (text) => {
        const ticks = parseTicks(text);
        expect(Object.getPrototypeOf(ticks)).toBe(Object.prototype);
        for (const day of Object.values(ticks)) {
          expect(longDate(day)).toMatch(/^[A-Z][a-z]+ \d{1,2}, \d{1,4}$/);
        }
      }),
      cases,
    );
  });
});

/** Days as stored, most of them real, some no days at all. */
function anyDay(): fc.Arbitrary<string> {
  return fc
    .tuple(fc.nat({ max: 9999 }), fc.nat({ max: 14 }), fc.nat({ max: 33 }))
    .map(([year, month, day]) =>
      [String(year).padStart(4, '0'), ...[month, day].map((x) => String(x).padStart(2, '0'))].join(
        '-',
      ),
    );
}

function shown(text: string, result: Found): string {
  const nothing = (): undefined => undefined;
  return renderToString(
    h(Lookup, {
      text,
      result,
      chosen: false,
      loading: false,
      asOf: facts.about.asOf,
      onText: nothing,
      onChoose: nothing,
      onInterest: nothing,
    }),
  );
}

/** Elements and attributes that the lookup itself never makes. */
function foreignMarkup(markup: string): string[] {
  const own = ['div', 'label', 'p', 'input', 'ul', 'li', 'span', 'b', 'mark', 'strong', 'button'];
  const found: string[] = [];
  const look = (node: DefaultTreeAdapterTypes.ChildNode): void => {
    if (!('tagName' in node)) return;
    if (!own.includes(node.tagName)) found.push(node.tagName);
    found.push(...node.attrs.map(({ name }) => name).filter((name) => /^on|^src$/.test(name)));
    node.childNodes.forEach(look);
  };
  parseFragment(markup).childNodes.forEach(look);
  return found;
}

/** As a browser would; half a surrogate pair has no encoding. */
function encode(value: string): string {
  return encodeURIComponent(value.toWellFormed());
}
