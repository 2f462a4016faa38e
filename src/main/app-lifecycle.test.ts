import { describe, expect, it } from 'vitest';
import type { Glance } from '../app/controls.ts';
import { deferred } from '../contract/rpc/conformance/fixture.ts';
import { quitCleanly, QUIT_PATIENCE_MS } from './clean-quit.ts';
import { mayQuit } from './quit-question.ts';
import { claimSingleInstance } from './single-instance.ts';
import { stayAlive } from './stay-alive.ts';
import { DialogStandIn, settled, TradingStandIn } from './testing/desktop.ts';

/** An app in which the test quits, closes and lets time pass. */
function quitting(close: () => Promise<void>, ask = () => Promise.resolve(true)) {
  const logged: string[] = [];
  const exit = deferred<number>();
  const patience = deferred<void>();
  const waited: number[] = [];
  let closes = 0;
  let stays = 0;
  let quit = (_event: { preventDefault(): void }): void => {};
  quitCleanly({
    app: {
      on: (_event, listener) => (quit = listener),
      exit: (code) => exit.resolve(code),
    },
    mayQuit: ask,
    onStay: () => (stays += 1),
    close: () => {
      closes += 1;
      return close();
    },
    wait: (ms) => {
      waited.push(ms);
      return patience.promise;
    },
    log: (sentence) => logged.push(sentence),
  });
  return {
    logged,
    exited: exit.promise,
    losePatience: () => patience.resolve(),
    waited,
    closes: () => closes,
    stays: () => stays,
    /** Returns whether quitting was held back. */
    quit() {
      let prevented = false;
      quit({ preventDefault: () => (prevented = true) });
      return prevented;
    },
  };
}

describe('quitting', () => {
  it('waits until the app has put everything away', async () => {
    const closed = deferred<void>();
    const app = quitting(() => closed.promise);
    expect(app.quit()).toBe(true);
    expect(app.quit()).toBe(true);
    closed.resolve();
    expect(await app.exited).toBe(0);
    expect(app.closes()).toBe(1);
    expect(app.logged).toEqual([]);
  });

  it('does not wait for ever', async () => {
    const app = quitting(() => new Promise(() => {}));
    app.quit();
    await settled();
    expect(app.waited).toEqual([QUIT_PATIENCE_MS]);
    app.losePatience();
    expect(await app.exited).toBe(1);
    expect(app.logged).toEqual(['Closing took longer than 5 s; quitting anyway.']);
  });

  it('goes on when closing fails, and says so', async () => {
    const app = quitting(() => Promise.reject(new Error('disk full')));
    app.quit();
    expect(await app.exited).toBe(1);
    expect(app.logged).toEqual(['Closing failed; quitting anyway. Error: disk full']);
  });
});

