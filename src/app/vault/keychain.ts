/** The operating system's keychain: keytar's four functions, and a probe that says whether they can be relied on. */

import { z } from 'zod';
import { ok, type Result } from '../../core/domain/result.ts';
import { KeychainCalls } from './keychain-calls.ts';
import type { KeychainCall } from './keychain-messages.ts';
import type { StartKeychainProcess } from './keychain-process.ts';
import { unavailable, type KeychainFailure, type Reason } from './keychain-reasons.ts';

type Answer<T> = Promise<Result<T, KeychainFailure>>;

export type Probe =
  | { readonly works: true }
  | { readonly works: false; readonly reason: Reason; readonly sentence: string };

export interface Keychain {
  /** Null where there is no such entry. */
  getPassword(service: string, account: string): Answer<string | null>;
  setPassword(service: string, account: string, password: string): Answer<null>;
  /** False where there was no such entry. */
  deletePassword(service: string, account: string): Answer<boolean>;
  findCredentials(
    service: string,
  ): Answer<readonly { readonly account: string; readonly password: string }[]>;
  /** Writes, reads and deletes an entry of its own. Where the keychain is locked the system may ask to unlock it. */
  probe(): Promise<Probe>;
  /** Ends what still waits for the keychain. */
  close(): void;
}

/** In ms. The start of the process and a probe fit many times over; a person who waits is told within 2 s. */
const WITHIN = 1_800;

/** By account: a keychain tells them in whatever order. */
const Found = z
  .array(z.object({ account: z.string(), password: z.string() }))
  .transform((all) => all.toSorted((one, other) => (one.account < other.account ? -1 : 1)));
const SERVICE_OF_PROBES = 'CryptoPiggy probe';

/** @param within - the limit of every call, in ms */
export function openKeychain(start: StartKeychainProcess, within = WITHIN): Keychain {
  const calls = new KeychainCalls(start, within);
  let probing: Promise<Probe> | null = null;

  async function ask<T>(call: KeychainCall, shape: z.ZodType<T>): Answer<T> {
    const answer = await calls.ask(call);
    return answer.ok ? ok(shape.parse(answer.value)) : answer;
  }

  async function probe(): Promise<Probe> {
    const answer = await ask({ kind: 'probe', service: SERVICE_OF_PROBES }, z.boolean());
    if (answer.ok && answer.value) return { works: true };
    const { reason, sentence } = answer.ok ? unavailable('locked').error : answer.error;
    return { works: false, reason, sentence };
  }

  return {
    getPassword: (service, account) =>
      ask({ kind: 'get', service, account }, z.string().nullable()),
    setPassword: (service, account, password) =>
      ask(
        { kind: 'set', service, account, password },
        z.unknown().transform(() => null),
      ),
    deletePassword: (service, account) => ask({ kind: 'delete', service, account }, z.boolean()),
    findCredentials: (service) => ask({ kind: 'find', service }, Found),
    // Whoever asks meanwhile gets the same answer: each probe of a locked keychain would ask the person once more.
    probe: () => (probing ??= probe().finally(() => (probing = null))),
    close: () => calls.close(),
  };
}
