/** The main job in the window: run the sample, read figures, keep, compare, export. */

import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import {
  BUY_AND_HOLD,
  HEADLINE,
  METRIC_GROUPS,
  TOTAL_RETURN,
} from '../../src/renderer/features/backtest/result/metrics.ts';
import { formatMoney } from '../../src/renderer/ui/format.ts';
import { startApp } from './support/app.ts';
import { backtestByCommandLine } from './support/command-line.ts';
import { eventually, eventuallySays } from './support/eventually.ts';
import { itInBrowser } from './support/shell.ts';
import { chooseAction, figure, openWindow, runBacktest } from './support/window.ts';

/** What the form is filled with when the window opens, in the words of the command line. */
const FORM_DEFAULTS =
  '--candles sample --strategy sma-cross --param fast=10 --param slow=30 --cash 10000 --fee 0.001 --slippage-bps 5 --half-spread-bps 1 --sizing all-in'.split(
    ' ',
  );

const METRICS = [
  TOTAL_RETURN,
  BUY_AND_HOLD,
  ...HEADLINE,
  ...METRIC_GROUPS.flatMap(({ metrics }) => metrics),
];

it('shows the figures of the command line', async () => {
  await using app = await startApp();
  await using window = await openWindow(app);
  const { page } = window;
  const report = await backtestByCommandLine([...FORM_DEFAULTS, '--limits', 'off']);
  expect(report.summary.tradeCount).toBeGreaterThan(5);

  await page.getByRole('switch', { name: 'Hard limits' }).uncheck();
  await runBacktest(page);

  for (const metric of METRICS) {
    const value = metric.value(report.summary);
    const shown = metric.format(value, metric.signed ? { plus: true } : {});
    const expected = (metric.money ? `${shown} USDT` : shown).replaceAll('\u00a0', ' ');
    await eventually(() => figure(page, metric.key)).toBe(expected);
  }
  await page.getByText('Synthetic').first().waitFor();
  expect(window.problems).toEqual([]);
});

itInBrowser('exports the bytes of the command line, limits on and off', async () => {
  await using app = await startApp();
  await using window = await openWindow(app);
  const { page } = window;
  // On by default, in the window and on the command line.
  const limited = await backtestByCommandLine(FORM_DEFAULTS);
  expect(limited.text).toContain('"limits":"on"');
  await runBacktest(page);
  expect(await exported(page, 'Export report (JSON)')).toBe(limited.text);
  const denied = page.getByRole('tab', { name: 'Denied orders' });
  await eventuallySays(denied).toBe(`Denied orders ${limited.summary.denialCount}`);

  const free = await backtestByCommandLine([...FORM_DEFAULTS, '--limits', 'off']);
  await page.getByRole('switch', { name: 'Hard limits' }).uncheck();
  await page.getByLabel('Name of the run').fill('Without limits');
  await runBacktest(page);
  const report = await exported(page, 'Export report (JSON)');
  expect(report).toBe(free.text);
  const trades = await exported(page, 'Export trades (CSV)');
  expect(trades.trim().split('\n')).toHaveLength(free.trades.length + 1);
  const equity = await exported(page, 'Export equity (CSV)');
  expect(equity.trim().split('\n')).toHaveLength(free.summary.bars + 1);
  expect(window.problems).toEqual([]);
});

it('sorts and filters the trades, and shows a picked one in the chart', async () => {
  await using app = await startApp();
  await using window = await openWindow(app);
  const { page } = window;
  const report = await backtestByCommandLine([...FORM_DEFAULTS, '--limits', 'off']);
  const best = Math.max(...report.trades.map(({ pnl }) => pnl));
  const lost = report.trades.filter(({ pnl }) => pnl < 0).length;
  await page.getByRole('switch', { name: 'Hard limits' }).uncheck();
  await runBacktest(page);
  await page.getByRole('tab', { name: 'Chart and trades' }).click();
  await page.locator('.chart-candles canvas').first().waitFor();

  const rows = page.getByRole('grid', { name: 'Trades' }).getByRole('row');
  await page.getByRole('columnheader', { name: 'PnL', exact: true }).getByRole('button').click();
  await eventuallySays(rows.nth(1)).toContain(formatMoney(best, { plus: true }));
  await rows.nth(1).click();
  await eventually(() => rows.nth(1).getAttribute('aria-selected')).toBe('true');

  await page.getByText('Lost', { exact: true }).click();
  await page.getByText(`${lost} trades`).waitFor();
  expect(window.problems).toEqual([]);
});

it('keeps runs: renamed, compared, deleted', async () => {
  await using app = await startApp();
  await using window = await openWindow(app);
  const { page } = window;
  await runBacktest(page);
  const first = await page.getByRole('heading', { level: 2 }).innerText();
  await chooseAction(page, first, 'Rename');
  await page.getByLabel('Name', { exact: true }).fill('Slow and steady');
  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('heading', { name: 'Slow and steady' }).waitFor();

  await page.getByLabel('Fast average').fill('5');
  await page.getByLabel('Name of the run').fill('Quick');
  await runBacktest(page);
  await page.getByRole('heading', { name: 'Quick' }).waitFor();

  await page.getByRole('button', { name: 'All runs' }).click();
  await page.getByRole('checkbox', { name: 'Compare Slow and steady' }).check();
  await page.getByRole('checkbox', { name: 'Compare Quick' }).check();
  await page.getByRole('button', { name: 'Compare 2 runs' }).click();
  const table = page.getByRole('table', { name: 'Figures of the compared runs' });
  const bestReturn = table.locator('[data-metric="totalReturn"] [data-best="true"]');
  await eventually(() => bestReturn.count()).toBe(1);

  await page.getByRole('button', { name: 'All runs' }).click();
  await chooseAction(page, 'Quick', 'Delete');
  await page.getByRole('button', { name: 'Delete run' }).click();
  await page.getByRole('button', { name: 'Quick', exact: true }).waitFor({ state: 'detached' });
  await page.getByText('1 run kept').waitFor();
  expect(window.problems).toEqual([]);
});

it('still has its runs when it is started again', async () => {
  await using app = await startApp();
  {
    await using window = await openWindow(app);
    await runBacktest(window.page);
  }
  await app.kill();
  await app.startAgain();
  await using again = await openWindow(app);
  await again.page.getByText('1 run kept').waitFor();
  await again.page.getByRole('button', { name: /^Moving-average cross/ }).click();
  await again.page.getByLabel('Headline figures').waitFor();
  expect(again.problems).toEqual([]);
});

itInBrowser('says so when the app is gone', async () => {
  await using app = await startApp();
  await using window = await openWindow(app);
  await app.kill();
  await window.page.getByText('Connection lost').waitFor();
});

/** The text of a file that the open run is exported to. */
async function exported(page: Page, action: string): Promise<string> {
  const run = await page.getByRole('heading', { level: 2 }).innerText();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    chooseAction(page, run, action),
  ]);
  return readFile(await download.path(), 'utf8');
}
