/** Secrets in one file under a passphrase, for systems whose keychain cannot be used. */

import { z } from 'zod';
import { fail, ok, type Failure, type Result } from '../../core/domain/result.ts';
import { readKept } from './kept-json.ts';
import { checkPassphrase, keyFrom } from './passphrase.ts';
import { lookAt, NONCE_BYTES, SALT_BYTES, saltOf, seal, unseal } from './sealed-bytes.ts';
import { readWhole, replaceWhole } from './whole-file.ts';

export type FileFailure = Failure<
  | 'PASSPHRASE_WEAK'
  | 'PASSPHRASE_WRONG'
  | 'VAULT_LOCKED'
  | 'VAULT_DAMAGED'
  | 'VAULT_NEWER'
  | 'VAULT_EXISTS'
  | 'VAULT_MISSING'
  | 'VAULT_UNUSABLE'
>;
type Answer<T> = Promise<Result<T, FileFailure>>;

/** @returns that many bytes that nobody can guess */
export type RandomBytes = (size: number) => Uint8Array;

export interface FileOptions {
  readonly path: string;
  readonly randomBytes: RandomBytes;
}

/** What the file holds: pairs, because a name may be any text. */
const Secrets = z.array(z.tuple([z.string(), z.string()]));

const locked = (): { readonly ok: false; readonly error: Failure<'VAULT_LOCKED'> } =>
  fail('VAULT_LOCKED', 'The encrypted file is locked. Enter its passphrase first.');

export class EncryptedFile {
  readonly #path: string;
  readonly #randomBytes: RandomBytes;
  /** Of the file that was unlocked last; the secrets themselves stay on disk between two uses. */
  #key: { readonly bytes: Buffer; readonly salt: Buffer } | null = null;
  #before: Promise<unknown> = Promise.resolve();

  constructor({ path, randomBytes }: FileOptions) {
    this.#path = path;
    this.#randomBytes = randomBytes;
  }

  /** A damaged file counts as locked: it is there, and unlocking it says what is wrong. */
  async state(): Promise<'none' | 'locked' | 'open'> {
    const file = await this.#file();
    if (file.ok && file.value === null) return 'none';
    return file.ok && file.value !== null && this.#opens(file.value) ? 'open' : 'locked';
  }

  /** An empty one, and open; refused where there is one already, whatever its condition. */
  create(passphrase: string): Answer<null> {
    return this.#inTurn(async () => {
      const good = checkPassphrase(passphrase);
      if (!good.ok) return good;
      const present = await this.#file();
      if (!present.ok) return present;
      if (present.value !== null) return fail('VAULT_EXISTS', this.#existsSentence());
      const salt = Buffer.from(this.#randomBytes(SALT_BYTES));
      this.#key = { salt, bytes: await keyFrom(passphrase, salt) };
      return this.#write([]);
    });
  }

  unlock(passphrase: string): Answer<null> {
    return this.#inTurn(async () => {
      const file = await this.#sealedFile();
      if (!file.ok) return file;
      const salt = Buffer.from(saltOf(file.value));
      const bytes = await keyFrom(passphrase, salt);
      if (unseal(file.value, bytes) === null) {
        return fail(
          'PASSPHRASE_WRONG',
          'This is not the passphrase of the encrypted file. Try it again.',
        );
      }
      this.#key = { salt, bytes };
      return ok(null);
    });
  }

  /** Forgets the key. */
  lock(): void {
    this.#key?.bytes.fill(0);
    this.#key = null;
  }

  /** Null where the file or the secret is not there; a file that is locked is a failure. */
  read(name: string): Answer<string | null> {
    return this.#inTurn(async () => {
      const file = await this.#file();
      if (!file.ok) return file;
      if (file.value === null) return ok(null);
      const secrets = await this.#secrets();
      if (!secrets.ok) return secrets;
      return ok(secrets.value.find(([kept]) => kept === name)?.[1] ?? null);
    });
  }

  /** @param secret - null to remove it */
  write(name: string, secret: string | null): Answer<null> {
    return this.#inTurn(async () => {
      const secrets = await this.#secrets();
      if (!secrets.ok) return secrets;
      const others = secrets.value.filter(([kept]) => kept !== name);
      if (secret === null && others.length === secrets.value.length) return ok(null);
      return this.#write(secret === null ? others : [...others, [name, secret]]);
    });
  }

  /** Reading, changing and writing is one step: two at once would lose one's change. */
  #inTurn<T>(work: () => Answer<T>): Answer<T> {
    const turn = this.#before.then(work);
    this.#before = turn.catch(() => undefined);
    return turn;
  }

  #opens(file: Buffer): boolean {
    return this.#key !== null && lookAt(file) === 'sealed' && this.#key.salt.equals(saltOf(file));
  }

  async #secrets(): Answer<readonly (readonly [string, string])[]> {
    const file = await this.#sealedFile();
    if (!file.ok) return file;
    // Another file may have taken the place of the one that was unlocked.
    if (this.#key === null || !this.#opens(file.value)) return locked();
    const text = unseal(file.value, this.#key.bytes);
    const secrets = text === null ? null : readKept(text, Secrets);
    return secrets === null ? this.#damaged() : ok(secrets);
  }

  async #sealedFile(): Answer<Buffer> {
    const file = await this.#file();
    if (!file.ok) return file;
    if (file.value === null) {
      const sentence = `There is no encrypted file at ${this.#path}. Create one with a passphrase first.`;
      return fail('VAULT_MISSING', sentence);
    }
    switch (lookAt(file.value)) {
      case 'sealed':
        return ok(file.value);
      case 'damaged':
        return this.#damaged();
      case 'newer':
        return fail(
          'VAULT_NEWER',
          `The encrypted file ${this.#path} was written by a newer version of CryptoPiggy. Update the app to use it.`,
        );
    }
  }

  #damaged(): { readonly ok: false; readonly error: Failure<'VAULT_DAMAGED'> } {
    const sentence =
      `The encrypted file ${this.#path} is damaged and was left as it is. Put a copy of it back, ` +
      'or move it away, create a new one and enter the keys again.';
    return fail('VAULT_DAMAGED', sentence);
  }

  #existsSentence(): string {
    return (
      `There is an encrypted file already, at ${this.#path}. Unlock it with its passphrase; ` +
      'if that is lost, move the file away and create a new one.'
    );
  }

  async #file(): Answer<Buffer | null> {
    try {
      return ok(await readWhole(this.#path));
    } catch (error) {
      return this.#unusable('read', error);
    }
  }

  async #write(secrets: readonly (readonly [string, string])[]): Answer<null> {
    if (this.#key === null) return locked();
    const { bytes: key, salt } = this.#key;
    const sealed = seal(JSON.stringify(secrets), {
      key,
      salt,
      nonce: this.#randomBytes(NONCE_BYTES),
    });
    try {
      await replaceWhole(this.#path, sealed);
      return ok(null);
    } catch (error) {
      return this.#unusable('written', error);
    }
  }

  #unusable(
    what: 'read' | 'written',
    error: unknown,
  ): { readonly ok: false; readonly error: Failure<'VAULT_UNUSABLE'> } {
    const reason = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    const sentence = `The encrypted file ${this.#path} cannot be ${what}${reason}. Check the disk and its permissions.`;
    return fail('VAULT_UNUSABLE', sentence);
  }
}