describe('quitting while live mode is on', () => {
  function question(glance: Partial<Glance>, answer: string, shutdown = new AbortController()) {
    const trading = new TradingStandIn();
    trading.becomes(glance);
    const dialog = new DialogStandIn();
    dialog.answer = () => answer;
    const ask = () =>
      mayQuit({
        glance: trading.controls.glance,
        dialog,
        shutdown: shutdown.signal,
        log: () => {},
      });
    return { dialog, ask };
  }

  it('warns that nobody watches, and can be called off', async () => {
    const { dialog, ask } = question({ mode: 'live' }, 'Cancel');
    expect(await ask()).toBe(false);
    expect(dialog.asked[0]?.detail).toContain('watched only by what rests at the exchange');
    expect(dialog.asked[0]).toMatchObject({ defaultId: 0, cancelId: 0 });
    expect(await question({ mode: 'live' }, 'Quit').ask()).toBe(true);
  });

  it.each(['halted', 'paper'] as const)(
    'warns while something of real money is open, also in mode %s',
    async (mode) => {
      expect(await question({ mode, openLive: 1 }, 'Cancel').ask()).toBe(false);
      expect(await question({ mode, openLive: 0, openPositions: 1 }, 'Cancel').ask()).toBe(true);
    },
  );

  it('warns where it is not known what is open', async () => {
    const exposure = 'NOT KNOWN what is open with real money';
    const { dialog, ask } = question({ mode: 'paper', openLive: 0, exposure }, 'Cancel');
    expect(await ask()).toBe(false);
    expect(dialog.asked[0]?.message).toBe(`${exposure}. Quit anyway?`);
  });

  it('asks nothing on paper, nor while the computer shuts down', async () => {
    const paper = question({ mode: 'paper', openPositions: 2 }, 'Cancel');
    const ended = new AbortController();
    ended.abort();
    const down = question({ mode: 'live' }, 'Cancel', ended);
    expect([await paper.ask(), await down.ask()]).toEqual([true, true]);
    expect([...paper.dialog.asked, ...down.dialog.asked]).toEqual([]);
  });

  it('does not wait for the answer when the computer shuts down meanwhile', async () => {
    const shutdown = new AbortController();
    const { dialog, ask } = question({ mode: 'live' }, 'Cancel', shutdown);
    dialog.answer = () => new Promise(() => {});
    const quits = ask();
    shutdown.abort();
    expect(await quits).toBe(true);
  });

  it('quits where the question cannot be asked', async () => {
    const { dialog, ask } = question({ mode: 'live' }, 'Cancel');
    dialog.answer = () => Promise.reject(new Error('no display'));
    expect(await ask()).toBe(true);
  });

  it('asks once, goes on after a no, and asks again', async () => {
    const answers = [deferred<boolean>(), deferred<boolean>()];
    let asked = 0;
    const app = quitting(
      () => Promise.resolve(),
      () => answers[asked++]?.promise ?? Promise.resolve(true),
    );
    app.quit();
    app.quit();
    expect(asked).toBe(1);
    answers[0]?.resolve(false);
    await settled();
    expect([app.closes(), app.stays(), app.quit(), asked]).toEqual([0, 1, true, 2]);
    answers[1]?.resolve(true);
    expect(await app.exited).toBe(0);
  });
});

describe('an app without an open window', () => {
  function windowed(hasTray: boolean, hasWindow = false) {
    const done: string[] = [];
    const listeners = new Map<string, () => void>();
    stayAlive({
      app: {
        on: (event, listener) => listeners.set(event, listener),
        quit: () => done.push('quit'),
      },
      hasTray: () => Promise.resolve(hasTray),
      hasWindow: () => hasWindow,
      openWindow: () => done.push('window'),
      notify: (title) => done.push(title),
    });
    return { done, says: (event: string) => listeners.get(event)?.() };
  }

  it('goes on in the tray, and says so once', async () => {
    const { done, says } = windowed(true);
    says('window-all-closed');
    says('window-all-closed');
    await settled();
    expect(done).toEqual(['CryptoPiggy goes on']);
  });

  it('quits where there is no tray: nobody could get back to it', async () => {
    const { done, says } = windowed(false);
    says('window-all-closed');
    await settled();
    expect(done).toEqual(['quit']);
  });

  it('stays where one was opened again while the tray was asked for', async () => {
    const { done, says } = windowed(false, true);
    says('window-all-closed');
    await settled();
    expect(done).toEqual([]);
  });

  it("opens one when its icon in a Mac's dock is clicked", () => {
    const { done, says } = windowed(true);
    says('activate');
    expect(done).toEqual(['window']);
  });
});

describe('a second start', () => {
  function start(isFirst: boolean) {
    const done: string[] = [];
    let second = (): void => {};
    const claimed = claimSingleInstance(
      {
        requestSingleInstanceLock: () => isFirst,
        on: (_event, listener) => (second = listener),
        quit: () => done.push('quit'),
      },
      () => done.push('shown'),
    );
    return { claimed, done, second: () => second() };
  }

  it('quits', () => {
    expect(start(false)).toMatchObject({ claimed: false, done: ['quit'] });
  });

  it('brings the window of the first one to the front', () => {
    const first = start(true);
    first.second();
    expect(first).toMatchObject({ claimed: true, done: ['shown'] });
  });
});
