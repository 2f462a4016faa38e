import { describe, expect, it } from 'vitest';
import type { Glance } from '../app/controls.ts';
import { LiveClock } from '../app/trading/testing/live-clock.ts';
import { quitCleanly } from './clean-quit.ts';
import { DialogStandIn, settled, TradingStandIn } from './testing/desktop.ts';
import { heldBackBecause } from './update-hold.ts';
import { installAtQuit } from './update-at-quit.ts';
import { FIRST_LOOK_MS, LOOK_EVERY_MS, TRY_AGAIN_MS, Updates } from './updates.ts';

/** A release page and an installer: a test sets what is published, and reads what was done. */
class Releases {
  published: string | null = null;
  installFails = false;
  readonly happened: string[] = [];
  failure: Error | null = null;

  readonly open = () => {
    this.happened.push('loaded');
    return Promise.resolve(this);
  };

  check(): Promise<string | null> {
    this.happened.push('checked');
    return this.failure === null ? Promise.resolve(this.published) : Promise.reject(this.failure);
  }

  download(): Promise<void> {
    this.happened.push('downloaded');
    return this.failure === null ? Promise.resolve() : Promise.reject(this.failure);
  }

  install(restart: boolean): Promise<void> {
    this.happened.push(restart ? 'installed, restarts' : 'installed');
    return this.installFails ? Promise.reject(new Error('read-only folder')) : Promise.resolve();
  }
}

/** The app from its start on, with its releases and its person. */
function running(glance: Partial<Glance> = {}) {
  const releases = new Releases();
  const trading = new TradingStandIn();
  trading.becomes(glance);
  const dialog = new DialogStandIn();
  dialog.answer = () => 'Later';
  const clock = new LiveClock(0);
  const told: string[] = [];
  const logged: string[] = [];
  const shutdown = new AbortController();
  const unreadable = { is: false };
  let beforeQuit = (_event: { preventDefault(): void }): void => {};
  const quit = () => beforeQuit({ preventDefault: () => {} });
  const updates = new Updates({
    openLibrary: releases.open,
    glance: () => {
      if (unreadable.is) throw new Error('no account');
      return trading.glance;
    },
    clock: clock.run(),
    dialog,
    notify: (title, sentence) => void told.push(`${title}: ${sentence}`),
    quit,
    relaunch: () => void releases.happened.push('restarts as it was'),
    log: (sentence) => void logged.push(sentence),
  });
  const closing = { takes: () => Promise.resolve() };
  const app = {
    on: (_event: 'before-quit', listener: typeof beforeQuit) => (beforeQuit = listener),
    exit: (code: number) => void releases.happened.push(`ended ${code}`),
  };
  const close = () => {
    releases.happened.push('closed');
    // A closed account shows nothing open.
    return closing.takes().then(() => trading.becomes({ mode: 'paper', openOrders: 0 }));
  };
  const quitting = { app, mayQuit: () => Promise.resolve(true), close };
  quitCleanly({
    ...installAtQuit(updates, quitting, shutdown.signal),
    onStay: () => void releases.happened.push('stays'),
    wait: () => new Promise(() => {}),
    log: (sentence) => void logged.push(sentence),
  });
  return {
    releases,
    trading,
    dialog,
    clock,
    told,
    logged,
    updates,
    closing,
    shutdown,
    unreadable,
    quit,
  };
}

/** The same, with 0.2.0 downloaded. */
async function withUpdate(answer = 'Later') {
  const app = running();
  app.releases.published = '0.2.0';
  app.dialog.answer = () => answer;
  await app.clock.advance(FIRST_LOOK_MS);
  await settled();
  app.releases.happened.splice(0, 3);
  return app;
}

