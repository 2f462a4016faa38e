/** Each order of real money is asked about the same way, and sent once, as it was shown. */

import { expect, it } from 'vitest';
import { eventually } from './support/eventually.ts';
import { connect, goLive, startLiveApp } from './support/live.ts';
import { announced } from './support/waiting.ts';
import { goTo, openWindow } from './support/window.ts';

it('asks with amount, price and what the gate does, tells of a change, and sends once', async () => {
  await using live = await startLiveApp();
  await using window = await openWindow(live.app, { screen: 'Settings' });
  const { page } = window;
  const orders = () =>
    live.simulator.control.truth().orders.map(({ side, status }) => `${side} ${status}`);
  await connect(page);
  await goLive(page);
  await goTo(page, 'Bots');
  await page.getByRole('button', { name: 'New bot' }).click();
  const form = page.getByRole('form', { name: 'New bot' });
  await form.getByRole('combobox', { name: 'Strategy' }).click();
  await page.getByRole('option', { name: 'None: orders by hand only' }).click();
  await form.getByRole('button', { name: 'Add the bot' }).click();

  await page.getByRole('button', { name: 'Start LIVE' }).click();
  const start = page.getByRole('dialog', { name: 'with real money' });
  await start.getByText('25.00 USDT, at most 50.00 USD').waitFor();
  await start.getByRole('button', { name: 'Start LIVE, at most 50.00 USD a trade' }).click();
  await start.waitFor({ state: 'detached' });

  const ticket = page.getByRole('form', { name: 'Order by hand' });
  await ticket.getByRole('textbox', { name: 'Amount' }).fill('100');
  await ticket.getByRole('button', { name: 'Review: buy LIVE for 50.00 USDT' }).click();
  const buy = page.getByRole('dialog', { name: 'LIVE Buy BTC/USDT by hand' });
  await buy.getByText('100.00 → capped to 50.00 USDT').waitFor();
  await buy
    .getByText(/60,0\d\d\.\d\d USDT/)
    .first()
    .waitFor();
  live.simulator.control.movePrice('BTCUSDT', '60500');
  await buy.getByText('Nothing is sent until you confirm it as it is now.').waitFor();
  expect(orders()).toEqual([]);
  // What Enter accepts has the focus; a double click is one.
  await buy.locator('button:focus', { hasText: 'Buy LIVE for 50.00 USDT' }).waitFor();
  await buy.getByRole('button', { name: 'Buy LIVE for 50.00 USDT' }).dblclick();
  await buy.waitFor({ state: 'detached' });
  await eventually(orders).toEqual(['BUY FILLED', 'SELL NEW']);

  await page.getByRole('button', { name: 'Emergency stop' }).click();
  const stop = page.getByRole('dialog', { name: 'Stop everything' });
  await stop
    .getByRole('list', { name: 'What will be sold' })
    .getByText(/^0\.0008\d+ BTC$/)
    .waitFor();
  await stop
    .getByRole('list', { name: 'What will not be sold' })
    .getByText(/^0\.1000\d* BTC\./)
    .waitFor();
  await stop
    .getByRole('button', { name: /^Stop and sell everything: LIVE about \d+\.\d\d USDT$/ })
    .waitFor();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Close LIVE' }).click();
  const close = page.getByRole('dialog', { name: 'LIVE Close the position in BTC/USDT' });
  await close.getByText('No limit holds a sale back.').waitFor();
  await page.keyboard.press('Escape');
  await close.waitFor({ state: 'detached' });
  expect(orders()).toEqual(['BUY FILLED', 'SELL NEW']);
  await page.getByRole('button', { name: 'Close LIVE' }).click();
  await close.getByRole('button', { name: /^Sell LIVE 0\.0008\d+ BTC$/ }).click();
  await announced(page, 'BTC is being sold at the market.');
  await eventually(orders).toEqual(['BUY FILLED', 'SELL CANCELED', 'SELL FILLED']);
  expect(window.problems).toEqual([]);
});

it('asks before trading is armed again, and says what that permits', async () => {
  await using live = await startLiveApp();
  await using window = await openWindow(live.app, { screen: 'Portfolio' });
  const { page } = window;
  await page.getByRole('button', { name: 'Start a paper bot' }).click();
  await announced(page, 'Your first bot is running, on paper.');
  await page.getByRole('button', { name: 'Emergency stop' }).click();
  await page.locator('button:focus', { hasText: /^Stop$/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Arm trading again' }).click();
  const permits = page.getByRole('list', { name: 'What arming permits' });
  await permits.getByText(/this bot decides again: First bot \(BTC\/USDT\)\./).waitFor();
  await page.getByRole('button', { name: 'Stay stopped' }).click();
  await page.getByRole('button', { name: 'Mode: halted' }).waitFor();
  await page.getByRole('button', { name: 'Arm trading again' }).click();
  await page.getByRole('button', { name: 'Arm', exact: true }).click();
  await page.getByRole('button', { name: 'Mode: paper' }).waitFor();
  expect(window.problems).toEqual([]);
});
