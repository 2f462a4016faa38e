/** A process inside a D-Bus session that lives through one story and says on its standard output how it went. */

import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import { openKeychain, type Keychain } from '../keychain.ts';
import { keychainInNode } from '../keychain-process.ts';
import { Vault } from '../vault.ts';
import { bring, secretTool, startDaemon } from './keyring-daemon.ts';

const [, , story = '', condition = ''] = process.argv;
/** A temporary one, which is the home folder too. */
const folder = homedir();
const SERVICE = 'CryptoPiggy';
const ACCOUNT = 'a profile/binance';
const script = new URL('../keychain-child.ts', import.meta.url);

/** The longest that the event loop stood still, in ms, and how long it all took. */
async function timed<T>(work: () => Promise<T>): Promise<T & { ms: number; stoodStill: number }> {
  const begin = performance.now();
  let last = begin;
  let stoodStill = 0;
  const beat = setInterval(() => {
    stoodStill = Math.max(stoodStill, performance.now() - last);
    last = performance.now();
  }, 5);
  const value = await work();
  clearInterval(beat);
  return { ...value, ms: performance.now() - begin, stoodStill };
}

const stories: Readonly<Record<string, (keychain: Keychain) => Promise<object>>> = {
  probe: (keychain) => timed(() => keychain.probe()),

  get: (keychain) => timed(() => keychain.getPassword(SERVICE, ACCOUNT)),

  vault: async (keychain) => {
    const options = { profile: 'a profile', folder, environment: {}, keychain, randomBytes };
    const vault = new Vault(options);
    const key = { apiKey: 'abcdefghijklmnopqrstuvwxyz012345', secret: 'the-secret' };
    return {
      state: await vault.state(),
      before: await vault.read('binance'),
      saved: await vault.save('binance', key, 'keychain'),
      seenFromOutside: secretTool(SERVICE, ACCOUNT),
      read: await new Vault(options).read('binance'),
      forgotten: await vault.forget('binance'),
      leftOutside: secretTool(SERVICE, ACCOUNT),
    };
  },

  /** Of a key that was saved before the keyring was locked, and of another exchange. */
  'vault read': async (keychain) => {
    const options = { profile: 'kept', folder, environment: {}, keychain, randomBytes };
    const vault = new Vault(options);
    return timed(async () => ({
      kept: await vault.read('kraken'),
      other: await vault.read('binance'),
      saved: await vault.save('kraken', { apiKey: 'abc', secret: 'def' }, 'keychain'),
    }));
  },

  'four functions': async (keychain) => ({
    set: await keychain.setPassword(SERVICE, ACCOUNT, 'swordfish'),
    seenFromOutside: secretTool(SERVICE, ACCOUNT),
    get: await keychain.getPassword(SERVICE, ACCOUNT),
    other: await keychain.getPassword(SERVICE, 'a profile/kraken'),
    found: await keychain.findCredentials(SERVICE),
    deleted: await keychain.deletePassword(SERVICE, ACCOUNT),
    again: await keychain.deletePassword(SERVICE, ACCOUNT),
    leftOutside: secretTool(SERVICE, ACCOUNT),
  }),
};

const keychain = openKeychain(keychainInNode(script, process.env));
const present = condition !== 'absent' && condition !== 'no-bus';
const daemon = present ? await startDaemon() : null;
if (daemon !== null) {
  await keychain.setPassword(SERVICE, 'kept/kraken', 'kept before');
  bring(daemon, condition);
}
const told = await stories[story]?.(keychain);
process.on('exit', () => daemon?.kill('SIGKILL'));
process.stdout.write(`${JSON.stringify(told)}\n`);
