/** Makes sure of a Chromium once, before the end-to-end tests; they get its path from `inject('chromiumPath')`. */
import type { TestProject } from 'vitest/node';
import { ensureChromium } from '../../scripts/test/chromium.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The program that the tests drive. */
    readonly chromiumPath: string;
  }
}

export function setup(project: TestProject): void {
  project.provide('chromiumPath', ensureChromium());
}
