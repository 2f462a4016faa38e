/** One Chromium for all the windows of a test file: to start one takes as long as many a test. */

import { chromium, type Browser } from 'playwright-core';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let isShared = false;
let shared: Promise<Browser> | null = null;

/** From here to `closeSharedBrowser`, windows share one browser. */
export function shareBrowser(): void {
  isShared = true;
}

export async function closeSharedBrowser(): Promise<void> {
  const browser = shared;
  shared = null;
  await (await browser)?.close();
}

export interface BorrowedBrowser {
  readonly browser: Browser;
  /** Closes it, unless others use it too. */
  giveBack(): Promise<void>;
}

/** @param path - Of the program. */
export async function borrowBrowser(path: string): Promise<BorrowedBrowser> {
  if (!isShared) {
    const browser = await launch(path);
    return { browser, giveBack: () => browser.close() };
  }
  // One that has died is replaced: it fails the test that it died in, and no other.
  if (shared === null || !(await shared).isConnected()) shared = launch(path);
  return { browser: await shared, giveBack: async () => {} };
}

function launch(path: string): Promise<Browser> {
  return chromium.launch({ executablePath: path, args: ARGS });
}
