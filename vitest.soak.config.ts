/** Long random runs, outside `npm test`: one file after another, for as long as they take. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.soak.ts', 'e2e/**/*.soak.ts'],
    setupFiles: ['scripts/test/property-seed.ts'],
    fileParallelism: false,
    testTimeout: 0,
    hookTimeout: 0,
    disableConsoleIntercept: true,
  },
});
