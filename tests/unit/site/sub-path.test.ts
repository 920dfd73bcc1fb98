import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { astro, copyOfProject, runIn } from '../project.ts';

describe('a site published below a path', () => {
  const project = copyOfProject();
  const environment = {
    SITE_URL: 'https://example.org',
    BASE_PATH: '/backup',
    CONTACT_URL: 'mailto:help@example.org',
  };
  let built: { status: number | null; said: string };
  beforeAll(() => {
    built = runIn(project.folder, [astro, 'build'], environment);
    if (built.status === 0) {
      built = runIn(project.folder, [join(project.folder, 'scripts/make-widget.ts')], environment);
    }
    // A whole build, on a machine that may have other work.
  }, 120_000);
  afterAll(() => project.remove());

  it('is built, with every link and anchor in place', () => {
    expect(built.status, built.said).toBe(0);
    const checked = runIn(project.folder, [resolve('scripts/check-site.ts'), 'dist'], environment);
    expect(checked.status, checked.said).toBe(0);
  });

  it('names its own address where others read it', () => {
    const read = (file: string): string => readFileSync(join(project.folder, 'dist', file), 'utf8');
    expect(read('check/index.html')).toContain(
      '<link rel="canonical" href="https://example.org/backup/check/">',
    );
    expect(read('sitemap-0.xml')).toContain('<loc>https://example.org/backup/guides/ios-14/</loc>');
    expect(read('llms.txt')).toContain('https://example.org/backup/guides/ios-14/');
    const data = JSON.parse(read('api/v1/devices/iphone-6s.json')) as Record<string, unknown>;
    expect(data.$schema).toBe('https://example.org/backup/api/v1/schema/device.json');
    expect(data.device).toMatchObject({ page: 'https://example.org/backup/devices/iphone-6s/' });
    expect(read('api/index.html')).toContain('https://example.org/backup/api/v1/compatibility.csv');
    // Where nobody can tell where the widget's script came from, it leads here.
    expect(read('widget/v1/widget.js')).toContain('https://example.org/backup/');
    expect(existsSync(join(project.folder, 'dist/cards/ios-14.png'))).toBe(true);
  });

  it('names whom to tell about a problem, where its publisher has', () => {
    const page = readFileSync(join(project.folder, 'dist/accessibility/index.html'), 'utf8');
    expect(page).toContain('<a href="mailto:help@example.org">help@example.org</a>');
  });
});
