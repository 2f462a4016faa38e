/** Where exchange keys are kept: the system's keychain, else an encrypted file, else the environment. */

import { join } from 'node:path';
import { fail, ok, type Failure, type Result } from '../../core/domain/result.ts';
import {
  checkCredentials,
  fromKeptText,
  keptText,
  masked,
  type Credentials,
  type KeyFailure,
} from './credentials.ts';
import { EncryptedFile, type FileFailure, type RandomBytes } from './encrypted-file.ts';
import { fromEnvironment, isInEnvironment, type Environment } from './environment.ts';
import { unavailable, type KeychainFailure, type Reason } from './keychain-reasons.ts';
import type { Keychain } from './keychain.ts';

export type SecretPlace = 'keychain' | 'file' | 'environment';

/** `masked`: at most the first and the last four characters of the key, and nothing of its secret. */
export interface KeptKey {
  readonly masked: string;
  readonly place: SecretPlace;
}

export interface VaultState {
  readonly keychain: { readonly works: boolean; readonly sentence: string };
  readonly file: 'none' | 'locked' | 'open';
}

export interface ReadKey {
  readonly credentials: Credentials;
  readonly place: SecretPlace;
}

export type VaultFailure = KeychainFailure | FileFailure | KeyFailure | Failure<'KEY_NOT_KEPT'>;
type Answer<T> = Promise<Result<T, VaultFailure>>;

export interface VaultOptions {
  /** The profile's name: each has keys of its own in the one keychain. */
  readonly profile: string;
  /** The profile's folder, where the encrypted file lies. */
  readonly folder: string;
  /** Of the encrypted file; `secrets.enc` unless given. */
  readonly fileName?: string;
  readonly environment: Environment;
  readonly keychain: Keychain;
  readonly randomBytes: RandomBytes;
  /** Told of every key, secret and passphrase before anything is done with it, so that no log ever holds one. */
  readonly redact?: (secrets: readonly string[]) => void;
}

const SERVICE = 'CryptoPiggy';
const WORKS = "The system's keychain works.";

export class Vault {
  readonly #profile: string;
  readonly #environment: Environment;
  readonly #keychain: Keychain;
  readonly #file: EncryptedFile;
  readonly #redact: (secrets: readonly string[]) => void;

  constructor(options: VaultOptions) {
    const { profile, folder, environment, keychain, randomBytes, redact = () => {} } = options;
    const { fileName = 'secrets.enc' } = options;
    this.#redact = redact;
    this.#profile = profile;
    this.#environment = environment;
    this.#keychain = keychain;
    this.#file = new EncryptedFile({ path: join(folder, fileName), randomBytes });
  }

