/** The end-to-end tests: the built app in Chromium, one file after another. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['e2e/web/**/*.e2e.ts'],
    globalSetup: ['e2e/web/global-setup.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
