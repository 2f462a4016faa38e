/** The process that holds the keychain's library: where a call never returns, it is this process that is ended. */

import type * as Keyring from '@napi-rs/keyring';
import { Request, type KeychainCall, type Reply } from './keychain-messages.ts';
import { reasonOf } from './keychain-reasons.ts';

type Library = typeof Keyring;

/** Not the default of Linux, which can fall back to a store of the kernel that a restart empties. */
const OPTIONS = { linux: { store: 'secret-service' } } as const;
/** Written, read and deleted to see whether a keychain works. */
const PROBE = `probe/${process.pid}`;

/** Electron's utility processes talk through a port of their own. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}
const isPort = (value: unknown): value is ParentPort =>
  typeof value === 'object' && value !== null && 'postMessage' in value;

const offered = 'parentPort' in process ? process.parentPort : undefined;
const parentPort = isPort(offered) ? offered : undefined;

function send(reply: Reply): void {
  if (parentPort !== undefined) parentPort.postMessage(reply);
  else process.send?.(reply);
}

/** Null on a system for which the library has no binary. */
async function load(): Promise<Library | null> {
  try {
    return await import('@napi-rs/keyring');
  } catch {
    return null;
  }
}
const loading = load();

async function answer(message: unknown): Promise<void> {
  const { id, call } = Request.parse(message);
  const library = await loading;
  if (library === null) return send({ kind: 'failed', id, reason: 'unsupported' });
  try {
    const value = await carryOut(library, call, () => send({ kind: 'reached', id }));
    send({ kind: 'done', id, value });
  } catch (error) {
    send({ kind: 'failed', id, reason: reasonOf(error) });
  }
}

async function carryOut(
  library: Library,
  call: KeychainCall,
  reached: () => void,
): Promise<unknown> {
  // Making an entry connects to the keychain, on this thread.
  const entry = new library.AsyncEntry(
    call.service,
    'account' in call ? call.account : PROBE,
    OPTIONS,
  );
  reached();
  switch (call.kind) {
    case 'get':
      return entry.getPassword();
    case 'set':
      return entry.setPassword(call.password);
    case 'delete':
      return entry.deletePassword();
    case 'find':
      return library.findCredentialsAsync(call.service);
    case 'probe':
      return probe(entry);
  }
}

/** @returns whether the entry kept what was written: a locked keyring may take it and read as empty */
async function probe(entry: InstanceType<Library['AsyncEntry']>): Promise<boolean> {
  await entry.setPassword('probe');
  const kept = await entry.getPassword();
  await entry.deletePassword();
  return kept === 'probe';
}

if (parentPort !== undefined) {
  parentPort.on('message', ({ data }) => void answer(data));
} else {
  process.on('message', (message) => void answer(message));
  // An orderly exit would wait for a call that hangs.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
}
