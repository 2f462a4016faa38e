/** A gnome-keyring-daemon of one's own inside a D-Bus session, and the system's tools to look at it from outside. */

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';

const DAEMON = 'gnome-keyring-daemon';
const DBUS_SEND = 'dbus-send';
const SECRET_TOOL = 'secret-tool';
const SECRETS = '--dest=org.freedesktop.secrets';
const LOGIN = '/org/freedesktop/secrets/collection/login';

/** Starts it unlocked, with an empty keyring, and waits until it is on the bus. */
export async function startDaemon(): Promise<ChildProcess> {
  const daemon = spawn(DAEMON, ['--foreground', '--unlock', '--components=secrets'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  await once(daemon, 'spawn');
  daemon.stdin.end('the keyring of a test');
  daemon.unref();
  // The pause lets the passphrase go out; asking takes a few milliseconds by itself.
  do await setImmediate();
  while (!isOnTheBus());
  return daemon;
}

const isOnTheBus = (): boolean =>
  dbusSend('--dest=org.freedesktop.DBus', [
    '/',
    'org.freedesktop.DBus.GetNameOwner',
    'string:org.freedesktop.secrets',
  ]);

function dbusSend(destination: string, args: readonly string[]): boolean {
  const all = ['--session', '--print-reply', destination, ...args];
  return spawnSync(DBUS_SEND, all).status === 0;
}

/** Brings an unlocked keyring into the condition that the story is about. */
export function bring(daemon: ChildProcess, condition: string): void {
  if (condition === 'frozen') daemon.kill('SIGSTOP');
  if (condition !== 'locked' && condition !== 'asking') return;
  const locked = dbusSend(SECRETS, [
    '/org/freedesktop/secrets',
    'org.freedesktop.Secret.Service.Lock',
    `array:objpath:${LOGIN}`,
  ]);
  if (!locked) throw new Error('The keyring was not locked');
}

/** What `secret-tool` finds under these attributes, or null. */
export function secretTool(service: string, username: string): string | null {
  const args = ['lookup', 'service', service, 'username', username];
  const run = spawnSync(SECRET_TOOL, args, { encoding: 'utf8' });
  return run.status === 0 ? run.stdout : null;
}
