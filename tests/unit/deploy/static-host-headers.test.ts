import { describe, expect, it } from 'vitest';
import { staticHostHeaders } from '../../../scripts/deploy/staticHostHeaders.ts';

function pathsOf(text: string): string[] {
  return text.split('\n').filter((line) => line.startsWith('/'));
}

describe('the _headers file', () => {
  it('says once what holds for a whole folder', () => {
    const made = staticHostHeaders(['index.html', 'about/index.html', '_astro/a.js'], '/');
    expect(pathsOf(made)).toEqual(['/*', '/', '/about/*', '/_astro/*']);
  });

  it('names the files of a folder that are not alike', () => {
    const made = staticHostHeaders(['pagefind/pagefind.js', 'pagefind/index/a.pf_index'], '/');
    expect(pathsOf(made)).toEqual(['/*', '/pagefind/pagefind.js', '/pagefind/index/*']);
    expect(made).toMatch(/index\/\*\n(?: {2}.*\n)*? {2}Cache-Control: .*immutable\n/);
  });

  it('lets the embedded page be framed, and says so nowhere twice', () => {
    const made = staticHostHeaders(['index.html', 'embed/index.html'], '/');
    const embed = made.slice(made.indexOf('/embed/*'));
    expect(embed).toContain('frame-ancestors *');
    expect(embed).not.toContain('X-Frame-Options');
    expect(made.slice(0, made.indexOf('\n/\n'))).not.toContain('Content-Security-Policy');
  });

  it('holds below a path', () => {
    const made = staticHostHeaders(['index.html', 'check/index.html'], '/backup/');
    expect(pathsOf(made)).toEqual(['/backup/*', '/backup/', '/backup/check/*']);
  });

  it('refuses more rules than a host would read', () => {
    const files = Array.from({ length: 101 }, (_, index) => `file-${index}.txt`);
    expect(() => staticHostHeaders(files, '/')).toThrow(/would need 102 rules/);
  });
});
