/** Candles of one's own: imported by the dialog or dropped, broken ones refused with a sentence; long runs cancelled. */

import { expect, it } from 'vitest';
import { startApp, startHeldApp } from './support/app.ts';
import { eventually, eventuallySays } from './support/eventually.ts';
import { itInBrowser } from './support/shell.ts';
import { dropFile, figure, openWindow, runBacktest } from './support/window.ts';

const DAY = 86_400_000;
const START = Date.UTC(2024, 0, 1);

/** Days of a price that swings, so that averages cross. */
function csvOf(days: number): string {
  const lines = Array.from({ length: days }, (_, day) => {
    const price = 100 + Math.round(20 * Math.sin(day / 9));
    return [START + day * DAY, price, price + 2, price - 2, price + 1, 10].join(',');
  });
  return ['timestamp,open,high,low,close,volume', ...lines].join('\n');
}

it('refuses a broken file, saying what is wrong and where, until that is dismissed', async () => {
  await using app = await startApp();
  await using window = await openWindow(app);
  const { page } = window;
  const lines = csvOf(30).split('\n');
  lines[7] = `${START + 6 * DAY},100,90,95,100,10`;

  await dropFile(page, 'broken.csv', lines.join('\n'));

  const alert = page.getByRole('alert').filter({ hasText: 'broken.csv was not imported' });
  await eventuallySays(alert.first()).toMatch(/line 8.*high/i);
  await alert.getByRole('button', { name: 'Dismiss' }).click();
  await alert.first().waitFor({ state: 'detached' });
  expect(window.problems).toEqual([]);
});

it('imports a file of several pieces and runs it', async () => {
  await using app = await startApp();
  await using window = await openWindow(app);
  const { page } = window;
  const csv = csvOf(40_000);
  expect(csv.length).toBeGreaterThan(1 << 20);

  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles({ name: 'ETH-USDT_1d.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await page.getByText('40,000 bars', { exact: true }).waitFor();
  await page.getByLabel('Symbol').fill('ETH/USDT');
  await runBacktest(page);

  await eventually(async () =>
    Number((await figure(page, 'tradeCount')).replaceAll(',', '')),
  ).toBeGreaterThan(500);
  // What was imported is no sample.
  await eventually(() => page.locator('.backtest-main').getByText('Synthetic').count()).toBe(0);
  expect(window.problems).toEqual([]);
});

itInBrowser('cancels a run that is at work, and stays usable meanwhile', async () => {
  await using app = await startHeldApp();
  await using window = await openWindow(app);
  const { page } = window;
  await page.getByRole('button', { name: 'Run backtest' }).click();
  await page.getByRole('heading', { name: 'Running' }).waitFor();

  await page.getByRole('button', { name: 'All runs' }).click();
  await page.getByRole('progressbar', { name: 'Progress' }).waitFor();
  await page.getByRole('button', { name: /^Moving-average cross/ }).click();
  await page.getByRole('button', { name: 'Cancel run' }).click();

  await page.getByRole('heading', { name: 'This run was cancelled' }).waitFor();
  await page.getByRole('button', { name: 'All runs' }).click();
  await page.getByRole('cell', { name: 'Cancelled' }).waitFor();
  expect(window.problems).toEqual([]);
});
