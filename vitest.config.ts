import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.ts',
      'src/**/*.test.tsx',
      'scripts/**/*.test.ts',
      'e2e/exchange-simulator/**/*.test.ts',
      'e2e/kraken-simulator/**/*.test.ts',
    ],
    setupFiles: ['scripts/test/property-seed.ts'],
  },
});
