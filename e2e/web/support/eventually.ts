/** Waiting for what comes by itself: whatever changes behind the window's back is never read only once. */

import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** ms that a slow and busy machine is given for one step. */
export const PATIENCE_MS = 45_000;

type Awaited = ReturnType<typeof expect.poll<unknown>>;

/** Reads again and again until what follows holds. @param interval ms between two readings */
export function eventually(read: () => unknown, interval = 50): Awaited {
  return expect.poll(read, { timeout: PATIENCE_MS, interval });
}

/** `eventually` of a text on the screen. */
export function eventuallySays(locator: Locator): Awaited {
  return eventually(() => plainText(locator));
}

/** With plain single spaces. */
export async function plainText(locator: Locator): Promise<string> {
  return (await locator.innerText()).replaceAll(/\s+/g, ' ').trim();
}

/** Waits until the corner has told this, also where it is gone again: it stays for four seconds at the least. */
export async function announced(page: Page, text: string): Promise<void> {
  await eventually(() => page.evaluate(() => window.announced)).toEqual(
    expect.arrayContaining([expect.stringContaining(text)]),
  );
}

declare global {
  interface Window {
    /** What the corner has told since the page was loaded, oldest first. */
    announced: string[];
  }
}

/** For `addInitScript`: remembers what the corner tells. */
export function rememberAnnouncements(): void {
  window.announced = [];
  const notice = '.mantine-Notification-root';
  const look = (node: Node): void => {
    if (!(node instanceof Element)) return;
    const notices = [...(node.matches(notice) ? [node] : []), ...node.querySelectorAll(notice)];
    window.announced.push(...notices.map(({ textContent }) => textContent));
  };
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) addedNodes.forEach(look);
  }).observe(document, { childList: true, subtree: true });
}
