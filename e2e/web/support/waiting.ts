/** Waiting for what comes by itself, for tests and scripts alike: whatever changes is never read only once. */

import { setTimeout as pause } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';

/** ms that a slow and busy machine is given for one step. */
export const PATIENCE_MS = 45_000;

/** Reads until what was read holds. @throws Error with what was read last, once the patience is at its end */
export async function until<T>(
  read: () => Promise<T>,
  holds: (value: T) => boolean,
): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await read();
    if (holds(value)) return;
    if (Date.now() > end)
      throw new Error(`In ${PATIENCE_MS} ms it came to: ${JSON.stringify(value)}`);
    await pause(50);
  }
}

/** Until a text on the screen is like this. */
export function says(locator: Locator, pattern: RegExp): Promise<void> {
  return until(
    () => plainText(locator),
    (text) => pattern.test(text),
  );
}

/** With plain single spaces. */
export async function plainText(locator: Locator): Promise<string> {
  return (await locator.innerText()).replaceAll(/\s+/g, ' ').trim();
}

/** Waits until the corner has told this, also where it is gone again: it stays for four seconds at the least. */
export function announced(page: Page, text: string): Promise<void> {
  return until(
    () => page.evaluate(() => window.announced),
    (told) => told.some((one) => one.includes(text)),
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
