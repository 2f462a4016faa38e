/** Finds, once before the end-to-end tests, what they drive; they get it from `inject`. */

import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { installedElectron, whyNoWindow } from '../../scripts/start/electron.ts';
import { ensureChromium } from '../../scripts/test/chromium.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Set by vitest.e2e.config.ts. */
    readonly shell: 'browser' | 'electron';
    /** The program that the tests drive; empty in Electron. */
    readonly chromiumPath: string;
    /** Electron's program; empty in the browser shell. */
    readonly electronPath: string;
    /** Why the stories cannot be told in this shell on this machine; `null` where they can. */
    readonly whyNotChecked: string | null;
  }
}

export function setup(project: TestProject): void {
  const isElectron = project.config.provide.shell === 'electron';
  const electron = isElectron ? findElectron() : NO_ELECTRON;
  project.provide('chromiumPath', isElectron ? '' : ensureChromium());
  project.provide('electronPath', electron.program);
  project.provide('whyNotChecked', electron.whyNot);
  if (electron.whyNot !== null) console.warn(`\n${electron.whyNot}\n`);
}

interface FoundElectron {
  readonly program: string;
  readonly whyNot: string | null;
}

const NO_ELECTRON: FoundElectron = { program: '', whyNot: null };

/** Never downloads: whoever wants these tests opens the app once. */
function findElectron(): FoundElectron {
  const surroundings = {
    platform: process.platform,
    env: process.env,
    userId: process.getuid?.() ?? null,
  };
  const folder = join(import.meta.dirname, '..', '..', 'node_modules', 'electron');
  const program = installedElectron(folder, surroundings);
  const why =
    program === null
      ? "Electron's program is not on this machine; npm start downloads it."
      : whyNoWindow(surroundings);
  return why === null
    ? { program: program ?? '', whyNot: null }
    : { program: '', whyNot: `Nothing was checked in Electron. ${why}` };
}
