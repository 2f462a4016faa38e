/** The emergency stop is never covered: in each dialog and drawer it is pressed where it is, with the mouse and by its keys. */

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { buyLive, connect, goLive, startLiveApp, startPaperBot } from './support/live.ts';
import { goTo, openWindow, runBacktest } from './support/window.ts';

/** The least window, and what 1280 × 800 leaves at 200 % zoom. */
const SIZES = [
  { width: 1024, height: 640 },
  { width: 640, height: 400 },
] as const;

const stopDialog = (page: Page) => page.getByRole('dialog', { name: 'Stop everything' });

/** As a person does who sees it there: nothing is scrolled, nothing waited for. */
async function pressStopWhereItIs(page: Page): Promise<void> {
  const box = await page.getByRole('button', { name: 'Emergency stop' }).boundingBox();
  if (box === null) throw new Error('The emergency stop is not on the screen.');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

async function leaveStop(page: Page): Promise<void> {
  // What Enter accepts has the focus, and is in sight.
  const stop = page.locator('button:focus', { hasText: /^Stop$/ });
  await stop.waitFor();
  const box = await stop.boundingBox();
  const height = page.viewportSize()?.height ?? 0;
  expect(box !== null && box.y > 0 && box.y + box.height <= height).toBe(true);
  await page.keyboard.press('Escape');
  await stopDialog(page).waitFor({ state: 'detached' });
}

/** @param below what is open, and stays so */
async function expectInReach(page: Page, below: string | RegExp): Promise<void> {
  const open = page.getByRole('dialog', { name: below });
  await open.waitFor();
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await pressStopWhereItIs(page);
    await leaveStop(page);
    await open.waitFor();
  }
  await page.keyboard.press('Control+Alt+Shift+X');
  await leaveStop(page);
  await page.setViewportSize(SIZES[0]);
  await page.keyboard.press('Escape');
  await open.waitFor({ state: 'detached' });
}

describe('the emergency stop is in reach', () => {
  it('over every drawer and dialog of trading', async () => {
    await using live = await startLiveApp();
    await using window = await openWindow(live.app, { screen: 'Portfolio' });
    const { page } = window;
    await startPaperBot(page);
    await goTo(page, 'Settings');
    await page.getByRole('button', { name: 'Begin a new paper account' }).click();
    await expectInReach(page, 'Begin a new paper account');
    await connect(page);
    await goLive(page);
    await page.getByRole('button', { name: 'Test live BUY 2 USD' }).click();
    await expectInReach(page, 'Test live BUY');
    await buyLive(page);
    await page.getByRole('button', { name: 'Test live SELL' }).click();
    await expectInReach(page, 'Test live SELL');
    await page.getByRole('button', { name: /^Forget/ }).click();
    await expectInReach(page, /Forget/);
    await goTo(page, 'Portfolio');
    await page.getByRole('button', { name: 'Close LIVE' }).click();
    await expectInReach(page, 'Close the position in BTC/USDT');
    await goTo(page, 'Bots');
    await page.getByRole('button', { name: 'New bot' }).click();
    // With its list open, which lies over the dialog.
    await page.getByRole('combobox', { name: 'Symbol' }).click();
    await page.getByRole('option', { name: 'BTC/USDT' }).waitFor();
    await pressStopWhereItIs(page);
    await leaveStop(page);
    await expectInReach(page, 'New bot with real money');
    await goTo(page, 'Trades');
    await page.getByRole('grid', { name: 'Trade log' }).getByText('Still open').click();
    await page.getByRole('button', { name: /^Buy at market/ }).click();
    await expectInReach(page, /^Order in/);
    expect(live.simulator.control.truth().orders.map(({ side }) => side)).toEqual(['BUY', 'SELL']);
    expect(window.problems).toEqual([]);
  });

  it('over every dialog of a backtest, and before there is an account', async () => {
    await using live = await startLiveApp();
    await using window = await openWindow(live.app);
    const { page } = window;
    await runBacktest(page);
    await page.getByRole('button', { name: 'Download', exact: true }).click();
    await expectInReach(page, 'Download candles');
    await page.getByRole('button', { name: 'All runs' }).click();
    for (const [action, title] of [
      ['Rename', /ename/],
      ['Delete', /elete/],
    ] as const) {
      await page.getByRole('button', { name: /^Actions for/ }).click();
      await page.getByRole('menuitem', { name: action }).click();
      await expectInReach(page, title);
    }
    expect(window.problems).toEqual([]);
  });
});
