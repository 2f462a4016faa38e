/** `npm run bench:ui`: how soon the window is usable, whether its memory stays flat, and whether a backtest makes it stutter. */
/// <reference lib="dom" />

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';
import { goTo, openWindow, runBacktest } from '../e2e/web/support/window.ts';
import { startApp, ROOT } from '../e2e/web/support/app.ts';
import { createApp } from '../src/app/app.ts';
import { startBrowserShell } from '../src/app/browser-shell/server.ts';
import { SAMPLE_URL } from '../src/app/candles/sample.ts';
import { NO_KEYCHAIN } from '../src/app/vault/testing/no-keychain.ts';
import { contract } from '../src/contract/contract.ts';
import { SYMBOLS, tickingFeed, type TickCount } from './bench-ui/ticking-feed.ts';
import { ensureChromium } from './test/chromium.ts';

/** An hour of a price a second for each symbol, this much faster. */
const SPEED = 60;
const HOUR_S = 3_600;
/** Code that is compiled as it is used counts as heap, too. */
const WARM_UP_MS = 20_000;
/** The heaps are told after each. */
const PARTS = 4;

const chromium = ensureChromium();

/** The app's process, and the page in a browser that is open already: Electron's own start is not in it. */
async function startTime(): Promise<void> {
  const apps: number[] = [];
  const pages: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const begun = performance.now();
    await using app = await startApp();
    apps.push(performance.now() - begun);
    await using window = await openWindow(app, { screen: 'Portfolio' }, chromium);
    const reloaded = performance.now();
    await window.page.reload();
    await window.page.getByRole('button', { name: 'Start a paper bot' }).waitFor();
    pages.push(performance.now() - reloaded);
  }
  const [app, page] = [Math.min(...apps), Math.min(...pages)];
  print(
    'start to usable window',
    `${seconds(app + page)}: app ${seconds(app)}, page ${seconds(page)}`,
  );
}

async function memory(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'piggy-bench-ui-'));
  const count: TickCount = { ticks: 0 };
  const fail = (error: unknown): never => {
    throw error instanceof Error ? error : new Error(String(error));
  };
  const app = await createApp({
    dataDir,
    workerUrl: new URL('../src/app/backtest/worker.ts', import.meta.url),
    sampleUrl: SAMPLE_URL,
    shell: 'browser',
    version: '0.0.0',
    platform: 'other',
    now: Date.now,
    newId: randomUUID,
    environment: {},
    keychain: NO_KEYCHAIN,
    openFeed: async () => tickingFeed(1_000 / SPEED, count),
    reportFault: fail,
  });
  const shell = await startBrowserShell({
    table: contract,
    handlers: app.handlers,
    reporting: { newIncidentId: randomUUID, onInternalError: ({ error }) => fail(error) },
    rendererDir: join(ROOT, 'dist', 'renderer'),
    port: 0,
    log: fail,
  });
  await setUpBots(app.handlers);
  await using window = await openWindow(shell.address, { screen: 'Portfolio' }, chromium);
  const session = await window.page.context().newCDPSession(window.page);
  // Until the curve is drawn: what a window loads once is not what it loses.
  await window.page.getByRole('img', { name: "Chart of the account's equity" }).waitFor();
  await wait(WARM_UP_MS);
  const samples = [await heaps(session)];
  for (let part = 0; part < PARTS; part += 1) {
    await wait((HOUR_S / SPEED / PARTS) * 1_000);
    samples.push(await heaps(session));
  }
  const over = (side: keyof Heaps): string =>
    samples.map((sample) => megabytes(sample[side])).join(' → ');
  print('prices that went in', `${count.ticks} on ${SYMBOLS.length} symbols`);
  print('window, MB of heap every quarter', over('window'));
  print('app, MB of heap every quarter', over('app'));
  await shell.close();
  await app.close();
  await rm(dataDir, { recursive: true, force: true });
}

type Handlers = Awaited<ReturnType<typeof createApp>>['handlers'];

async function setUpBots(handlers: Handlers): Promise<void> {
  const begun = await handlers['trading.begin']({
    venue: 'binanceus',
    balances: [{ currency: 'USDT', amount: 1_000 }],
  });
  if (!begun.ok) throw new Error(begun.error.sentence);
  for (const symbol of SYMBOLS) {
    const added = await handlers['bots.add']({
      account: 'paper',
      starts: true,
      name: symbol,
      symbol,
      timeframe: '1m',
      strategy: null,
      sizing: { kind: 'fixed', cost: 25 },
      exits: { stopDistance: null, targetDistance: null, trailing: null, maxHoldMs: null },
    });
    if (!added.ok) throw new Error(added.error.sentence);
  }
}

interface Heaps {
  readonly window: number;
  readonly app: number;
}

/** After a collection on both sides, bytes. */
async function heaps(session: CDPSession): Promise<Heaps> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  globalThis.gc?.();
  return { window: usedSize, app: process.memoryUsage().heapUsed };
}

async function frames(): Promise<void> {
  await using app = await startApp();
  await using window = await openWindow(app, {}, chromium);
  const { page } = window;
  await countFrames(page);
  await runBacktest(page);
  await page.getByRole('tab', { name: 'Chart and trades' }).click();
  await page.locator('.chart-candles canvas').first().waitFor();
  await goTo(page, 'Portfolio');
  const gaps = await page.evaluate(() => Reflect.get(window, 'benchFrames') as number[]);
  const sorted = gaps.toSorted((one, other) => one - other);
  const at = (part: number): string =>
    `${(sorted[Math.floor(part * (sorted.length - 1))] ?? 0).toFixed(0)} ms`;
  // Frames come at multiples of 16.67 ms: three of them are 50.0, give or take rounding.
  const long = gaps.filter((gap) => gap > 50.1).length;
  print('frames while a backtest runs and is drawn', `${gaps.length}`);
  print('median, 99 %, longest', `${at(0.5)}, ${at(0.99)}, ${at(1)}`);
  print('frames over 50 ms', `${long}`);
}

function countFrames(page: Page): Promise<void> {
  return page.evaluate(() => {
    const gaps: number[] = [];
    Reflect.set(window, 'benchFrames', gaps);
    let last = performance.now();
    const next = (now: number): void => {
      gaps.push(now - last);
      last = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function print(name: string, value: string): void {
  process.stdout.write(`${name.padEnd(44)}${value}\n`);
}

await startTime();
await frames();
await memory();
