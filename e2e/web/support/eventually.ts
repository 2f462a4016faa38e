/** What a test expects of what comes by itself. */

import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import { PATIENCE_MS, plainText } from './waiting.ts';

type Awaited = ReturnType<typeof expect.poll<unknown>>;

/** Reads again and again until what follows holds. @param interval ms between two readings */
export function eventually(read: () => unknown, interval = 50): Awaited {
  return expect.poll(read, { timeout: PATIENCE_MS, interval });
}

/** `eventually` of a text on the screen. */
export function eventuallySays(locator: Locator): Awaited {
  return eventually(() => plainText(locator));
}
