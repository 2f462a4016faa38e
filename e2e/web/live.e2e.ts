/** The person's checklist, phases 2 and 3: the connection, and live mode with the smallest trades there are. */

import { describe, expect, it } from 'vitest';
import { goLive, saveKey, startLiveApp, validate } from './support/live.ts';
import { goTo, openWindow, plainText } from './support/window.ts';

const SETTINGS = { screen: 'Settings' } as const;

describe('Phase 2: connection', () => {
  it('a wrong key says what is wrong, the right one is validated and synced', async () => {
    await using live = await startLiveApp();
    await using window = await openWindow(live.app.address, SETTINGS);
    const { page } = window;
    await saveKey(page, 'wrong-key-0001', 'wrong-secret-0001');
    await validate(page);
    await page
      .getByText(/Binance US says the key is not allowed to do this/)
      .first()
      .waitFor();
    await saveKey(page, 'simulator-key', 'simulator-secret');
    await validate(page);
    await page.getByText('Credentials validated and synced.').waitFor();
    const health = page.getByRole('status', { name: 'Health of the exchange' });
    expect(await plainText(health)).toMatch(/^Binance US answers in \d+ ms\. Connected\.$/);
    expect(await plainText(page.locator('.kept-key code'))).not.toContain('simulator-key');
    expect(window.problems).toEqual([]);
  });
});

describe('Phase 3: live guards with 2 USD', () => {
  it('asks for the token, shows the exchange, buys and sells the least', async () => {
    await using live = await startLiveApp();
    await using window = await openWindow(live.app.address, SETTINGS);
    const { page } = window;
    await saveKey(page, 'simulator-key', 'simulator-secret');
    await validate(page);
    await page.getByText('Credentials validated and synced.').waitFor();
    await page.getByLabel('Confirmation token').fill('guess-guess');
    await page.getByRole('button', { name: 'Switch live mode on' }).click();
    await page.getByText('That is not the confirmation token').waitFor();
    await goLive(page);
    await page.getByRole('button', { name: 'Mode: live' }).waitFor();
    await expect
      .poll(() => plainText(page.getByRole('group', { name: 'Today' })))
      .toContain('16,000.0');

    await page.getByRole('button', { name: 'Test live BUY 2 USD' }).click();
    const dialog = page.getByRole('dialog', { name: 'Test live BUY' });
    await dialog.getByText(/Orders of BTC\/USDT on Binance US .* need at least/).waitFor();
    await dialog.getByRole('button', { name: /^Buy LIVE for/ }).click();
    const sell = page.getByRole('button', { name: 'Test live SELL' });
    await expect.poll(() => sell.isEnabled(), { timeout: 15_000 }).toBe(true);
    await goTo(page, 'Portfolio');
    await page.getByRole('table', { name: 'Positions' }).getByText('at the exchange').waitFor();
    await goTo(page, 'Settings');
    await sell.click();
    await expect.poll(() => sell.isEnabled(), { timeout: 15_000 }).toBe(false);
    const { orders } = live.simulator.control.truth();
    expect(orders.map(({ side, status }) => `${side} ${status}`)).toEqual([
      'BUY FILLED',
      'SELL CANCELED',
      'SELL FILLED',
    ]);
    expect(window.problems).toEqual([]);
  });

  it('asks for a sentence where no token was set', async () => {
    await using live = await startLiveApp({ LIVE_CONFIRM_TOKEN: '' });
    await using window = await openWindow(live.app.address, SETTINGS);
    const { page } = window;
    await saveKey(page, 'simulator-key', 'simulator-secret');
    await validate(page);
    await page.getByText('Credentials validated and synced.').waitFor();
    await page.getByLabel('Type this sentence').fill('I want to trade with real money');
    await page.getByRole('button', { name: 'Switch live mode on' }).click();
    await page.getByText('LIVE TRADING ACTIVE').waitFor();
  });

  it('survives a reload and shows in a second window; a restart of the app starts on paper', async () => {
    await using live = await startLiveApp();
    await using window = await openWindow(live.app.address, SETTINGS);
    await saveKey(window.page, 'simulator-key', 'simulator-secret');
    await validate(window.page);
    await window.page.getByText('Credentials validated and synced.').waitFor();
    await goLive(window.page);
    await window.page.reload();
    await window.page.getByRole('button', { name: 'Mode: live' }).waitFor();
    await using second = await openWindow(live.app.address, SETTINGS);
    await second.page.getByRole('button', { name: 'Mode: live' }).waitFor();
    await live.app.kill();
    await live.app.startAgain();
    await using third = await openWindow(live.app.address, SETTINGS);
    await third.page.getByRole('button', { name: 'Mode: paper' }).waitFor();
  });
});