describe('looking for a new version', () => {
  it('begins some minutes after the start, and goes on twice a day', async () => {
    const { releases, clock } = running();
    await clock.advance(FIRST_LOOK_MS - 1);
    expect(releases.happened).toEqual([]);
    await clock.advance(1);
    expect(releases.happened).toEqual(['loaded', 'checked']);
    await clock.advance(LOOK_EVERY_MS * 2);
    expect(releases.happened).toEqual(['loaded', 'checked', 'checked', 'checked']);
  });

  it('fetches it, says so, and asks once', async () => {
    const { releases, clock, told, dialog, updates } = running();
    releases.published = '0.2.0';
    await clock.advance(FIRST_LOOK_MS);
    expect(releases.happened).toEqual(['loaded', 'checked', 'downloaded']);
    expect(told).toEqual([
      'CryptoPiggy 0.2.0 is ready: It is installed when you restart or quit while nothing is open.',
    ]);
    expect(dialog.asked).toMatchObject([
      { message: 'CryptoPiggy 0.2.0 is ready.', buttons: ['Later', 'Restart and update'] },
    ]);
    await clock.advance(LOOK_EVERY_MS * 3);
    expect([updates.ready, told.length, dialog.asked.length]).toEqual(['0.2.0', 1, 1]);
  });

  it('asks again only about a newer one', async () => {
    const { releases, clock, dialog, updates } = await withUpdate();
    releases.published = '0.3.0';
    await clock.advance(LOOK_EVERY_MS);
    expect(releases.happened).toEqual(['checked', 'downloaded']);
    expect([updates.ready, dialog.asked.length]).toEqual(['0.3.0', 2]);
  });

  it('fails in one sentence, until it has worked again', async () => {
    const { releases, clock, dialog, told, logged } = running();
    releases.failure = new Error('net::ERR_INTERNET_DISCONNECTED\n    Headers: {}');
    await clock.advance(FIRST_LOOK_MS + LOOK_EVERY_MS * 5);
    expect(releases.happened.filter((what) => what === 'checked')).toHaveLength(6);
    expect([dialog.asked, told]).toEqual([[], []]);
    expect(logged).toEqual([
      'Looking for a new version failed; this one goes on, and looks again every 12 hours. net::ERR_INTERNET_DISCONNECTED',
    ]);
    releases.failure = null;
    await clock.advance(LOOK_EVERY_MS);
    releases.failure = new Error('again');
    await clock.advance(LOOK_EVERY_MS);
    expect(logged).toHaveLength(2);
  });

  it('forgets what a failed download has replaced, and tries at the next look', async () => {
    const { releases, clock, updates } = await withUpdate();
    releases.published = '0.3.0';
    releases.download = () => Promise.reject(new Error('sha512 checksum mismatch'));
    await clock.advance(LOOK_EVERY_MS);
    expect([updates.ready, updates.mayInstall()]).toEqual([null, false]);
    releases.download = () => Promise.resolve();
    await clock.advance(LOOK_EVERY_MS - 1);
    expect(updates.ready).toBeNull();
    await clock.advance(1);
    expect(updates.ready).toBe('0.3.0');
  });

  it('ends with the app', async () => {
    const { releases, clock, updates } = running();
    updates.close();
    await clock.advance(LOOK_EVERY_MS);
    expect(releases.happened).toEqual([]);
  });
});

describe('an update beside trading', () => {
  it.each([
    [{ openOrders: 1 }, '1 order is open.'],
    [{ openOrders: 3, openPositions: 1 }, '3 orders are open.'],
    [{ openPositions: 2 }, '2 positions are open.'],
    [{ mode: 'live' }, 'Live mode is on.'],
    [{ mode: 'halted' }, 'Trading is stopped until it is armed again.'],
  ] as const)('waits where %o', (glance, reason) => {
    expect(heldBackBecause({ ...new TradingStandIn().glance, ...glance })).toBe(reason);
  });

  it('is told of once, and downloaded when nothing is open any more', async () => {
    const { releases, trading, clock, told, dialog } = running({ openOrders: 1 });
    releases.published = '0.2.0';
    await clock.advance(FIRST_LOOK_MS + TRY_AGAIN_MS * 3);
    expect(releases.happened).toEqual(['loaded', 'checked']);
    expect(told).toEqual([
      'There is CryptoPiggy 0.2.0: 1 order is open. It is downloaded once nothing is open.',
    ]);
    trading.becomes({ openOrders: 0 });
    await clock.advance(TRY_AGAIN_MS);
    expect(releases.happened).toEqual(['loaded', 'checked', 'downloaded']);
    expect([told.length, dialog.asked.length]).toEqual([2, 1]);
  });

  it('is not offered beside an order that came during the download', async () => {
    const { releases, trading, clock, dialog } = running();
    releases.published = '0.2.0';
    releases.download = () => Promise.resolve(trading.becomes({ openOrders: 1 }));
    await clock.advance(FIRST_LOOK_MS + TRY_AGAIN_MS);
    expect(dialog.asked).toEqual([]);
    trading.becomes({ openOrders: 0 });
    await clock.advance(TRY_AGAIN_MS);
    expect(dialog.asked).toHaveLength(1);
  });
});

