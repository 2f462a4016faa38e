/** Candles of an exchange, downloaded in the window and backtested. */

import { describe, expect, it } from 'vitest';
import { eventually } from './support/eventually.ts';
import { startLiveApp } from './support/live.ts';
import { openWindow, runBacktest } from './support/window.ts';
import { announced } from './support/waiting.ts';

const DAY_MS = 86_400_000;

describe('a download', () => {
  it('brings candles that the next backtest runs on', async () => {
    await using live = await startLiveApp();
    await using window = await openWindow(live.app);
    const { page } = window;
    await page.getByRole('button', { name: 'Download', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Download candles' });
    const first = new Date(Date.now() - 5 * DAY_MS).toISOString().slice(0, 10);
    await dialog.getByLabel('First day (UTC)').fill(first);
    await dialog.getByRole('button', { name: 'Download' }).click();
    await announced(page, 'The candles are here, and chosen for the next backtest.');
    await dialog.waitFor({ state: 'hidden' });
    const chosen = page.getByRole('combobox', { name: 'Candles', exact: true });
    await eventually(() => chosen.inputValue()).toContain('Binance US');
    await runBacktest(page);
    expect(window.problems).toEqual([]);
  });

  it('of a pair that is not there says so', async () => {
    await using live = await startLiveApp();
    await using window = await openWindow(live.app);
    const { page } = window;
    await page.getByRole('button', { name: 'Download', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Download candles' });
    await dialog.getByLabel('Pair').fill('XYZ/USDT');
    await dialog.getByRole('button', { name: 'Download' }).click();
    await dialog.getByText(/XYZ\/USDT/).waitFor();
    expect(window.problems).toEqual([]);
  });
});
