// @ts-check
import mdx from '@astrojs/mdx';
import preact from '@astrojs/preact';
import sitemap from '@astrojs/sitemap';
import { defineConfig } from 'astro/config';
import { fileURLToPath } from 'node:url';
import { floor } from './src/floor.ts';
import { assertValidFacts } from './src/data/validate.ts';

export default defineConfig({
  site: process.env.SITE_URL ?? 'https://backup-first.example',
  base: process.env.BASE_PATH ?? '/',
  trailingSlash: 'always',
  integrations: [
    mdx(),
    preact(),
    sitemap({ filter: (page) => !page.endsWith('/offline/') }),
    validFacts(),
  ],
  build: { inlineStylesheets: 'never' },
  // Its colors are inline styles, which a strict policy forbids, for six lines of shell.
  markdown: { syntaxHighlight: false },
  vite: {
    plugins: [plainImport()],
    build: {
      target: floor,
      cssTarget: floor,
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
