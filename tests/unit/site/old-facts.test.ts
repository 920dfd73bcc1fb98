import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { astro, copyOfProject, runIn } from '../project.ts';

describe('a site built with facts that are old already', () => {
  const project = copyOfProject();
  let built: { status: number | null; said: string };
  beforeAll(() => {
    const about = join(project.folder, 'src/data/about.json');
    const facts = JSON.parse(readFileSync(about, 'utf8')) as object;
    writeFileSync(about, JSON.stringify({ ...facts, asOf: '2020-02-01' }));
    built = runIn(project.folder, [astro, 'build']);
    // A whole build, on a machine that may have other work.
  }, 120_000);
  afterAll(() => project.remove());

  it('says so in every page, without a script', () => {
    expect(built.status, built.said).toBe(0);
    const dist = join(project.folder, 'dist');
    // The page for frames is the widget, which says so itself.
    const pages = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.html') && !/^embed\b/.test(file),
    );
    expect(pages.length).toBeGreaterThan(40);
    for (const page of pages) {
      const html = readFileSync(join(dist, page), 'utf8');
      const [notice = ''] = /<p[^>]*id="old-facts"[^>]*>[^<]*/.exec(html) ?? [];
      expect(notice, page).toContain('Facts of February 1, 2020, more than 60 days ago');
      expect(notice, page).not.toContain('hidden');
      expect(html, page).toMatch(/<footer[\s\S]*Facts of February 1, 2020\./);
    }
  });
});
