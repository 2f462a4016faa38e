/** The person's checklist, phase 4: the limits, by hand on paper and live, on the exchange simulator. */

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { eventually } from './support/eventually.ts';
import { connect, goLive, startLiveApp, startPaperBot } from './support/live.ts';
import { TOLD_TWICE_MS, withinOneDay } from './support/one-day.ts';
import { goTo, openWindow } from './support/window.ts';
import { announced } from './support/waiting.ts';

/** A paper account with the simulator's prices, and a bot to order through. */
async function withPaperBot(page: Page): Promise<void> {
  await startPaperBot(page, 'Binance US');
  await goTo(page, 'Bots');
}

const ticket = (page: Page) => page.getByRole('form', { name: 'Order by hand' });
const gate = (page: Page) => page.getByRole('status', { name: 'What the risk gate will do' });

describe('Phase 4: limits', () => {
  it('100 USD are capped to 50, 1 USD is refused, and so is a symbol that is not listed', async () => {
    await using live = await startLiveApp();
    await using window = await openWindow(live.app, { screen: 'Portfolio' });
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
    await eventually(() => ticket(page).getByRole('button', { name: /^Buy/ }).isEnabled()).toBe(
      false,
    );

    await goTo(page, 'Settings');
    await forbidEverySymbol(page);
    await page.getByRole('button', { name: 'Save the limits' }).click();
    await announced(page, 'The limits hold from now on.');
    await goTo(page, 'Bots');
    await ticket(page).getByLabel('Amount').fill('20');
    await gate(page).getByText('SYMBOL_NOT_WHITELISTED').waitFor();
    expect(window.problems).toEqual([]);
  });

  it('XYZ/USDT is refused, even where a person has listed it', async () => {
    await using live = await startLiveApp();
    await using window = await openWindow(live.app, { screen: 'Portfolio' });
    const { page } = window;
    await startPaperBot(page, 'Binance US');
    await goTo(page, 'Settings');
    await page.getByLabel('Symbols that may be traded').first().fill('XYZ/USDT');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Save the limits' }).click();
    await announced(page, 'The limits hold from now on.');
    await goTo(page, 'Bots');
    await page.getByRole('button', { name: 'New bot' }).click();
    await page.getByRole('combobox', { name: 'Symbol' }).click();
    await page.getByRole('option', { name: 'XYZ/USDT' }).click();
    await page.getByRole('button', { name: 'Add and start on paper' }).click();
    await page.getByText('Binance US has no spot pair XYZ/USDT').waitFor();
    expect(window.problems).toEqual([]);
  });

  it('the 21st trade of the day fails', () => withinOneDay(twentyOneTrades), TOLD_TWICE_MS);

  it(
    'a loss of more than 5 % switches live mode off and warns',
    () => withinOneDay(bigLoss),
    TOLD_TWICE_MS,
  );
});

async function twentyOneTrades(): Promise<void> {
  await using live = await startLiveApp();
  await using window = await openWindow(live.app, { screen: 'Portfolio' });
  const { page } = window;
  await withPaperBot(page);
  for (let trade = 1; trade <= 20; trade += 1) await buyAndSell(page);
  await page.getByRole('group', { name: 'Today' }).getByText('20/20').waitFor();
  await ticket(page).getByLabel('Amount').fill('20');
  await gate(page).getByText('DAILY_TRADE_LIMIT').waitFor();
  expect(window.problems).toEqual([]);
}

async function bigLoss(): Promise<void> {
  await using live = await startLiveApp();
  await using window = await openWindow(live.app, { screen: 'Settings' });
  const { page } = window;
  await connect(page);
  await goLive(page);
  expect(live.simulator.control.truth().orders).toEqual([]);
  live.simulator.control.movePrice('BTCUSDT', '50000');
  await page.getByText(/^Live mode went off\. Today has lost/).waitFor();
  await page.getByRole('button', { name: 'Mode: paper' }).waitFor();
  await page.locator('button:disabled', { hasText: 'Switch live mode on' }).waitFor();
  expect(window.problems).toEqual([]);
}

/** Takes them off the list, from the last to the first. */
async function forbidEverySymbol(page: Page): Promise<void> {
  const field = page.getByLabel('Symbols that may be traded').first();
  await field.focus();
  const symbols = page.locator('.mantine-TagsInput-pill');
  await symbols.first().waitFor();
  await eventually(async () => {
    await field.press('Backspace');
    return symbols.count();
  }).toBe(0);
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
