// @ts-check
import mdx from '@astrojs/mdx';
import preact from '@astrojs/preact';
import sitemap from '@astrojs/sitemap';
import { defineConfig } from 'astro/config';
import { fileURLToPath } from 'node:url';
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

/** Vite wraps every import() in 1.8 KB that load styles first; our chunks have none of their own. */
function plainImport() {
  return {
    name: 'plain-import',
    /** @type {'pre'} */
    enforce: 'pre',
    /** @param {string} id */
    load: (id) =>
      id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : null,
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

/** Where a fact is from, and of which day, is read at build alone: browsers get records without it. */
function lighterFacts() {
  return {
    name: 'lighter-facts',
    /** @type {'pre'} */
    enforce: 'pre',
    /** @param {{ name: string }} environment */
    applyToEnvironment: ({ name }) => name === 'client',
    transform: {
      filter: { id: /src\/data\/(devices|releases)\/.+\.json$/ },
      /** @param {string} json */
      handler(json) {
        const { sources, asOf, ...record } = JSON.parse(json);
        return JSON.stringify(record);
      },
    },
  };
}
