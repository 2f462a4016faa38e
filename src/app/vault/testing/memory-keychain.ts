/** A keychain in memory that can be locked, taken away, or made to lose what it is given. */

import { ok } from '../../../core/domain/result.ts';
import { unavailable, type Reason } from '../keychain-reasons.ts';
import type { Keychain } from '../keychain.ts';

export class MemoryKeychain implements Keychain {
  readonly entries = new Map<string, string>();
  /** Why it cannot be used; null while it works. */
  reason: Reason | null = null;
  /** What becomes of a password on its way in. */
  keeping = (password: string): string => password;

  #answer<T>(
    account: string,
    value: () => T,
  ): ReturnType<typeof ok<T>> | ReturnType<typeof unavailable> {
    // As gnome-keyring does it: what a locked keyring does not have is null, what it has wants the lock opened.
    const isBarred = this.reason === 'locked' ? this.entries.has(account) : this.reason !== null;
    return isBarred && this.reason !== null ? unavailable(this.reason) : ok(value());
  }

  getPassword = async (_service: string, account: string) =>
    this.#answer(account, () => this.entries.get(account) ?? null);

  setPassword = async (_service: string, account: string, password: string) => {
    if (this.reason !== null) return unavailable(this.reason);
    this.entries.set(account, this.keeping(password));
    return ok(null);
  };

  deletePassword = async (_service: string, account: string) =>
    this.#answer(account, () => this.entries.delete(account));

  findCredentials = async () =>
    ok([...this.entries].map(([account, password]) => ({ account, password })));

  probe = async () =>
    this.reason === null
      ? ({ works: true } as const)
      : {
          works: false as const,
          reason: this.reason,
          sentence: unavailable(this.reason).error.sentence,
        };

  close = (): void => undefined;
}