describe('restart and update', () => {
  it('closes everything, installs, and ends', async () => {
    const { releases } = await withUpdate('Restart and update');
    expect(releases.happened).toEqual(['closed', 'installed, restarts', 'ended 0']);
  });

  it('is refused in a sentence beside what was opened while the question stood', async () => {
    const app = running();
    app.releases.published = '0.2.0';
    app.dialog.answer = () => {
      app.trading.becomes({ openOrders: 2 });
      return 'Restart and update';
    };
    await app.clock.advance(FIRST_LOOK_MS);
    expect(app.releases.happened).toEqual(['loaded', 'checked', 'downloaded']);
    expect(app.told.at(-1)).toBe(
      'Not updated: 2 orders are open. It is installed when you restart or quit while nothing is open.',
    );
    app.trading.becomes({ openOrders: 0 });
    app.updates.restart();
    await settled();
    expect(app.releases.happened).toContain('installed, restarts');
  });

  it('is called off by what is opened while quitting begins, but never holds up a shutdown', async () => {
    for (const isEnding of [false, true]) {
      const { releases, trading, updates, shutdown } = await withUpdate();
      updates.restart();
      trading.becomes({ openOrders: 1 });
      if (isEnding) shutdown.abort();
      await settled();
      expect(releases.happened).toEqual(isEnding ? ['closed', 'ended 0'] : ['stays']);
    }
  });

  it('does nothing while there is nothing to install', () => {
    const { releases, updates } = running();
    updates.restart();
    expect(releases.happened).toEqual([]);
  });

  it('starts the old version again where the new one cannot be installed', async () => {
    const { releases, updates, logged } = await withUpdate();
    releases.installFails = true;
    updates.restart();
    await settled();
    expect(releases.happened.slice(-2)).toEqual(['restarts as it was', 'ended 0']);
    expect(logged).toEqual([
      'The update could not be installed; this version stays. read-only folder',
    ]);
  });
});

describe('quitting with an update that is ready', () => {
  it('installs it, and does not restart', async () => {
    const { releases, quit } = await withUpdate();
    quit();
    await settled();
    expect(releases.happened).toEqual(['closed', 'installed', 'ended 0']);
  });

  it.each([{ openOrders: 1 }, { openPositions: 1 }, { mode: 'live' }] as const)(
    'only quits where %o, even though a closed account shows nothing',
    async (glance) => {
      const { releases, trading, quit } = await withUpdate();
      trading.becomes(glance);
      quit();
      await settled();
      expect(releases.happened).toEqual(['closed', 'ended 0']);
    },
  );

  it('only quits where an order came while it was closing', async () => {
    const { releases, trading, closing, quit } = await withUpdate();
    closing.takes = () => Promise.resolve(trading.becomes({ openPositions: 1 }));
    quit();
    await settled();
    expect(releases.happened).toEqual(['closed', 'ended 0']);
  });

  it('closes and only quits where nobody can tell what is open', async () => {
    const { releases, unreadable, quit } = await withUpdate();
    unreadable.is = true;
    quit();
    await settled();
    expect(releases.happened).toEqual(['closed', 'ended 0']);
  });

  it('only quits where closing failed, or where the system shuts down', async () => {
    const failing = await withUpdate();
    failing.closing.takes = () => Promise.reject(new Error('disk full'));
    failing.quit();
    await settled();
    expect(failing.releases.happened).toEqual(['closed', 'ended 1']);
    const shutDown = await withUpdate();
    shutDown.shutdown.abort();
    shutDown.quit();
    await settled();
    expect(shutDown.releases.happened).toEqual(['closed', 'ended 0']);
  });
});
