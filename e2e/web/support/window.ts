/** A window on the app in Chromium that remembers everything that went wrong in it. */

import { chromium, type Locator, type Page } from 'playwright-core';
import { inject } from 'vitest';
// For what it says about the tests' provided values.
import '../global-setup.ts';

export interface WindowOptions {
  readonly colorScheme?: 'light' | 'dark';
  /** Where to begin; Backtest by default. */
  readonly screen?: ScreenTitle;
}

export const SCREEN_TITLES = ['Portfolio', 'Bots', 'Backtest', 'Trades', 'Settings'] as const;
export type ScreenTitle = (typeof SCREEN_TITLES)[number];

export interface AppWindow extends AsyncDisposable {
  readonly page: Page;
  /** Errors on the console or thrown, breaches of the page's policy, requests that leave the machine. */
  readonly problems: readonly string[];
}

const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @param chromiumPath - By default the one that the test run has made sure of. */
export async function openWindow(
  address: string,
  options: WindowOptions = {},
  chromiumPath: string = inject('chromiumPath'),
): Promise<AppWindow> {
  const browser = await chromium.launch({ executablePath: chromiumPath, args: CHROMIUM_ARGS });
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const problems: string[] = [];
  await watch(page, new URL(address).origin, problems);
  await page.goto(address);
  await page.locator('.shell[data-connection="open"]').waitFor();
  await goTo(page, options.screen ?? 'Backtest');
  if ((options.screen ?? 'Backtest') !== 'Backtest') {
    return { page, problems, [Symbol.asyncDispose]: () => browser.close() };
  }
  // Candles and strategies arrive one by one; the form is filled in when both have.
  await page.getByText(/^[\d,]+ bars$/).waitFor();
  await page.getByLabel('Fast average').waitFor();
  return { page, problems, [Symbol.asyncDispose]: () => browser.close() };
}

/** Presses a screen's tab. */
export async function goTo(page: Page, title: ScreenTitle): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('button', { name: title })
    .click();
}

async function watch(page: Page, origin: string, problems: string[]): Promise<void> {
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`thrown: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('blob:')) problems.push(`left the app: ${url}`);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
}

/** Presses Run, and waits for the result of this run: another one may be shown already. */
export async function runBacktest(page: Page): Promise<void> {
  const field = page.getByLabel('Name of the run');
  const name = (await field.inputValue()) || ((await field.getAttribute('placeholder')) ?? '');
  await page.getByRole('button', { name: 'Run backtest' }).click();
  await page.getByRole('heading', { name, level: 2, exact: true }).waitFor();
  await page.getByLabel('Headline figures').waitFor();
}

/** The text beside a figure's name, with plain spaces. */
export async function figure(page: Page, key: string): Promise<string> {
  return plainText(page.locator(`dl [data-metric="${key}"] dd`));
}

export async function plainText(locator: Locator): Promise<string> {
  return (await locator.innerText()).replaceAll(/\s+/g, ' ').trim();
}

/** Presses an entry of a run's menu in the list or in its header. */
export async function chooseAction(page: Page, run: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${run}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

/** Drops a file on the window as a person would. */
export async function dropFile(page: Page, name: string, text: string): Promise<void> {
  const files = await page.evaluateHandle(
    ([fileName, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], fileName, { type: 'text/csv' }));
      return transfer;
    },
    [name, text] as const,
  );
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: files });
  const area = page.getByText('Drop the candle file to import it');
  await area.waitFor();
  await area.dispatchEvent('drop', { dataTransfer: files });
}
