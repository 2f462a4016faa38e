/** The person's checklist, the trade log of phases 1 and 3: paper and live apart, orders with their whole life, and books that outlive what they are of. */

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { eventually } from './support/eventually.ts';
import { buyLive, connect, goLive, sellLive, startLiveApp, startPaperBot } from './support/live.ts';
import { isInElectron } from './support/shell.ts';
import { goTo, openWindow } from './support/window.ts';

/** Buys by hand on paper, at the simulator's prices, and sells again. */
async function tradeOnPaper(page: Page): Promise<void> {
  await startPaperBot(page, 'Binance US');
  await goTo(page, 'Bots');
  const ticket = page.getByRole('form', { name: 'Order by hand' });
  await ticket.getByLabel('Amount').fill('20');
  await ticket.getByRole('button', { name: 'Buy for 20.00 USDT on paper' }).click();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await page.getByRole('button', { name: /^Sell .* on paper$/ }).click();
  await page.getByRole('heading', { name: 'Position' }).waitFor({ state: 'detached' });
}

const log = (page: Page) => page.getByRole('grid', { name: 'Trade log' });
/** Without the header. */
const rows = (page: Page) => log(page).locator('.table-body').getByRole('row');

/** What a download of the trades is called; Electron asks a person where to put it. */
async function exportedName(page: Page): Promise<string> {
  if (isInElectron()) return 'cryptopiggy-trades.csv';
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Trades (CSV)' }).click(),
  ]);
  return download.suggestedFilename();
}

describe('Phases 1 and 3: the trade log', () => {
  it('shows paper trades only while there are no others, and tells the whole life of an order', async () => {
    await using live = await startLiveApp();
    await using window = await openWindow(live.app, { screen: 'Portfolio' });
    const { page } = window;
    await tradeOnPaper(page);
    await goTo(page, 'Trades');
    await rows(page).getByText('By hand').waitFor();
    await eventually(() => rows(page).allInnerTexts()).toEqual([expect.stringContaining('PAPER')]);
    await eventually(() => page.locator('main').innerText()).not.toContain('LIVE');

    await rows(page).first().click();
    const story = page.getByRole('dialog', { name: 'Trade in BTC/USDT' });
    await story.getByRole('button', { name: /^Buy at market/ }).click();
    const order = page.getByRole('dialog', { name: 'Order in BTC/USDT' });
    await order.getByText('Buy BTC for 20.00 USDT at the market.').waitFor();
    await order.getByText(/^The exchange accepted it/).waitFor();
    await order.getByText(/That was all of it\.$/).waitFor();
    await order.getByRole('button', { name: 'Back to the trade' }).click();
    await story.getByRole('button', { name: 'Close' }).click();

    await page.getByRole('tab', { name: 'Orders' }).click();
    await page.getByRole('grid', { name: 'Orders' }).getByText('withdrawn').waitFor();
    await page.getByRole('tab', { name: 'Decisions and alerts' }).click();
    await page
      .getByRole('grid', { name: 'Decisions' })
      .getByText('Buy BTC for 20.00 USDT at the market.')
      .waitFor();
    expect(window.problems).toEqual([]);
  });

  it('keeps live trades apart, and shows them again after a restart, with no exchange connected', async () => {
    await using live = await startLiveApp();
    await using window = await openWindow(live.app, { screen: 'Portfolio' });
    const { page } = window;
    await tradeOnPaper(page);
    await goTo(page, 'Settings');
    await connect(page);
    await goLive(page);
    await buyLive(page);
    await goTo(page, 'Trades');
    await rows(page).getByText('Still open').waitFor();
    await eventually(() => rows(page).allInnerTexts()).toEqual([expect.stringContaining('LIVE')]);
    await goTo(page, 'Settings');
    await sellLive(page);
    expect(window.problems).toEqual([]);

    await live.app.kill();
    await live.app.startAgain();
    await using again = await openWindow(live.app, { screen: 'Trades' });
    await rows(again.page).getByText('PAPER').waitFor();
    await again.page.getByRole('combobox', { name: 'Whose books' }).click();
    await again.page.getByRole('option', { name: 'Live, Binance US' }).click();
    await rows(again.page).getByText('LIVE').waitFor();
    await eventually(() => rows(again.page).count()).toBe(1);
    expect(await exportedName(again.page)).toBe('cryptopiggy-trades.csv');
    expect(again.problems).toEqual([]);
  });
});
