import astro from 'eslint-plugin-astro';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * Imports run one way: pages -> layouts -> components -> content -> core -> data. What a room may
 * not know, and the only packages it may use.
 */
const rooms = {
  data: { above: ['core', 'content', 'components', 'layouts', 'pages'], packages: ['zod'] },
  core: { above: ['content', 'components', 'layouts', 'pages'], packages: ['fastest-levenshtein'] },
  content: { above: ['components', 'layouts', 'pages'], packages: [] },
  components: { above: ['layouts', 'pages'] },
  layouts: { above: ['pages'] },
};

const importDirection = Object.entries(rooms).map(([room, { above, packages }]) => ({
  files: [`src/${room}/**/*.{ts,tsx,astro}`],
  // Reads the files under Node, at build alone.
  ignores: ['src/data/validate.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `/(${above.join('|')})/`,
            message: `src/${room} must not import from the rooms above it.`,
          },
          ...(packages
            ? [
                {
                  regex: `^(?!${['\\.', ...packages].join('|')})`,
                  message: `src/${room} uses no package but: ${packages.join(', ') || 'none'}.`,
                },
              ]
            : []),
        ],
      },
    ],
  },
}));

export default defineConfig([
  globalIgnores([
    'dist/',
    '.astro/',
    '**/node_modules/',
    'bench/.work/',
    'test-results/',
    'playwright-report/',
  ]),
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      // A handler that hands on what it calls is the plainest way to write one.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // `as Shape` says which shape it is; `!` says nothing.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // The first of a list of candidates, and the list itself, read alike with filter.
      '@typescript-eslint/prefer-find': 'off',
      '@typescript-eslint/explicit-function-return-type': ['error', { allowExpressions: true }],
    },
  },
  {
    files: ['**/*.tsx'],
    rules: { '@typescript-eslint/explicit-function-return-type': 'off' },
  },
  {
    files: ['src/core/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['window', 'document', 'navigator', 'location', 'history', 'localStorage', 'fetch'].map(
          (name) => ({ name, message: 'core has no DOM and no network.' }),
        ),
        { name: 'Date', message: 'core has no clock: take the day as a parameter.' },
      ],
    },
  },
  ...astro.configs.recommended,
  ...importDirection,
]);
