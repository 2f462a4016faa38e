/** The window for those who use a keyboard, a screen reader, or need contrast. */

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { startApp } from './support/app.ts';
import { goLive, saveKey, startLiveApp, validate } from './support/live.ts';
import { goTo, openWindow, runBacktest, SCREEN_TITLES } from './support/window.ts';

/** The serious and critical findings, one line each. */
async function findings(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary = '' }) => `${id}: ${target.join(' ')}: ${failureSummary}`,
      ),
    );
}

describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
  it('nothing is hard to read or without a name', async () => {
    await using app = await startApp();
    await using window = await openWindow(app.address, { colorScheme });
    const { page } = window;
    expect(await findings(page), 'empty').toEqual([]);

    await runBacktest(page);
    expect(await findings(page), 'overview').toEqual([]);
    for (const tab of ['Chart and trades', 'Denied orders', 'Settings used']) {
      await page.getByRole('tab', { name: tab }).click();
      expect(await findings(page), tab).toEqual([]);
    }

    await page.getByLabel('Fast average').fill('0');
    await page.getByRole('button', { name: 'Run backtest' }).click();
    await page.getByText('One setting needs a correction.').waitFor();
    expect(await findings(page), 'wrong form').toEqual([]);

    await page.getByRole('button', { name: 'All runs' }).click();
    expect(await findings(page), 'runs').toEqual([]);
    await page.getByRole('button', { name: /^Actions for/ }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await findings(page), 'dialog').toEqual([]);
    expect(window.problems).toEqual([]);
  });
});

describe.each(['light', 'dark'] as const)('while trading, in %s colours', (colorScheme) => {
  it('nothing is hard to read or without a name, on paper and live', async () => {
    await using live = await startLiveApp();
    await using window = await openWindow(live.app.address, { colorScheme, screen: 'Portfolio' });
    const { page } = window;
    await page.getByRole('button', { name: 'Start a paper bot' }).waitFor();
    expect(await findings(page), 'start').toEqual([]);
    await page.getByRole('button', { name: 'Start a paper bot' }).click();
    await page.getByText('Your first bot is running, on paper.').waitFor();
    await everyScreen(page, 'paper');
    await page.getByRole('button', { name: 'Emergency stop' }).click();
    await page.getByRole('dialog', { name: 'Stop everything' }).waitFor();
    expect(await findings(page), 'stop').toEqual([]);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('button', { name: 'Mode: halted' }).waitFor();
    await everyScreen(page, 'halted');
    await page.getByRole('button', { name: 'Arm trading again' }).click();
    await page.getByRole('button', { name: 'Mode: paper' }).waitFor();
    await goTo(page, 'Settings');
    await saveKey(page, 'simulator-key', 'simulator-secret');
    await validate(page);
    await goLive(page);
    await everyScreen(page, 'live');
    await page.setViewportSize({ width: 420, height: 640 });
    await page.getByRole('main', { name: 'CryptoPiggy at a glance' }).waitFor();
    expect(await findings(page), 'compact').toEqual([]);
    expect(window.problems).toEqual([]);
  });
});

async function everyScreen(page: Page, mode: string): Promise<void> {
  for (const screen of SCREEN_TITLES) {
    await goTo(page, screen);
    expect(await findings(page), `${screen}, ${mode}`).toEqual([]);
  }
}

it('runs a backtest and looks at a trade without a pointer', async () => {
  await using app = await startApp();
  await using window = await openWindow(app.address);
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
  await expect.poll(() => second.getAttribute('aria-selected')).toBe('true');
  expect(window.problems).toEqual([]);
});

it('has no sideways scrolling at 1024 × 640', async () => {
  await using app = await startApp();
  await using window = await openWindow(app.address);
  const { page } = window;
  await page.setViewportSize({ width: 1024, height: 640 });
  await runBacktest(page);
  const overflow = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('.backtest-main, .form-scroll')].map(
      (element) => element.scrollWidth - element.clientWidth,
    ),
  );
  expect(overflow).toEqual([0, 0, 0]);
});

/** Presses Tab until the control with this text has the focus. */
async function tabTo(page: Page, text: string): Promise<void> {
  for (let presses = 0; presses < 200; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => document.activeElement?.textContent ?? '');
    if (focused.trim() === text) return;
  }
  throw new Error(`"${text}" cannot be reached with the Tab key.`);
}
