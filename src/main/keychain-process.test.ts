import { describe, expect, it } from 'vitest';
import { openKeychain } from '../app/vault/keychain.ts';
import { keychainInElectron, type UtilityProcesses } from './keychain-process.ts';

/** Electron's side of a process that answers every call with what `answer` makes of it. */
function processes(answer: (message: unknown) => unknown) {
  const forked: { script: string; env: Readonly<Record<string, string | undefined>> }[] = [];
  let kills = 0;
  const utilityProcess: UtilityProcesses = {
    fork(script, _args, { env }) {
      forked.push({ script, env });
      const listeners: ((message: unknown) => void)[] = [];
      return {
        postMessage: (message) =>
          queueMicrotask(() => {
            for (const listener of listeners) listener(answer(message));
          }),
        on(event: 'message' | 'exit', listener: (message: unknown) => void) {
          if (event === 'message') listeners.push(listener);
        },
        kill: () => {
          kills += 1;
          return true;
        },
      };
    },
  };
  return { utilityProcess, forked, kills: () => kills };
}

describe('the keychain in Electron', () => {
  it('asks a utility process, which is not handed the key of the environment', async () => {
    const electron = processes((message) => ({ kind: 'done', id: idOf(message), value: 'secret' }));
    const environment = {
      EXCHANGE_API_KEY: 'k',
      EXCHANGE_API_SECRET: 's',
      LIVE_CONFIRM_TOKEN: 't',
      TELEGRAM_BOT_TOKEN: 'b',
      NAPI_RS_NATIVE_LIBRARY_PATH: '/evil.node',
      HOME: '/home',
    };
    const start = keychainInElectron({
      ...electron,
      script: '/app/keychain-child.js',
      environment,
    });
    const keychain = openKeychain(start);
    expect(await keychain.getPassword('CryptoPiggy', 'binanceus')).toEqual({
      ok: true,
      value: 'secret',
    });
    expect(electron.forked).toEqual([{ script: '/app/keychain-child.js', env: { HOME: '/home' } }]);
    keychain.close();
    expect(electron.kills()).toBe(1);
  });
});

function idOf(message: unknown): unknown {
  return typeof message === 'object' && message !== null && 'id' in message ? message.id : null;
}
