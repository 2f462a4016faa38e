/** Which shell the stories are told in: the browser shell in Chromium, or Electron. */

import { inject, it } from 'vitest';
// For what it says about the tests' provided values.
import '../global-setup.ts';

let isElectron = false;

/** From here on, the app is started in the shell that the tests are run for; scripts have the browser shell. */
export function takeShellOfTests(): void {
  isElectron = inject('shell') === 'electron';
}

export function isInElectron(): boolean {
  return isElectron;
}

/** For what Electron has not: a second window, a held worker, a page's own downloads, frames to be read on their way. */
export function itInBrowser(name: string, story: () => Promise<void>, timeout?: number): void {
  it.skipIf(inject('shell') === 'electron')(`${name} (browser shell)`, story, timeout);
}
