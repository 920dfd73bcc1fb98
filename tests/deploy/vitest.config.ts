import { defineConfig } from 'vitest/config';

/** Looks at the built site and at servers of it, so it runs after a build. */
export default defineConfig({
  test: {
    include: ['tests/deploy/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 300_000,
    // Each server takes the first free port.
    fileParallelism: false,
    reporters: ['verbose'],
  },
});
