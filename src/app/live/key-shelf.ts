/** The keys as the window may see them, and the way to the real ones for whoever signs with them. */

import { VENUE_NAMES, type VenueId } from '../../contract/live.ts';
import {
  contractFailure,
  type ContractErrorCode,
  type ContractResult,
} from '../../contract/errors.ts';
import { ok, type Failure } from '../../core/domain/result.ts';
import { Listeners } from '../listeners.ts';
import type { KeptKey, KeyVault, VaultState } from './key-vault.ts';
import type { Credentials } from './live-gateway.ts';

type Done = ContractResult<Record<string, never>>;

export class KeyShelf {
  readonly #vault: KeyVault;
  readonly #listeners: Listeners;
  #key: KeptKey | null = null;
  #state: VaultState = {
    keychain: { works: false, sentence: 'The keychain is being asked.' },
    file: 'none',
  };
  /** Whose key `#key` is. */
  #venue: VenueId | null = null;

  constructor(vault: KeyVault, reportFault: (error: unknown) => void) {
    this.#vault = vault;
    this.#listeners = new Listeners(reportFault);
  }

  /** Of the exchange that was looked at last; `null` where there is none. */
  get key(): KeptKey | null {
    return this.#key;
  }

  get vault(): VaultState {
    return this.#state;
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Finds out what is kept for an exchange, and where more could be. */
  async look(venue: VenueId): Promise<void> {
    this.#venue = venue;
    const [state, key] = await Promise.all([this.#vault.state(), this.#vault.summary(venue)]);
    // Another exchange was chosen meanwhile.
    if (this.#venue !== venue) return;
    this.#state = state;
    this.#key = key.ok ? key.value : null;
    this.#listeners.tell();
  }

  async read(venue: VenueId): Promise<ContractResult<Credentials>> {
    const kept = await this.#vault.read(venue);
    if (!kept.ok) return refusal(kept.error);
    if (kept.value !== null) return ok(kept.value.credentials);
    return keyMissing(venue);
  }

  /** As `read`, but not from the environment: a key there is for the exchange that is chosen, and for no other. */
  async readOwn(venue: VenueId): Promise<ContractResult<Credentials>> {
    const kept = await this.#vault.read(venue);
    if (kept.ok && kept.value?.place === 'environment') return keyMissing(venue);
    return this.read(venue);
  }

  async save(
    venue: VenueId,
    credentials: Credentials,
    place: 'keychain' | 'file',
  ): Promise<ContractResult<KeptKey>> {
    const saved = await this.#vault.save(venue, credentials, place);
    await this.#lookAgain(venue);
    return saved.ok ? ok(saved.value) : refusal(saved.error);
  }

  async forget(venue: VenueId): Promise<ContractResult<{ leftInEnvironment: boolean }>> {
    const forgotten = await this.#vault.forget(venue);
    await this.#lookAgain(venue);
    return forgotten.ok ? ok(forgotten.value) : refusal(forgotten.error);
  }

  async createFile(passphrase: string): Promise<Done> {
    return this.#filed(await this.#vault.createFile(passphrase));
  }

  async unlockFile(passphrase: string): Promise<Done> {
    return this.#filed(await this.#vault.unlockFile(passphrase));
  }

  async #filed(answer: Awaited<ReturnType<KeyVault['createFile']>>): Promise<Done> {
    if (this.#venue !== null) await this.look(this.#venue);
    return answer.ok ? ok({}) : refusal(answer.error);
  }

  async #lookAgain(venue: VenueId): Promise<void> {
    if (venue === this.#venue) await this.look(venue);
  }
}

function keyMissing(venue: VenueId): ContractResult<never> {
  const sentence = `No key is kept for ${VENUE_NAMES[venue]}. Enter one and save it first.`;
  return contractFailure('KEY_MISSING', sentence);
}

/** What the window tells apart; all the rest is a vault that cannot be used as it is. */
const CODES: Readonly<Record<string, ContractErrorCode>> = {
  PASSPHRASE_WRONG: 'PASSPHRASE_WRONG',
  PASSPHRASE_WEAK: 'PASSPHRASE_WRONG',
  VAULT_LOCKED: 'VAULT_LOCKED',
  KEY_INVALID: 'KEY_INVALID',
};

function refusal({ code, sentence }: Failure): ContractResult<never> {
  return contractFailure(CODES[code] ?? 'VAULT_UNAVAILABLE', sentence);
}
