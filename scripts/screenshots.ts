/** `npm run screenshots`: pictures of the built window on the sample, for the README and for judging the design. */
/// <reference lib="dom" />

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ROOT, startApp } from '../e2e/web/support/app.ts';
import type { Simulator } from '../e2e/exchange-simulator/simulator.ts';
import {
  buyLive,
  connect,
  goLive,
  sellLive,
  startLiveApp,
  startPaperBot,
  type LiveApp,
} from '../e2e/web/support/live.ts';
import { dropFile, goTo, openWindow, runBacktest } from '../e2e/web/support/window.ts';
import { until } from '../e2e/web/support/waiting.ts';
import { ensureChromium } from './test/chromium.ts';

const FOLDER = join(ROOT, 'docs', 'screenshots');
const COMPACT = { width: 360, height: 520 } as const;
const SIZE = { width: 1280, height: 800 } as const;

/** Charts come one after another, each on the frame after its data. */
const FRAMES_TO_DRAW = 8;

type Shoot = (name: string) => Promise<void>;

const BROKEN = `timestamp,open,high,low,close,volume
1704067200000,42000,42500,41800,42300,10
1704153600000,42300,41000,42900,42800,10
`;

async function walk(page: Page, shoot: Shoot): Promise<void> {
  await shoot('empty');
  await page.getByRole('switch', { name: 'Hard limits' }).uncheck();
  await runBacktest(page);
  await shoot('results');
  await page.getByRole('tab', { name: 'Chart and trades' }).click();
  await page.locator('.chart-candles canvas').first().waitFor();
  await shoot('chart');
  await page.getByRole('grid', { name: 'Trades' }).getByRole('row').nth(3).click();
  await shoot('trade');
  await page.getByLabel('Fast average').fill('5');
  await page.getByRole('switch', { name: 'Hard limits' }).check();
  await shoot('form');
  await runBacktest(page);
  await page.getByRole('button', { name: 'All runs' }).click();
  for (const tick of await page.getByRole('checkbox', { name: /^Compare/ }).all())
    await tick.check();
  await shoot('runs');
  await page.getByRole('button', { name: 'Compare 2 runs' }).click();
  await page.getByRole('table', { name: 'Figures of the compared runs' }).waitFor();
  await shoot('compare');
  await dropFile(page, 'my-candles.csv', BROKEN);
  await page.getByText('my-candles.csv was not imported').waitFor();
  await shoot('error');
}

/** The trading screens: on paper from the first start, and live on the exchange simulator. */
async function walkTrading({ simulator }: LiveApp, page: Page, shoot: Shoot): Promise<void> {
  await page.getByRole('button', { name: 'Start a paper bot' }).waitFor();
  await shoot('start');
  await startPaperBot(page);
  await page.locator('.chart-candles canvas').first().waitFor();
  await shoot('bots');
  await goTo(page, 'Settings');
  await shoot('settings');
  await connect(page);
  await goLive(page);
  await tradeLive(simulator, page);
  await shoot('live-settings');
  for (const screen of ['Portfolio', 'Bots', 'Trades'] as const) {
    await goTo(page, screen);
    await shoot(`live-${screen.toLowerCase()}`);
  }
  await page.getByRole('grid', { name: 'Trade log' }).getByText('Still open').click();
  await page.getByRole('button', { name: /^Buy at market/ }).click();
  await page.getByText('That was all of it.').waitFor();
  await shoot('live-order');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Emergency stop' }).click();
  await page.getByRole('dialog', { name: 'Stop everything' }).waitFor();
  await shoot('stop');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('button', { name: 'Mode: halted' }).waitFor();
  await page.setViewportSize(COMPACT);
  await page.getByRole('main', { name: 'CryptoPiggy at a glance' }).waitFor();
  await shoot('compact');
}

/** A trade that gains, one that loses, and a position. */
async function tradeLive(simulator: Simulator, page: Page): Promise<void> {
  for (const price of ['61200', '60400']) {
    await buyLive(page);
    simulator.control.movePrice('BTCUSDT', price);
    await sellLive(page);
  }
  await buyLive(page);
  simulator.control.movePrice('BTCUSDT', '60900');
}

function framesLater(page: Page, frames: number): Promise<void> {
  return page.evaluate(async (count) => {
    for (let frame = 0; frame < count; frame += 1) {
      await new Promise(requestAnimationFrame);
    }
  }, frames);
}

/** As a person sees it who has waited: everything has come, the notices are gone. */
async function settle(page: Page): Promise<void> {
  // Where it hovers over nothing.
  await page.mouse.move(0, 0);
  await until(
    () => page.locator('.mantine-Notification-root').count(),
    (notices) => notices === 0,
  );
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  await page.evaluate(() => document.fonts.ready);
  await framesLater(page, FRAMES_TO_DRAW);
}

const chromiumPath = ensureChromium();
await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER, { recursive: true });
for (const colorScheme of ['light', 'dark'] as const) {
  const shootTo =
    (page: Page): Shoot =>
    async (name) => {
      await settle(page);
      await page.screenshot({ path: join(FOLDER, `${name}-${colorScheme}.png`) });
    };
  await using app = await startApp();
  await using window = await openWindow(app, { colorScheme }, chromiumPath);
  await window.page.setViewportSize(SIZE);
  await walk(window.page, shootTo(window.page));
  await using live = await startLiveApp();
  const portfolio = { colorScheme, screen: 'Portfolio' } as const;
  await using trading = await openWindow(live.app, portfolio, chromiumPath);
  await trading.page.setViewportSize(SIZE);
  await walkTrading(live, trading.page, shootTo(trading.page));
}
