/**
 * A Starlight site that says what ours says: every page of ours as Markdown, under the same
 * address, with nothing of Starlight switched on or off.
 */
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'node-html-parser';
import { parsing, spacedText, wordsOf, writtenPage } from './markdownOf.ts';
import { project, run } from './programs.ts';

export interface StarlightSite {
  /** Where it was built to. */
  folder: string;
  pages: number;
}

/** Below `bench/`, so that its packages are found. */
const work = join(project, 'bench/.work/starlight');

/**
 * Writes and builds it anew.
 * @param ours the folder our own site was built to
 * @param site the address it will be served at
 * @throws Error when a built page does not say what ours says
 */
export async function buildStarlight(ours: string, site: string): Promise<StarlightSite> {
  rmSync(work, { recursive: true, force: true });
  const files = readdirSync(ours, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('index.html'),
  );
  // Astro reads here which packages to compile along; npm never installs from it.
  const dependencies = { '@astrojs/starlight': '*', astro: '*' };
  write(
    join(work, 'package.json'),
    JSON.stringify({ type: 'module', private: true, dependencies }),
  );
  write(join(work, 'astro.config.mjs'), configOf(site));
  write(join(work, 'src/content.config.ts'), contentConfig);
  const pages = files.map((file) => {
    const page = writtenPage(readFileSync(join(ours, file), 'utf8'));
    const name = file === 'index.html' ? 'index.md' : `${dirname(file)}.md`;
    write(join(work, 'src/content/docs', name), withFrontMatter(page));
    return { file, words: page.words };
  });
  // Without these every page of it would ask for files that are not there.
  write(join(work, 'public/robots.txt'), 'User-agent: *\nAllow: /\n');
  write(join(work, 'public/favicon.svg'), readFileSync(join(ours, 'icon.svg'), 'utf8'));
  const programs = [join(project, 'bench/node_modules/.bin')];
  const built = await run('astro build', { folder: work, programs });
  if (built.status !== 0) throw new Error(`Starlight did not build:\n${built.said}`);
  for (const { file, words } of pages) assertSameWords(join(work, 'dist', file), words);
  return { folder: join(work, 'dist'), pages: pages.length };
}

function configOf(site: string): string {
  return `import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';

export default defineConfig({
  site: ${JSON.stringify(site)},
  trailingSlash: 'always',
  integrations: [starlight({ title: 'Backup First' })],
});
`;
}

const contentConfig = `import { docsLoader } from '@astrojs/starlight/loaders';
import { docsSchema } from '@astrojs/starlight/schema';
import { defineCollection } from 'astro:content';

export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };
`;

function withFrontMatter(page: { title: string; description: string; markdown: string }): string {
  return `---\ntitle: ${JSON.stringify(page.title)}\ndescription: ${JSON.stringify(page.description)}\n---\n\n${page.markdown}`;
}

const addedByStarlight =
  '.sl-anchor-link, svg, style, script, .expressive-code .header, .expressive-code .copy';

/** A comparison with less text, or more, would compare nothing. */
function assertSameWords(file: string, expected: string[]): void {
  const page = parse(readFileSync(file, 'utf8'), parsing);
  const parts = [page.querySelector('h1'), page.querySelector('.sl-markdown-content')];
  for (const part of parts) part?.querySelectorAll(addedByStarlight).forEach((it) => it.remove());
  const found = wordsOf(parts.map((part) => (part ? spacedText(part) : '')).join(' '));
  const at = expected.findIndex((word, index) => word !== found[index]);
  if (at >= 0 || found.length !== expected.length) {
    const around = (words: string[]): string => words.slice(Math.max(0, at - 4), at + 8).join(' ');
    throw new Error(
      `${file} does not say what our page says: ${found.length} words for ${expected.length}; “${around(found)}” for “${around(expected)}”.`,
    );
  }
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