  async state(): Promise<VaultState> {
    const [probe, file] = await Promise.all([this.#keychain.probe(), this.#file.state()]);
    const sentence = probe.works ? WORKS : probe.sentence;
    return { keychain: { works: probe.works, sentence }, file };
  }

  /**
   * Keychain, file, environment; null where there is none. A place that is locked is a failure and never passed over:
   * it may hold the key that a person means, and the next place another account's.
   */
  async read(venue: string): Answer<ReadKey | null> {
    const found = await this.#find(venue);
    if (found.ok && found.value !== null) this.#redact(secretsOf(found.value.credentials));
    return found;
  }

  async #find(venue: string): Answer<ReadKey | null> {
    const account = this.#account(venue);
    const inKeychain = await this.#keychain.getPassword(SERVICE, account);
    if (!inKeychain.ok && inKeychain.error.reason === 'locked') return inKeychain;
    if (inKeychain.ok && inKeychain.value !== null) return understood(inKeychain.value, 'keychain');
    const inFile = await this.#file.read(account);
    if (!inFile.ok) return inFile;
    if (inFile.value !== null) return understood(inFile.value, 'file');
    const set = fromEnvironment(this.#environment);
    if (!set.ok) return set;
    if (set.value !== null) return ok({ credentials: set.value, place: 'environment' });
    return this.#nothing(inKeychain);
  }

  async summary(venue: string): Answer<KeptKey | null> {
    const kept = await this.read(venue);
    if (!kept.ok) return kept;
    if (kept.value === null) return ok(null);
    return ok({ masked: masked(kept.value.credentials.apiKey), place: kept.value.place });
  }

  /** Reads back what it wrote, and takes an older key of the exchange out of the other place. */
  async save(venue: string, entered: Credentials, place: 'keychain' | 'file'): Answer<KeptKey> {
    this.#redact(secretsOf(entered));
    const checked = checkCredentials(entered);
    if (!checked.ok) return checked;
    this.#redact(secretsOf(checked.value));
    const account = this.#account(venue);
    const text = keptText(checked.value);
    const saved =
      place === 'keychain'
        ? await this.#saveInKeychain(account, text)
        : await this.#saveInFile(account, text);
    return saved.ok ? ok({ masked: masked(checked.value.apiKey), place }) : saved;
  }

  /** From keychain and file; both are tried, and the first failure is told. */
  async forget(venue: string): Answer<{ readonly leftInEnvironment: boolean }> {
    const account = this.#account(venue);
    const inKeychain = await this.#keychain.deletePassword(SERVICE, account);
    const inFile = await this.#forgetInFile(account);
    if (!inKeychain.ok && mayHoldKeys(inKeychain.error)) return inKeychain;
    if (!inFile.ok) return inFile;
    return ok({ leftInEnvironment: isInEnvironment(this.#environment) });
  }

  createFile(passphrase: string): Answer<null> {
    this.#redact([passphrase]);
    return this.#file.create(passphrase);
  }

  unlockFile(passphrase: string): Answer<null> {
    this.#redact([passphrase]);
    return this.#file.unlock(passphrase);
  }

  lockFile(): void {
    this.#file.lock();
  }

  #account(venue: string): string {
    return `${this.#profile}/${venue}`;
  }

  /** "No key" is only said where the keychain could be asked, or where there is none. */
  async #nothing(inKeychain: Result<string | null, KeychainFailure>): Answer<null> {
    if (!inKeychain.ok) return mayHoldKeys(inKeychain.error) ? inKeychain : ok(null);
    // A keyring that is locked may answer as if it were empty.
    const probe = await this.#keychain.probe();
    return probe.works || !mayHoldKeys(probe) ? ok(null) : unavailable(probe.reason);
  }

  async #saveInKeychain(account: string, text: string): Answer<null> {
    // Otherwise a locked keychain would be handed the secret, and might take it minutes after the failure was told.
    const probe = await this.#keychain.probe();
    if (!probe.works) return unavailable(probe.reason);
    const written = await this.#keychain.setPassword(SERVICE, account, text);
    if (!written.ok) return written;
    const back = await this.#keychain.getPassword(SERVICE, account);
    if (!back.ok) return back;
    if (back.value !== text) return notKept('keychain');
    // Where the file is locked its older key stays; the keychain's goes first.
    if ((await this.#file.state()) === 'open') return this.#file.write(account, null);
    return ok(null);
  }

  async #saveInFile(account: string, text: string): Answer<null> {
    const older = await this.#keychain.getPassword(SERVICE, account);
    // It would be used before the file's as soon as somebody unlocks the keychain.
    if (!older.ok && older.error.reason === 'locked') return older;
    const written = await this.#file.write(account, text);
    if (!written.ok) return written;
    const back = await this.#file.read(account);
    if (!back.ok) return back;
    if (back.value !== text) return notKept('encrypted file');
    if (!older.ok || older.value === null) return ok(null);
    const deleted = await this.#keychain.deletePassword(SERVICE, account);
    return deleted.ok ? ok(null) : deleted;
  }

  async #forgetInFile(account: string): Answer<null> {
    if ((await this.#file.state()) === 'none') return ok(null);
    return this.#file.write(account, null);
  }
}

const secretsOf = ({ apiKey, secret }: Credentials): readonly string[] => [apiKey, secret];

/** Whether there is a keychain behind the failure, so that a key may be in it. */
const mayHoldKeys = ({ reason }: { readonly reason: Reason }): boolean =>
  reason === 'locked' || reason === 'not-responding';

function understood(text: string, place: 'keychain' | 'file'): Result<ReadKey, VaultFailure> {
  const credentials = fromKeptText(text);
  if (credentials !== null) return ok({ credentials, place });
  const where = place === 'keychain' ? "system's keychain" : 'encrypted file';
  const sentence = `What the ${where} keeps for this exchange is no key of CryptoPiggy's. Forget it and enter the key again.`;
  return fail('KEY_INVALID', sentence);
}

function notKept(where: string): Result<never, VaultFailure> {
  const sentence = `The ${where} did not keep the key as it was entered. Try again, or keep it in the other place.`;
  return fail('KEY_NOT_KEPT', sentence);
}
