/** The app on an exchange simulator, with live mode allowed, and what a person does to switch it on. */

import type { Page } from 'playwright-core';
import { startSimulator, type Simulator } from '../../exchange-simulator/simulator.ts';
import { startApp, type AppEnvironment, type RunningApp } from './app.ts';

const TOKEN = 'correct-horse-battery';

export interface LiveApp extends AsyncDisposable {
  readonly app: RunningApp;
  readonly simulator: Simulator;
}

/** BTC at 60,000; the account holds 10,000 USDT and 0.1 BTC. */
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

/** Keeps a key in an encrypted file, as one does where no keychain works. */
export async function saveKey(page: Page, apiKey: string, secret: string): Promise<void> {
  const passphrase = page.getByLabel('New passphrase');
  const keyField = page.getByLabel('API key');
  await page.getByRole('radio', { name: 'Encrypted file' }).check();
  await passphrase.or(keyField).first().waitFor();
  if (await passphrase.isVisible()) {
    await passphrase.fill('a long passphrase');
    await page.getByRole('button', { name: 'Begin an encrypted file' }).click();
  }
  await keyField.fill(apiKey);
  await page.getByLabel('API secret').fill(secret);
  await page.getByRole('button', { name: 'Save the key' }).click();
  await page.getByText(/^Saved as /).waitFor();
}

export async function validate(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Validate & Sync' }).click();
}

export async function goLive(page: Page): Promise<void> {
  await page.getByLabel('Confirmation token').fill(TOKEN);
  await page.getByRole('button', { name: 'Switch live mode on' }).click();
  await page.getByText('LIVE TRADING ACTIVE').waitFor();
}
