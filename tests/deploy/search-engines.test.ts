/** What search engines are given of every page. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { filesOf } from '../../scripts/deploy/filesOf.ts';
import { facts } from '../../src/data/facts.ts';

const pages = filesOf('dist')
  .filter((file) => file.endsWith('.html'))
  .map((file) => {
    const page = parse(readFileSync(join('dist', file), 'utf8'));
    return {
      file,
      page,
      title: page.querySelector('title')?.textContent ?? '',
      description: page.querySelector('meta[name=description]')?.getAttribute('content') ?? '',
    };
  });

function repeated(texts: string[]): string[] {
  return texts.filter((text, index) => texts.indexOf(text) !== index);
}

describe('every page', () => {
  it('has a title of its own that is shown whole', () => {
    expect(pages.length).toBeGreaterThan(150);
    for (const { file, title } of pages) {
      expect(title.length, `${file}: ${title}`).toBeGreaterThan(10);
      expect(title.length, `${file}: ${title}`).toBeLessThanOrEqual(75);
    }
    expect(repeated(pages.map(({ title }) => title))).toEqual([]);
  });

  it('has a description of its own', () => {
    for (const { file, description } of pages) {
      expect(description.length, `${file}: ${description}`).toBeGreaterThan(30);
      expect(description.length, `${file}: ${description}`).toBeLessThanOrEqual(200);
    }
    expect(repeated(pages.map(({ description }) => description))).toEqual([]);
  });
});

describe('answers given to search engines', () => {
  const answered = pages.flatMap(({ file, page }) =>
    page
      .querySelectorAll('script[type="application/ld+json"]')
      .map((script) => JSON.parse(script.textContent) as Record<string, unknown>)
      .filter((record) => record['@type'] === 'FAQPage')
      .map((record) => ({
        file,
        text: (page.querySelector('main')?.textContent ?? '').replace(/\s+/g, ' '),
        questions: record.mainEntity as { name: string; acceptedAnswer: { text: string } }[],
      })),
  );

  it('are those of every device and release', () => {
    expect(answered.filter(({ file }) => file.startsWith('devices/'))).toHaveLength(
      facts.devices.length,
    );
    expect(answered.filter(({ file }) => file.startsWith('releases/'))).toHaveLength(
      facts.releases.length,
    );
  });

  it('stand on the page, word for word', () => {
    for (const { file, text, questions } of answered) {
      for (const { name, acceptedAnswer } of questions) {
        expect(text, file).toContain(name);
        const parts = acceptedAnswer.text.split(/(?<=[.,:;]) | and |\.$/).filter(Boolean);
        for (const part of parts) expect(text, file).toContain(part.replace(/,$/, ''));
      }
    }
  });
});
