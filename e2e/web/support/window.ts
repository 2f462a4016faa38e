/** A window on the app that remembers everything that went wrong in it, and what a person does there again and again. */

import type { ElectronApplication, Page } from 'playwright-core';
import { inject } from 'vitest';
import type { Door, RunningApp } from './app.ts';
import { borrowBrowser } from './browser.ts';
import { PATIENCE_MS, plainText, rememberAnnouncements } from './waiting.ts';

const SIZE = { width: 1280, height: 800 } as const;

export interface WindowOptions {
  readonly colorScheme?: 'light' | 'dark';
  /** Where to begin; Backtest by default. */
  readonly screen?: ScreenTitle;
  /** The language of the person's computer; English of the USA by default. Not in Electron, which has its own. */
  readonly locale?: string;
}

export const SCREEN_TITLES = ['Portfolio', 'Bots', 'Backtest', 'Trades', 'Settings'] as const;
export type ScreenTitle = (typeof SCREEN_TITLES)[number];

export interface AppWindow extends AsyncDisposable {
  readonly page: Page;
  /** Errors on the console or thrown, breaches of the page's policy, requests that leave the machine. */
  readonly problems: readonly string[];
}

/** A window's page, and how to be rid of it. */
interface OpenPage {
  readonly page: Page;
  close(): Promise<void>;
}

/**
 * @param where - The app, or the address of one that somebody else serves, token included.
 * @param chromiumPath - By default the one that the test run has made sure of.
 */
export async function openWindow(
  where: RunningApp | string,
  options: WindowOptions = {},
  chromiumPath?: string,
): Promise<AppWindow> {
  const door =
    typeof where === 'string' ? ({ kind: 'address', address: where } as const) : where.door;
  const problems: string[] = [];
  const { page, close } =
    door.kind === 'electron'
      ? await electronPage(door.application)
      : await browserPage(chromiumPath ?? inject('chromiumPath'), options.locale ?? 'en-US');
  try {
    await prepare(page, options, problems);
    await load(page, door);
    await makeReady(page, options);
  } catch (error) {
    await close();
    throw error;
  }
  return { page, problems, [Symbol.asyncDispose]: close };
}

async function browserPage(chromiumPath: string, locale: string): Promise<OpenPage> {
  const { browser, giveBack } = await borrowBrowser(chromiumPath);
  const context = await browser.newContext({ acceptDownloads: true, locale });
  const close = async (): Promise<void> => {
    await context.close();
    await giveBack();
  };
  return { page: await context.newPage(), close };
}

/** The window that Electron has opened; it closes with the app. */
async function electronPage(application: ElectronApplication): Promise<OpenPage> {
  const page = await application.firstWindow({ timeout: PATIENCE_MS });
  return { page, close: async () => {} };
}

async function prepare(
  page: Page,
  { colorScheme = 'light' }: WindowOptions,
  problems: string[],
): Promise<void> {
  page.setDefaultTimeout(PATIENCE_MS);
  await page.setViewportSize(SIZE);
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await watch(page, problems);
}

/** Electron's page may have loaded before anybody watched: it loads again. */
async function load(page: Page, door: Door): Promise<void> {
  if (door.kind === 'electron') await page.reload();
  else await page.goto(door.address);
}

async function makeReady(page: Page, { screen = 'Backtest' }: WindowOptions): Promise<void> {
  await page.locator('.shell[data-connection="open"]').waitFor();
  await goTo(page, screen);
  if (screen !== 'Backtest') return;
  // Candles and strategies arrive one by one; the form is filled in when both have.
  await page.getByText(/^[\d,]+ bars$/).waitFor();
  await page.getByLabel('Fast average').waitFor();
}

/** Presses a screen's tab. */
export async function goTo(page: Page, title: ScreenTitle): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('button', { name: title })
    .click();
}

/** This machine's own, Electron's scheme for the app's files, and what a page has made itself. */
const OWN_ADDRESS = /^(http:\/\/127\.0\.0\.1:\d+\/|app:\/\/cryptopiggy\/|blob:)/;

async function watch(page: Page, problems: string[]): Promise<void> {
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`thrown: ${error.message}`));
  page.on('request', (request) => {
    if (!OWN_ADDRESS.test(request.url())) problems.push(`left the app: ${request.url()}`);
  });
  await page.addInitScript(rememberAnnouncements);
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
