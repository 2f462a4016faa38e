import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../app/storage/testing/temporary-folder.ts';
import type { Contract } from '../contract/contract.ts';
import type { ContractClient } from '../contract/rpc/client-types.ts';
import { chooseIn, settled } from './testing/desktop.ts';
import { Stage } from './testing/stage.ts';
import { STOP_SHORTCUT } from './stop-shortcut.ts';

/** A running shell over a folder, its window open and no account yet. */
async function started(dataDir?: string) {
  const folder = dataDir ?? (await temporaryFolder());
  const stage = new Stage();
  await stage.start(folder);
  return { stage, folder };
}

async function begin(client: ContractClient<Contract>): Promise<void> {
  const balances = [{ currency: 'USDT', amount: 1_000 }];
  const begun = await client.call('trading.begin', { venue: 'sample', balances });
  if (!begun.ok) throw new Error(begun.error.sentence);
}

async function statusOf(client: ContractClient<Contract>) {
  const status = await client.call('trading.status', {});
  if (!status.ok) throw new Error(status.error.sentence);
  return status.value;
}

/** A running shell with a paper account. */
async function trading() {
  const { stage, folder } = await started();
  await begin(stage.page());
  await stage.clock.advance(1_000);
  return { stage, folder };
}

describe('the shell', () => {
  it('opens one window, and shows in the tray what it set up', async () => {
    const { stage } = await trading();
    expect(stage.openWindows.length).toBe(1);
    expect(stage.tray.toolTip).toContain('Paper trading · Equity $1,000.00');
  });

  it('answers the page and the small one, and each opens once', async () => {
    const { stage } = await trading();
    stage.tray.choose('Compact window');
    stage.tray.choose('Compact window');
    expect(
      stage.windows.map(({ shown }) => shown.happened.find((did) => did.startsWith('loads'))),
    ).toEqual(['loads app://cryptopiggy/', 'loads app://cryptopiggy/#compact']);
    expect(await statusOf(stage.page())).toMatchObject({ equity: 1_000 });
  });

  it('goes on in the tray when the window is closed, stops there, and shows it in a new one', async () => {
    const { stage } = await trading();
    stage.closeWindows();
    await settled();
    expect([stage.told.length, stage.openWindows.length]).toEqual([1, 0]);
    stage.tray.choose('Emergency stop');
    await settled();
    await stage.clock.advance(1_000);
    expect(stage.told.slice(1)).toEqual([
      'Emergency stop: Stopped.',
      'Trading is halted: Nothing new is bought until trading is armed again by hand.',
    ]);
    expect(stage.tray.image).toBe('/app/tray/halted.png');
    stage.tray.choose('Open window');
    expect(await statusOf(stage.page())).toMatchObject({ tradingState: 'halted' });
  });

  it('stops by the shortcut although no page answers', async () => {
    const { stage } = await trading();
    stage.windows[0]?.shown.says('unresponsive');
    stage.shortcuts.get(STOP_SHORTCUT)?.();
    await settled();
    expect(stage.told).toEqual(['Emergency stop: Stopped.']);
    expect(stage.dialog.asked.map(({ message }) => message)).toEqual([
      'The window does not answer.',
    ]);
  });

  it('stops by the menu', async () => {
    const { stage } = await trading();
    const file = stage.menu.find(({ label }) => label === 'File')?.submenu;
    chooseIn(Array.isArray(file) ? file : [], 'Emergency stop');
    await settled();
    expect(stage.told).toEqual(['Emergency stop: Stopped.']);
  });

  it('shows the same account in the window that takes the place of a crashed one', async () => {
    const { stage } = await trading();
    const before = await statusOf(stage.page());
    stage.crash();
    expect([stage.windows.length, stage.openWindows.length]).toEqual([2, 1]);
    expect({ ...(await statusOf(stage.page())), time: 0 }).toEqual({ ...before, time: 0 });
  });

  it("opens a window by a click on a Mac's dock", async () => {
    const { stage } = await trading();
    stage.closeWindows();
    stage.clickDock();
    expect(stage.openWindows.length).toBe(1);
  });
});

describe('quitting', () => {
  it('puts all away, and the next start finds it', async () => {
    const { stage, folder } = await trading();
    const [first] = stage.windows;
    if (first !== undefined) first.shown.bounds = { x: 5, y: 6, width: 1_100, height: 700 };
    first?.shown.says('move');
    expect(stage.quit()).toBe(true);
    expect(await stage.exited.promise).toBe(0);
    expect([stage.shortcuts.size, stage.tray.isGone]).toEqual([0, true]);
    const place: unknown = JSON.parse(await readFile(join(folder, 'place.json'), 'utf8'));
    expect(place).toMatchObject({ bounds: { x: 5, y: 6, width: 1_100, height: 700 } });
    const next = await started(folder);
    expect(next.stage.windows[0]?.shown.options).toMatchObject({ x: 5, y: 6, width: 1_100 });
    expect(await statusOf(next.stage.page())).toMatchObject({ equity: 1_000 });
  });

  it('takes no call any more once it has begun', async () => {
    const { stage } = await trading();
    const page = stage.page();
    await statusOf(page);
    stage.quit();
    await settled();
    expect(await page.call('trading.status', {})).toMatchObject({ ok: false });
    expect(await stage.exited.promise).toBe(0);
  });

  it('follows the last window where nobody sees the tray', async () => {
    const { stage } = await trading();
    stage.showsTray = false;
    stage.closeWindows();
    expect(await stage.exited.promise).toBe(0);
  });

  it('asks while live mode is on, and opens the window again for who wants to stay', async () => {
    const { stage } = await trading();
    stage.showsTray = false;
    stage.glance = { mode: 'live' };
    stage.closeWindows();
    await settled();
    expect(stage.dialog.asked.map(({ message }) => message)).toEqual([
      'Live mode is on. Quit anyway?',
    ]);
    expect(stage.openWindows.length).toBe(1);
    expect(await statusOf(stage.page())).toMatchObject({ equity: 1_000 });
    stage.dialog.answer = () => 'Quit';
    stage.quit();
    expect(await stage.exited.promise).toBe(0);
  });

  it('asks nobody when the system ends the app, whatever was being asked', async () => {
    const { stage } = await trading();
    stage.glance = { mode: 'live' };
    stage.dialog.answer = () => new Promise(() => {});
    stage.quit();
    await settled();
    expect(stage.dialog.asked.length).toBe(1);
    stage.signal('SIGTERM');
    expect(await stage.exited.promise).toBe(0);
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'shutdown'] as const)('follows %s', async (name) => {
    const { stage } = await trading();
    stage.signal(name);
    expect(await stage.exited.promise).toBe(0);
    expect(stage.logged.at(-1)).toContain('CryptoPiggy quits.');
  });
});
