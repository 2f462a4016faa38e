/** The person's checklist, phase 4: the limits, by hand on paper and live, on the exchange simulator. */

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { goLive, saveKey, startLiveApp, validate, type LiveApp } from './support/live.ts';
import { goTo, openWindow } from './support/window.ts';

/** A paper account with the simulator's prices, and a bot to order through. */
async function withPaperBot(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Prices' }).click();
  await page.getByRole('option', { name: 'Binance US' }).click();
  await page.getByRole('button', { name: 'Start a paper bot' }).click();
  await page.getByText('Your first bot is running, on paper.').waitFor();
  await goTo(page, 'Bots');
}

const ticket = (page: Page) => page.getByRole('form', { name: 'Order by hand' });
const gate = (page: Page) => page.getByRole('status', { name: 'What the risk gate will do' });

describe('Phase 4: limits', () => {
  it('100 USD are capped to 50, 1 USD is refused, and so is a symbol that is not listed', async () => {
    await using live = await startLiveApp();
    await using window = await openWindow(live.app.address, { screen: 'Portfolio' });
    const { page } = window;
    await withPaperBot(page);
    await ticket(page).getByLabel('Amount').fill('100');
    await gate(page)
      .getByText(/100\.00 → capped to 50\.00/)
      .waitFor();
    await ticket(page)
      .getByRole('button', { name: /^Buy for 50\.00 USDT on paper$/ })
      .click();
    await page.getByRole('heading', { name: 'Position' }).waitFor();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByRole('button', { name: /^Sell .* on paper$/ }).click();
    await page.getByRole('heading', { name: 'Position' }).waitFor({ state: 'detached' });
    await ticket(page).getByLabel('Amount').fill('1');
    await gate(page).getByText('NOTIONAL_BELOW_MINIMUM').waitFor();
    expect(await ticket(page).getByRole('button', { name: /^Buy/ }).isEnabled()).toBe(false);

    await goTo(page, 'Settings');
    const symbols = page.getByRole('combobox', { name: 'Symbols that may be traded' });
    await symbols.or(page.getByLabel('Symbols that may be traded')).first().focus();
    // From the last to the first: nothing is left on the list.
    for (let presses = 0; presses < 9; presses += 1) await page.keyboard.press('Backspace');
    await page.getByRole('button', { name: 'Save the limits' }).click();
    await page.getByText('The limits hold from now on.').waitFor();
    await goTo(page, 'Bots');
    await ticket(page).getByLabel('Amount').fill('20');
    await gate(page).getByText('SYMBOL_NOT_WHITELISTED').waitFor();
    expect(window.problems).toEqual([]);
  });

  it('the 21st trade of the day fails', async () => {
    await using live = await startLiveApp();
    await using window = await openWindow(live.app.address, { screen: 'Portfolio' });
    const { page } = window;
    await withPaperBot(page);
    for (let trade = 1; trade <= 20; trade += 1) await buyAndSell(page);
    await page.getByRole('group', { name: 'Today' }).getByText('20/20').waitFor();
    await ticket(page).getByLabel('Amount').fill('20');
    await gate(page).getByText('DAILY_TRADE_LIMIT').waitFor();
    expect(window.problems).toEqual([]);
  }, 180_000);

  it('a loss of more than 5 % switches live mode off and warns', async () => {
    await using live = await startLiveApp();
    await using window = await openWindow(live.app.address, { screen: 'Settings' });
    const { page } = window;
    await liveMode(live, page);
    live.simulator.control.movePrice('BTCUSDT', '50000');
    await page.getByText(/^Live mode went off\. Today has lost/).waitFor();
    await page.getByRole('button', { name: 'Mode: paper' }).waitFor();
    expect(await page.getByRole('button', { name: 'Switch live mode on' }).isEnabled()).toBe(false);
    expect(window.problems).toEqual([]);
  });
});

async function liveMode(live: LiveApp, page: Page): Promise<void> {
  await saveKey(page, 'simulator-key', 'simulator-secret');
  await validate(page);
  await page.getByText('Credentials validated and synced.').waitFor();
  await goLive(page);
  await expect
    .poll(() => page.getByRole('group', { name: 'Today' }).innerText())
    .toContain('16,000.0');
  expect(live.simulator.control.truth().orders).toEqual([]);
}

async function buyAndSell(page: Page): Promise<void> {
  const amount = ticket(page).getByLabel('Amount');
  await amount.fill('20');
  await ticket(page)
    .getByRole('button', { name: /^Buy for 20\.00 USDT on paper$/ })
    .click();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await page.getByRole('button', { name: /^Sell .* on paper$/ }).click();
  await page.getByRole('heading', { name: 'Position' }).waitFor({ state: 'detached' });
}
