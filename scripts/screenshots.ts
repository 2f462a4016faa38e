/** `npm run screenshots`: pictures of the built window on the sample, for the README and for judging the design. */
/// <reference lib="dom" />

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ROOT, startApp } from '../e2e/web/support/app.ts';
import { dropFile, openWindow, runBacktest } from '../e2e/web/support/window.ts';
import { ensureChromium } from './test/chromium.ts';

const FOLDER = join(ROOT, 'docs', 'screenshots');
const SIZES = [
  { width: 1280, height: 800 },
  { width: 1024, height: 640 },
] as const;

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

const chromiumPath = ensureChromium();
await mkdir(FOLDER, { recursive: true });
for (const colorScheme of ['light', 'dark'] as const) {
  for (const size of SIZES) {
    await using app = await startApp();
    await using window = await openWindow(app.address, { colorScheme }, chromiumPath);
    const { page } = window;
    await page.setViewportSize(size);
    await walk(page, async (name) => {
      await page.evaluate(() => document.fonts.ready);
      // Two frames: charts draw on the one after their data.
      await page.evaluate(
        () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
      );
      await page.screenshot({ path: join(FOLDER, `${name}-${colorScheme}-${size.width}.png`) });
    });
  }
}
