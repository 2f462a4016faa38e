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
    // Much of them waits for disks and processes: two at a time take little more than half the time, also on two processors.
    maxWorkers: 2,
    // They bound a failure and time nothing: a machine that is busy with other work is no reason to fail.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 15_000 } },
    setupFiles: ['scripts/test/property-seed.ts'],
  },
});
