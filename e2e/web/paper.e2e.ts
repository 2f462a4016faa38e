/** The person's checklist, phase 1: paper trading, from the first start of the app. */

import { describe, expect, it } from 'vitest';
import { startLiveApp, startPaperBot } from './support/live.ts';
import { goTo, openWindow, runBacktest } from './support/window.ts';

describe('Phase 1: paper', () => {
  it('starts in Paper Trading Mode, and asks for no key', async () => {
    await using live = await startLiveApp();
    await using window = await openWindow(live.app, { screen: 'Portfolio' });
    const { page } = window;
    await page.getByRole('button', { name: 'Mode: paper' }).hover();
    await page.getByText('Paper Trading Mode: no real money.').waitFor();
    await startPaperBot(page);
    await page.getByRole('button', { name: 'Mode: paper' }).waitFor();
    expect(live.simulator.control.truth().orders).toEqual([]);
    expect(window.problems).toEqual([]);
  });

  it('Run Backtest completes and shows returns', async () => {
    await using live = await startLiveApp();
    await using window = await openWindow(live.app);
    await runBacktest(window.page);
    await window.page.getByLabel('Headline figures').getByText('Total return').waitFor();
    expect(window.problems).toEqual([]);
  });

  it('polling six times updates the ticker, and ends by itself', async () => {
    await using live = await startLiveApp();
    await using window = await openWindow(live.app, { screen: 'Portfolio' });
    const { page } = window;
    await startPaperBot(page);
    await goTo(page, 'Bots');
    await page.getByRole('button', { name: 'Start polling 10 s × 6' }).waitFor();
    await page.getByLabel('Every').fill('1');
    await page.getByRole('button', { name: 'Start polling 1 s × 6' }).click();
    await page.getByText('All 6 have come.').waitFor();
    await page.getByRole('button', { name: 'Start polling 1 s × 6' }).waitFor();
    expect(window.problems).toEqual([]);
  });
});
