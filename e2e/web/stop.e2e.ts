/** The emergency stop, from the window and from outside of it, while the window hangs: it ends every order. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ROOT } from './support/app.ts';
import { eventually } from './support/eventually.ts';
import { holdLive, openOrders, startLiveApp } from './support/live.ts';
import { openWindow } from './support/window.ts';
import { announced } from './support/waiting.ts';

const run = promisify(execFile);

describe('the emergency stop', () => {
  it('from the window keeps what protects a position, and switches live mode off', async () => {
    await using live = await startLiveApp();
    await using window = await openWindow(live.app, { screen: 'Settings' });
    const { page } = window;
    await holdLive(live, page);
    await page.getByRole('button', { name: 'Emergency stop' }).click();
    // What Enter accepts has the focus.
    await page.locator('button:focus', { hasText: /^Stop$/ }).waitFor();
    await page.keyboard.press('Enter');
    await announced(page, 'Stopped. 1 order that protects a position stays.');
    await page.getByRole('button', { name: 'Mode: halted' }).waitFor();
    await page
      .getByText('Live mode went off. The emergency stop switched live mode off.')
      .waitFor();
    expect(openOrders(live)).toBe(1);
    expect(window.problems).toEqual([]);
  });

  it('from outside, while the window hangs, sells and leaves no order', async () => {
    await using live = await startLiveApp();
    await using window = await openWindow(live.app, { screen: 'Settings' });
    const { page } = window;
    await holdLive(live, page);
    // Never answers again; nobody waits for it.
    page
      .evaluate(() => {
        for (;;);
      })
      .catch(() => {});
    const args = ['src/cli/piggy.ts', 'stop', '--flatten', '--data-dir', live.app.dataDir];
    const { stdout } = await run(process.execPath, args, { cwd: ROOT });
    expect(stdout).toContain('Sold: BTC/USDT');
    await eventually(() => openOrders(live)).toBe(0);
    const { balances } = live.simulator.control.truth();
    expect(Number(balances['BTC']?.locked)).toBe(0);
  });
});
