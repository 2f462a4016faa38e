/** The end-to-end tests: the built app in Chromium or, with `--mode electron`, in Electron. */
import { defineConfig } from 'vitest/config';

/** What has no window, or needs nothing of Electron to be checked. */
const WITHOUT_ELECTRON = ['e2e/web/packed-app.e2e.ts', 'e2e/web/electron-launch.e2e.ts'];

export default defineConfig(({ mode }) => ({
  test: {
    include: ['e2e/web/**/*.e2e.ts'],
    exclude: mode === 'electron' ? WITHOUT_ELECTRON : [],
    globalSetup: ['e2e/web/global-setup.ts'],
    setupFiles: ['e2e/web/setup.ts'],
    provide: { shell: mode === 'electron' ? ('electron' as const) : ('browser' as const) },
    pool: 'forks',
    // Much of a story is waiting: two at a time take little more than half the time, also on two processors. Electron's
    // windows would take the focus from each other.
    fileParallelism: mode !== 'electron',
    maxWorkers: 2,
    // Far longer than any of them takes, for machines that do other things as well.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
}));
