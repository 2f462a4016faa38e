/** The tests that `npm run mutate` runs against each mutant. */
import { z } from 'zod';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: z.array(z.string()).parse(JSON.parse(process.env['MUTATION_TESTS'] ?? '[]')),
    setupFiles: ['scripts/test/property-seed.ts'],
    // Long random worlds: a net above the others, too slow to be asked about each mutant.
    exclude: ['src/core/engine-model.test.ts', 'src/core/accounting/conservation.test.ts'],
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
