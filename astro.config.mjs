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
    plugins: [plainImport(), plainTokens(), lighterFacts()],
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
    // The lists of what to load first, which nothing would read.
    /** @param {string} code */
    renderChunk: (code) =>
      code.includes('__VITE_PRELOAD__') ? code.replace(/__VITE_PRELOAD__/g, 'void 0') : null,
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

/**
 * Fuse.js reads words with `\p{…}` in a way of searching that we do not use; Firefox 68 fails at the
 * sight of it, and the checker with it. There, letters without accents are enough.
 */
function plainTokens() {
  return {
    name: 'plain-tokens',
    transform: {
      filter: { id: /fuse\.js/ },
      /** @param {string} code */
      handler: (code) => code.replace('[\\p{L}\\p{M}\\p{N}_]', '\\w'),
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
