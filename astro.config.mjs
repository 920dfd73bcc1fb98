// @ts-check
import mdx from '@astrojs/mdx';
import preact from '@astrojs/preact';
import sitemap from '@astrojs/sitemap';
import { defineConfig } from 'astro/config';
import { fileURLToPath } from 'node:url';
import { lighterFacts } from './scripts/build/lighterFacts.ts';
import { buildTarget } from './scripts/floor/browsers.ts';
import { assertValidFacts } from './src/data/validate.ts';

export default defineConfig({
  site: process.env.SITE_URL ?? 'https://backup-first.example',
  base: process.env.BASE_PATH ?? '/',
  trailingSlash: 'always',
  integrations: [
    mdx(),
    preactWithoutIslands(),
    sitemap({ filter: (page) => !page.endsWith('/offline/') }),
    validFacts(),
  ],
  build: { inlineStylesheets: 'never' },
  // Its colors are inline styles, which a strict policy forbids, for six lines of shell.
  markdown: { syntaxHighlight: false },
  vite: {
    plugins: [plainImport(), lighterFacts()],
    // A folder of their own: a worker goes by the policy that it is served with.
    worker: { rolldownOptions: { output: { entryFileNames: 'workers/[name].[hash].js' } } },
    build: {
      target: buildTarget,
      cssTarget: buildTarget,
      // Lightning CSS takes a plain color before one with var() for a repetition and drops it.
      cssMinify: 'esbuild',
      assetsInlineLimit: 0,
      // Astro marks compiled guides with a directive of its own, which the bundler need not keep.
      rolldownOptions: { checks: { moduleLevelDirective: false } },
    },
  },
});

/**
 * Vite wraps every import() in 1.8 KB that load styles first, of which our chunks have none. What a chunk
 * itself imports is asked for along with it, not after it has come.
 */
function plainImport() {
  let base = '/';
  return {
    name: 'plain-import',
    /** @type {'pre'} */
    enforce: 'pre',
    /** @param {{ base: string }} config */
    configResolved: (config) => {
      base = config.base.replace(/\/?$/, '/');
    },
    /** @param {string} id */
    load: (id) =>
      id === '\0vite/preload-helper.js'
        ? `const along = (file) => { import(/* @vite-ignore */ ${JSON.stringify(base)} + file).catch(() => {}); };
           export const __vitePreload = (load, files) => { if (files) files.forEach(along); return load(); };`
        : null,
  };
}

/** Preact renders at build; no island is hydrated by Astro, so no script for that is built. */
function preactWithoutIslands() {
  const integration = preact();
  const setUp = integration.hooks['astro:config:setup'];
  return {
    ...integration,
    hooks: {
      ...integration.hooks,
      /** @type {NonNullable<typeof setUp>} */
      'astro:config:setup': (options) =>
        setUp?.({
          ...options,
          addRenderer: ({ name, serverEntrypoint }) =>
            options.addRenderer({ name, serverEntrypoint }),
        }),
    },
  };
}

/** Bad facts stop the build before anything is made of them. */
function validFacts() {
  return {
    name: 'valid-facts',
    hooks: {
      'astro:config:setup': () => {
        assertValidFacts(fileURLToPath(new URL('./src/data', import.meta.url)));
      },
    },
  };
}
