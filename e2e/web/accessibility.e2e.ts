/** The window for those who use a keyboard, a screen reader, or need contrast. */

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { startApp } from './support/app.ts';
import { expectClear } from './support/clear.ts';
import { eventually } from './support/eventually.ts';
import { buyLive, connect, goLive, startLiveApp, startPaperBot } from './support/live.ts';
import { goTo, openWindow, runBacktest, SCREEN_TITLES } from './support/window.ts';

async function expectScreensClear(page: Page, mode: string): Promise<void> {
  for (const screen of SCREEN_TITLES) {
    await goTo(page, screen);
    await page.locator('button[aria-current="page"]', { hasText: screen }).waitFor();
    await expectClear(page, `${screen}, ${mode}`);
  }
}

/** The stories beside the lists, and the lists that are not shown at first. */
async function expectBooksClear(page: Page): Promise<void> {
  await goTo(page, 'Trades');
  await page.getByRole('grid', { name: 'Trade log' }).getByText('Still open').click();
  const trade = page.getByRole('dialog', { name: /^Trade in/ });
  await trade.getByRole('button', { name: /^Buy at market/ }).waitFor();
  await expectClear(page, 'trade');
  await trade.getByRole('button', { name: /^Buy at market/ }).click();
  const order = page.getByRole('dialog', { name: /^Order in/ });
  await order.getByText('That was all of it.').waitFor();
  await expectClear(page, 'order');
  await order.getByRole('button', { name: 'Close' }).click();
  for (const name of ['Orders', 'Decisions and alerts']) {
    await page.getByRole('tab', { name }).click();
    await page.getByRole('tab', { name, selected: true }).waitFor();
    await expectClear(page, name);
  }
}

describe('nothing is hard to read or without a name', () => {
  it('around a backtest', async () => {
    await using app = await startApp();
    await using window = await openWindow(app);
    const { page } = window;
    await expectClear(page, 'empty');

    await runBacktest(page);
    await expectClear(page, 'overview');
    for (const name of ['Chart and trades', 'Denied orders', 'Settings used']) {
      await page.getByRole('tab', { name }).click();
      await page.getByRole('tab', { name, selected: true }).waitFor();
      await expectClear(page, name);
    }

    await page.getByLabel('Fast average').fill('0');
    await page.getByRole('button', { name: 'Run backtest' }).click();
    await page.getByText('One setting needs a correction.').waitFor();
    await expectClear(page, 'wrong form');

    await page.getByRole('button', { name: 'All runs' }).click();
    await page.getByText('1 run kept').waitFor();
    await expectClear(page, 'runs');
    await page.getByRole('button', { name: /^Actions for/ }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').waitFor();
    await expectClear(page, 'dialog');
    expect(window.problems).toEqual([]);
  });

  it('while trading, on paper and live', async () => {
    await using live = await startLiveApp();
    await using window = await openWindow(live.app, { screen: 'Portfolio' });
    const { page } = window;
    await page.getByRole('button', { name: 'Start a paper bot' }).waitFor();
    await expectClear(page, 'start');
    await startPaperBot(page);
    await expectScreensClear(page, 'paper');
    await page.getByRole('button', { name: 'Emergency stop' }).click();
    await page.getByRole('dialog', { name: 'Stop everything' }).waitFor();
    await expectClear(page, 'stop');
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('button', { name: 'Mode: halted' }).waitFor();
    await expectScreensClear(page, 'halted');
    await page.getByRole('button', { name: 'Arm trading again' }).click();
    await page.getByRole('dialog', { name: 'Arm trading again' }).waitFor();
    await expectClear(page, 'arming');
    await page.getByRole('button', { name: 'Arm', exact: true }).click();
    await page.getByRole('button', { name: 'Mode: paper' }).waitFor();
    await goTo(page, 'Settings');
    await connect(page);
    await goLive(page);
    await expectScreensClear(page, 'live');
    await goTo(page, 'Settings');
    await buyLive(page);
    await expectBooksClear(page);
    await page.setViewportSize({ width: 420, height: 640 });
    await page.getByRole('main', { name: 'CryptoPiggy at a glance' }).waitFor();
    await expectClear(page, 'compact');
    expect(window.problems).toEqual([]);
  });
});

it('runs a backtest and looks at a trade without a pointer', async () => {
  await using app = await startApp();
  await using window = await openWindow(app);
  const { page } = window;
  await tabTo(page, 'Run backtest');
  await page.keyboard.press('Enter');
  await page.getByLabel('Headline figures').waitFor();

  await tabTo(page, 'Overview');
  await page.keyboard.press('ArrowRight');
  await page.getByRole('grid', { name: 'Trades' }).waitFor();
  await tabTo(page, 'Exit by');
  await page.keyboard.press('Tab');
  await page.locator('[data-row="0"]:focus').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.locator('[data-row="1"]:focus').waitFor();
  await page.keyboard.press('Enter');

  const second = page.getByRole('grid', { name: 'Trades' }).getByRole('row').nth(2);
  await eventually(() => second.getAttribute('aria-selected')).toBe('true');
  expect(window.problems).toEqual([]);
});

it('keeps the emergency stop in sight at 200 % zoom', async () => {
  await using app = await startApp();
  await using window = await openWindow(app, { screen: 'Portfolio' });
  const { page } = window;
  await startPaperBot(page);
  // What 1280 × 800 leaves at 200 %.
  await page.setViewportSize({ width: 640, height: 400 });
  for (const screen of SCREEN_TITLES) {
    await goTo(page, screen);
    const box = await page.getByRole('button', { name: 'Emergency stop' }).boundingBox();
    expect([screen, box !== null && box.x >= 0 && box.x + box.width <= 640 && box.y < 60]).toEqual([
      screen,
      true,
    ]);
  }
  expect(window.problems).toEqual([]);
});

it('has no sideways scrolling at 1024 × 640', async () => {
  await using app = await startApp();
  await using window = await openWindow(app);
  const { page } = window;
  await page.setViewportSize({ width: 1024, height: 640 });
  await runBacktest(page);
  await eventually(() => sidewaysOverflow(page)).toEqual([0, 0, 0]);
});

function sidewaysOverflow(page: Page): Promise<readonly number[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('.backtest-main, .form-scroll')].map(
      (element) => element.scrollWidth - element.clientWidth,
    ),
  );
}

/** Presses Tab until the control with this text has the focus, all around the window if need be. */
async function tabTo(page: Page, text: string): Promise<void> {
  await eventually(async () => {
    await page.keyboard.press('Tab');
    return page.evaluate(() => document.activeElement?.textContent.trim());
  }, 0).toBe(text);
}
