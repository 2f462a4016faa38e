/** The app on an exchange simulator, with live mode allowed, and what a person does to switch it on. */

import type { Page } from 'playwright-core';
import { startSimulator, type Simulator } from '../../exchange-simulator/simulator.ts';
import { startApp, type AppEnvironment, type RunningApp } from './app.ts';
import { announced, says, until } from './waiting.ts';
import { goTo } from './window.ts';

const TOKEN = 'correct-horse-battery';

export interface LiveApp extends AsyncDisposable {
  readonly app: RunningApp;
  readonly simulator: Simulator;
}

/**
 * BTC at 60,000; the account holds 10,000 USDT and 0.1 BTC. The market's past (seed 1) has the first bot's averages far
 * apart for a quarter of an hour after the start, wherever its bars begin: it does not buy by itself into a test.
 */
export async function startLiveApp(environment: AppEnvironment = {}): Promise<LiveApp> {
  const simulator = await startSimulator({ market: { kind: 'still', seed: 1 }, moveEveryMs: 500 });
  const app = await startApp({
    ALLOW_LIVE: '1',
    LIVE_CONFIRM_TOKEN: TOKEN,
    EXCHANGE_SIMULATOR_URL: simulator.restUrl,
    ...environment,
  });
  return {
    app,
    simulator,
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]();
      await simulator.close();
    },
  };
}

export const PASSPHRASE = 'a long passphrase';

/** Keeps a key in an encrypted file, as one does where no keychain works. */
export async function saveKey(page: Page, apiKey: string, secret: string): Promise<void> {
  const passphrase = page.getByLabel('New passphrase');
  const keyField = page.getByLabel('API key');
  await page.getByRole('radio', { name: 'Encrypted file' }).check();
  await passphrase.or(keyField).first().waitFor();
  if (await passphrase.isVisible()) {
    await passphrase.fill(PASSPHRASE);
    await page.getByRole('button', { name: 'Begin an encrypted file' }).click();
  }
  await keyField.fill(apiKey);
  await page.getByLabel('API secret').fill(secret);
  await page.getByRole('button', { name: 'Save the key' }).click();
  // The form is emptied when the key is kept. A notice may still be there from the key before.
  await until(
    () => keyField.inputValue(),
    (text) => text === '',
  );
}

/** Has the key tried, and waits for the outcome, whatever it is. */
export async function validate(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Validate & Sync' }).click();
  await page.locator('button:enabled', { hasText: 'Validate & Sync' }).waitFor();
}

/** The simulator's own key, kept and found good. */
export async function connect(page: Page): Promise<void> {
  await saveKey(page, 'simulator-key', 'simulator-secret');
  await validate(page);
  await announced(page, 'Credentials validated and synced.');
  const health = page.getByRole('status', { name: 'Health of the exchange' });
  await says(health, /^Binance US answers in \d+ ms\. Connected\.$/);
}

/** Switches live mode on, and waits for the first price. */
export async function goLive(page: Page): Promise<void> {
  await page.getByLabel('Confirmation token').fill(TOKEN);
  await page.getByRole('button', { name: 'Switch live mode on' }).click();
  await page.getByText('LIVE TRADING ACTIVE').waitFor();
  // Without a price nothing can be bought, and nobody knows what the account is worth.
  await says(page.getByRole('group', { name: 'Today' }), /16,000\.0/);
}

/** The least that can be bought, its stop resting at the exchange when this has come back. */
export async function buyLive(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Test live BUY 2 USD' }).click();
  await page.getByRole('button', { name: /^Buy LIVE for/ }).click();
  await page.locator('button:enabled', { hasText: 'Test live SELL' }).waitFor();
}

/** A live position of the test trade, its stop resting at the exchange, and the app knows that it does. */
export async function holdLive(live: LiveApp, page: Page): Promise<void> {
  await connect(page);
  await goLive(page);
  await buyLive(page);
  await goTo(page, 'Portfolio');
  await page.getByRole('table', { name: 'Positions' }).getByText('at the exchange').waitFor();
  if (openOrders(live) !== 1) throw new Error('No stop rests at the exchange.');
}

export function openOrders({ simulator }: LiveApp): number {
  const { orders } = simulator.control.truth();
  return orders.filter(({ status }) => status === 'NEW' || status === 'PARTIALLY_FILLED').length;
}

/** Sells what the test bought. */
export async function sellLive(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Test live SELL' }).click();
  await page.getByRole('button', { name: /^Sell LIVE/ }).click();
  await page.locator('button:disabled', { hasText: 'Test live SELL' }).waitFor();
}

/** A paper account with its first bot, from the screen of the first start; on the practice market by default. */
export async function startPaperBot(page: Page, prices?: string): Promise<void> {
  if (prices !== undefined) {
    await page.getByRole('combobox', { name: 'Prices' }).click();
    await page.getByRole('option', { name: prices }).click();
  }
  await page.getByRole('button', { name: 'Start a paper bot' }).click();
  await announced(page, 'Your first bot is running, on paper.');
}
