/** A process inside a D-Bus session that lives through one story and says on its standard output how it went. */

import { openKeychain, type Keychain } from '../keychain.ts';
import { keychainInNode } from '../keychain-process.ts';
import { bring, secretTool, startDaemon } from './keyring-daemon.ts';

const [, , story = '', condition = ''] = process.argv;
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
