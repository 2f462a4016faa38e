/** After a crash with a position at the exchange and the keys locked: what is open is said everywhere, and taken up. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ROOT } from './support/app.ts';
import { expectClear } from './support/clear.ts';
import { eventually, eventuallySays } from './support/eventually.ts';
import { holdLive, openOrders, PASSPHRASE, startLiveApp, type LiveApp } from './support/live.ts';
import { announced, plainText } from './support/waiting.ts';
import { goTo, openWindow, SCREEN_TITLES } from './support/window.ts';

const run = promisify(execFile);

const ended = z.object({ stdout: z.string(), stderr: z.string(), code: z.number().default(0) });

/** It ends with another code than 0 where nothing runs: that is no failure here. */
async function status({ app }: LiveApp, ...more: readonly string[]) {
  const args = ['src/cli/piggy.ts', 'status', '--data-dir', app.dataDir, ...more];
  return ended.parse(
    await run(process.execPath, args, { cwd: ROOT }).catch((error: unknown) => error),
  );
}

/** The simulator stands in for the exchange, so the app says so instead of calling it real money. */
const OPEN = 'A rehearsal is open on Binance US (simulator), and NOBODY WATCHES IT.';

const bannerOn = (page: Page) => page.getByRole('region', { name: 'What is open with real money' });

async function crashed(live: LiveApp): Promise<void> {
  await using window = await openWindow(live.app, { screen: 'Settings' });
  await holdLive(live, window.page);
  await live.app.kill();
}

describe('a position that a crash has left, with the keys locked', () => {
  it('is said by piggy status, on every screen and in the light window, and is taken up once they are unlocked', async () => {
    await using live = await startLiveApp();
    await crashed(live);

    const offline = await status(live);
    expect(offline).toMatchObject({ code: 2 });
    expect(offline.stdout).toContain(OPEN);
    expect(offline.stdout).toContain('To do now: Start CryptoPiggy');
    expect(offline.stdout).toMatch(
      / BTC of BTC\/USDT, bought at .*; its stop at .* rested at the exchange/,
    );

    await live.app.startAgain();
    await using window = await openWindow(live.app, { screen: 'Portfolio' });
    const { page } = window;
    const banner = bannerOn(page);
    await eventuallySays(banner).toContain(
      'The keys are locked, so Binance US (simulator) cannot be asked.',
    );
    expect(await plainText(banner)).toContain(OPEN);
    await page.getByRole('heading', { name: 'No paper account yet' }).waitFor();
    await expectClear(page, 'the welcome below what is open');
    for (const screen of SCREEN_TITLES) {
      await goTo(page, screen);
      await banner.getByText(OPEN).waitFor();
      await page.getByRole('button', { name: 'REHEARSAL OPEN' }).waitFor();
      await page.locator('button:enabled', { hasText: 'Emergency stop' }).waitFor();
      expect(await page.getByText('No trades yet').count()).toBe(0);
    }
    await page.setViewportSize({ width: 360, height: 520 });
    await banner.getByText(OPEN).waitFor();
    await page.locator('.compact button:enabled', { hasText: 'Emergency stop' }).waitFor();
    await expectClear(page, 'the light window');
    await page.setViewportSize({ width: 1280, height: 800 });

    const online = await status(live, '--json');
    expect(JSON.parse(online.stdout)).toMatchObject({
      live: null,
      exposure: { state: 'open', places: [{ isWatched: false, todo: { kind: 'unlock' } }] },
    });

    await banner.getByRole('button', { name: 'Unlock the keys' }).click();
    const dialog = page.getByRole('dialog', { name: 'Unlock the keys' });
    await dialog.getByLabel('Passphrase').waitFor();
    await expectClear(page, 'unlocking');
    await dialog.getByLabel('Passphrase').fill(PASSPHRASE);
    await dialog.getByRole('button', { name: 'Unlock', exact: true }).click();
    await announced(page, 'The keys are unlocked.');
    // Watched again, it needs nobody: the mark beside the mode stays, the banner goes.
    await eventually(async () => (await banner.innerText()).trim()).toBe('');
    await page.getByRole('button', { name: 'REHEARSAL OPEN' }).waitFor();
    await page.getByRole('button', { name: 'Mode: paper' }).waitFor();
    await goTo(page, 'Portfolio');
    await page.getByText('Live', { exact: true }).click();
    await page.getByRole('table', { name: 'Positions' }).getByText('at the exchange').waitFor();
    expect(openOrders(live)).toBe(1);
    expect(window.problems).toEqual([]);
  });

  it('is sold by a stop that waits for the keys, and what a plain stop has kept can still be sold', async () => {
    await using live = await startLiveApp();
    await crashed(live);
    await live.app.startAgain();
    await using window = await openWindow(live.app, { screen: 'Portfolio' });
    const { page } = window;
    const banner = bannerOn(page);
    await banner.getByRole('button', { name: 'Unlock the keys' }).waitFor();
    await page.getByRole('button', { name: 'Emergency stop' }).click();
    const later = page.getByRole('list', { name: 'What will be sold later' });
    await later.getByText(/BTC on Binance US \(simulator\)/).waitFor();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await eventuallySays(banner).toContain('The emergency stop is NOT carried out there yet.');
    await page.getByRole('button', { name: 'Mode: halted' }).waitFor();

    await page.getByRole('button', { name: 'Sell everything' }).click();
    const dialog = page.getByRole('dialog', { name: 'Sell everything' });
    await expectClear(page, 'selling what was kept');
    await dialog.getByRole('button', { name: /^Sell everything/ }).click();
    await banner.getByRole('button', { name: 'Unlock the keys' }).click();
    await page
      .getByRole('dialog', { name: 'Unlock the keys' })
      .getByLabel('Passphrase')
      .fill(PASSPHRASE);
    await page.keyboard.press('Enter');
    await eventually(() => openOrders(live)).toBe(0);
    await eventually(() => live.simulator.control.truth().fills.map(({ side }) => side)).toEqual([
      'BUY',
      'SELL',
    ]);
    await eventually(async () => (await banner.innerText()).trim()).toBe('');
    await page.getByRole('button', { name: 'REHEARSAL OPEN' }).waitFor({ state: 'detached' });
  });
});
