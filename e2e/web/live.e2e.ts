/** The person's checklist, phases 2 and 3: the connection, and live mode with the smallest trades there are. */

import { describe, expect, it } from 'vitest';
import { eventually } from './support/eventually.ts';
import { connect, goLive, saveKey, sellLive, startLiveApp, validate } from './support/live.ts';
import { itInBrowser } from './support/shell.ts';
import { goTo, openWindow } from './support/window.ts';
import { plainText } from './support/waiting.ts';

const SETTINGS = { screen: 'Settings' } as const;

describe('Phase 2: connection', () => {
  it('a wrong key says what is wrong, the right one is validated and synced', async () => {
    await using live = await startLiveApp();
    await using window = await openWindow(live.app, SETTINGS);
    const { page } = window;
    await saveKey(page, 'wrong-key-0001', 'wrong-secret-0001');
    await validate(page);
    await page
      .getByText(/Binance US says the key is not allowed to do this/)
      .first()
      .waitFor();
    await connect(page);
    expect(await plainText(page.locator('.kept-key code'))).not.toContain('simulator-key');
    expect(window.problems).toEqual([]);
  });
});

describe('Phase 3: live guards with 2 USD', () => {
  it('asks for the token, shows the exchange, buys and sells the least', async () => {
    await using live = await startLiveApp();
    await using window = await openWindow(live.app, SETTINGS);
    const { page } = window;
    await connect(page);
    await page.getByLabel('Confirmation token').fill('guess-guess');
    await page.getByRole('button', { name: 'Switch live mode on' }).click();
    await page.getByText('That is not the confirmation token').waitFor();
    await goLive(page);
    await page.getByRole('button', { name: 'Mode: live' }).waitFor();

    await page.getByRole('button', { name: 'Test live BUY 2 USD' }).click();
    const dialog = page.getByRole('dialog', { name: 'Test live BUY' });
    await dialog.getByText(/Orders of BTC\/USDT on Binance US .* need at least/).waitFor();
    await dialog.getByRole('button', { name: /^Buy LIVE for/ }).click();
    await page.locator('button:enabled', { hasText: 'Test live SELL' }).waitFor();
    await goTo(page, 'Portfolio');
    await page.getByRole('table', { name: 'Positions' }).getByText('at the exchange').waitFor();
    await goTo(page, 'Settings');
    await sellLive(page);
    await eventually(() =>
      live.simulator.control.truth().orders.map(({ side, status }) => `${side} ${status}`),
    ).toEqual(['BUY FILLED', 'SELL CANCELED', 'SELL FILLED']);
    expect(window.problems).toEqual([]);
  });

  it('asks for a sentence where no token was set', async () => {
    await using live = await startLiveApp({ LIVE_CONFIRM_TOKEN: '' });
    await using window = await openWindow(live.app, SETTINGS);
    const { page } = window;
    await connect(page);
    await page.getByLabel('Type this sentence').fill('I want to trade with real money');
    await page.getByRole('button', { name: 'Switch live mode on' }).click();
    await page.getByText('LIVE TRADING ACTIVE').waitFor();
  });

  itInBrowser(
    'survives a reload and shows in a second window; a restart of the app starts on paper',
    async () => {
      await using live = await startLiveApp();
      await using window = await openWindow(live.app, SETTINGS);
      await connect(window.page);
      await goLive(window.page);
      await window.page.reload();
      await window.page.getByRole('button', { name: 'Mode: live' }).waitFor();
      await using second = await openWindow(live.app, SETTINGS);
      await second.page.getByRole('button', { name: 'Mode: live' }).waitFor();
      await live.app.kill();
      await live.app.startAgain();
      await using third = await openWindow(live.app, SETTINGS);
      await third.page.getByRole('button', { name: 'Mode: paper' }).waitFor();
    },
  );
});
