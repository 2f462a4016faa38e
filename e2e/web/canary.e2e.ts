/**
 * A key and a secret that are watched: they pass through a whole live session with every error provoked and everything
 * logged that Node can log, and afterwards nothing that was written, stored or shown holds them.
 */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Simulator } from '../exchange-simulator/simulator.ts';
import { eventually } from './support/eventually.ts';
import { buyLive, goLive, saveKey, startLiveApp, validate } from './support/live.ts';
import { itInBrowser } from './support/shell.ts';
import { goTo, openWindow } from './support/window.ts';
import { announced } from './support/waiting.ts';

/** The simulator's own, another pair, and what guards the file. */
const CANARIES = [
  'simulator-key',
  'simulator-secret',
  'canary-wrong-key-0001',
  'canary-wrong-secret-0001',
  'canary-passphrase-7731',
  'canary-wrong-passphrase-1',
] as const;
const [KEY, SECRET, OTHER_KEY, OTHER_SECRET, PASSPHRASE, WRONG_PASSPHRASE] = CANARIES;

const TALKATIVE = { NODE_DEBUG: 'http,https,net,tls,fetch,undici,fs', DEBUG: '*' };

/** As they are, and as they would look after the usual encodings. */
const NEEDLES = CANARIES.flatMap((text) => {
  const bytes = Buffer.from(text);
  return [
    text,
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('hex'),
    Array.from(text).toReversed().join(''),
  ];
});

function found(text: string): readonly string[] {
  return NEEDLES.filter((needle) => text.includes(needle));
}

async function everyFile(folder: string): Promise<readonly { path: string; text: string }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      return { path, text: await textIfThere(path) };
    }),
  );
}

/** The app runs: what was there a moment ago may be gone. */
async function textIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, 'latin1');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

interface Frames {
  readonly received: string[];
  readonly sent: string[];
}

function recordFrames(page: Page): Frames {
  const frames: Frames = { received: [], sent: [] };
  const text = (payload: string | Buffer): string =>
    typeof payload === 'string' ? payload : payload.toString('latin1');
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => frames.received.push(text(payload)));
    socket.on('framesent', ({ payload }) => frames.sent.push(text(payload)));
  });
  return frames;
}

/** Every way in which asking for the account can go wrong; each has to be told in the window. */
async function provokeErrors(simulator: Simulator, page: Page): Promise<void> {
  const { control } = simulator;
  const at = { path: '/account', times: 6 } as const;
  const faults = [
    { kind: 'reset', ...at },
    { kind: 'server-error', status: 502, ...at },
    { kind: 'backend-timeout', ...at },
    { kind: 'rate-limit', retryAfterSeconds: 1, ...at },
    { kind: 'ban', retryAfterSeconds: 1, ...at },
    { kind: 'clock-skew', ms: 60_000 },
    { kind: 'maintenance', on: true },
  ] as const;
  for (const fault of faults) {
    control.fault(fault);
    await validate(page);
    control.clearFaults();
  }
}

/** What was provoked may be felt for a moment longer: a pause that was asked for, a clock that is read again. */
async function validateAtLast(page: Page): Promise<void> {
  await eventually(async () => {
    await validate(page);
    return page.getByLabel('Confirmation token').isEnabled();
  }).toBe(true);
}

itInBrowser(
  'no log, file or message of a live session holds a key, a secret or a passphrase',
  async () => {
    await using live = await startLiveApp(TALKATIVE);
    const { app, simulator } = live;
    await using window = await openWindow(app, { screen: 'Settings' });
    const { page } = window;
    // From here on: the page connects anew, and every message is seen.
    const frames = recordFrames(page);
    await page.reload();
    await page.getByRole('radio', { name: 'Encrypted file' }).check();
    await page.getByLabel('New passphrase').fill(PASSPHRASE);
    await page.getByRole('button', { name: 'Begin an encrypted file' }).click();
    await page.getByLabel('API key').waitFor();
    await saveKey(page, OTHER_KEY, OTHER_SECRET);
    await validate(page);
    await page
      .getByText(/Binance US says the key/)
      .first()
      .waitFor();
    await saveKey(page, KEY, SECRET);
    await provokeErrors(simulator, page);
    await validateAtLast(page);
    await goLive(page);
    simulator.control.fault({ kind: 'timeout', effect: 'after', method: 'POST', path: '/order' });
    await buyLive(page);
    await page.getByRole('button', { name: 'Emergency stop' }).click();
    await page.getByRole('button', { name: 'Stop and sell everything' }).click();
    await announced(page, 'Stopped.');
    const before = await everyFile(app.dataDir);
    await app.kill();
    await app.startAgain();

    await using again = await openWindow(app, { screen: 'Settings' });
    const later = recordFrames(again.page);
    await again.page.reload();
    await goTo(again.page, 'Settings');
    for (const passphrase of [WRONG_PASSPHRASE, PASSPHRASE]) {
      await again.page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
      await again.page.getByRole('button', { name: 'Unlock the file' }).click();
      await again.page
        .locator('button:not([data-loading])', { hasText: 'Unlock the file' })
        .or(again.page.locator('.kept-key'))
        .first()
        .waitFor();
    }
    await again.page.locator('.kept-key').waitFor();

    // The search finds what is there: it was sent by the window, once.
    const sent = [...frames.sent, ...later.sent].join('\n');
    expect(CANARIES.filter((canary) => sent.includes(canary))).toEqual([...CANARIES]);
    expect(app.output().length).toBeGreaterThan(1_000);
    expect(found(app.output())).toEqual([]);
    expect(found([...frames.received, ...later.received].join('\n'))).toEqual([]);
    for (const { path, text } of [...before, ...(await everyFile(app.dataDir))]) {
      expect({ path, found: found(text) }).toEqual({ path, found: [] });
    }
  },
);
