import { describe, expect, it } from 'vitest';
import { deferred } from '../contract/rpc/conformance/fixture.ts';
import { quitCleanly, QUIT_PATIENCE_MS } from './clean-quit.ts';
import { claimSingleInstance } from './single-instance.ts';

/** An app in which the test quits, closes and lets time pass. */
function quitting(close: () => Promise<void>) {
  const logged: string[] = [];
  const exit = deferred<number>();
  const patience = deferred<void>();
  const waited: number[] = [];
  let closes = 0;
  let quit = (_event: { preventDefault(): void }): void => {};
  quitCleanly({
    app: {
      on: (_event, listener) => (quit = listener),
      exit: (code) => exit.resolve(code),
    },
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
