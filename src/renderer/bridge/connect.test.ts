import { describe, expect, it } from 'vitest';
import { dialFrom, type Page } from './connect.ts';
import type { BrowserSocket } from './websocket-channel.ts';

/** A page at this address; what it stores and shows can be looked at. */
function pageAt(hash: string, stored: Record<string, string> = {}) {
  const storage = new Map(Object.entries(stored));
  const shown: string[] = [];
  const page: Page = {
    location: { host: '127.0.0.1:4000', pathname: '/', hash },
    history: { replaceState: (_state, _unused, url) => shown.push(url) },
    sessionStorage: {
      getItem: (key) => storage.get(key) ?? null,
      setItem: (key, value) => storage.set(key, value),
    },
  };
  return { page, storage, shown };
}

/** Sockets that never answer, and what they were opened with. */
function sockets() {
  const opened: { readonly url: string; readonly protocols: readonly string[] }[] = [];
  const open = (url: string, protocols: string[]): BrowserSocket => {
    opened.push({ url, protocols });
    return { binaryType: 'blob', addEventListener: () => {}, send: () => {}, close: () => {} };
  };
  return { opened, open };
}

describe('in a browser', () => {
  it('takes the token out of the address and offers it to the app', () => {
    const { page, shown, storage } = pageAt('#token=abc-_9');
    const { opened, open } = sockets();
    void dialFrom(page, open)();
    expect(opened).toEqual([
      { url: 'ws://127.0.0.1:4000/contract', protocols: ['cryptopiggy.v1', 'token.abc-_9'] },
    ]);
    expect(shown).toEqual(['/']);
    expect([...storage.values()]).toEqual(['abc-_9']);
  });

  it('after a reload, and for a later attempt, it still has it', () => {
    const { storage } = (() => {
      const first = pageAt('#token=abc');
      dialFrom(first.page, sockets().open);
      return first;
    })();
    const { page, shown } = pageAt('', Object.fromEntries(storage));
    const { opened, open } = sockets();
    const dial = dialFrom(page, open);
    void dial();
    void dial();
    expect(opened.map(({ protocols }) => protocols[1])).toEqual(['token.abc', 'token.abc']);
    expect(shown).toEqual([]);
  });
});

describe('in Electron', () => {
  it('uses the bridge and opens no socket', async () => {
    const { opened, open } = sockets();
    const sent: unknown[] = [];
    const cryptopiggy = {
      connect: () => ({ send: (message: unknown) => sent.push(message), close: () => {} }),
    };
    const result = await dialFrom({ ...pageAt('').page, cryptopiggy }, open)();
    if (result.ok) result.value.send('hello');
    expect(sent).toEqual(['hello']);
    expect(opened).toEqual([]);
  });
});
