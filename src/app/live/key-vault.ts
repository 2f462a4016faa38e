/** What live trading needs of the place where keys are kept. */

import type { LiveState } from '../../contract/live.ts';
import type { Result } from '../../core/domain/result.ts';
import type { Credentials } from './live-gateway.ts';

export type KeptKey = NonNullable<LiveState['key']>;
export type VaultState = LiveState['vault'];
type Answer<T> = Promise<Result<T>>;

export interface KeyVault {
  state(): Promise<VaultState>;
  /** Keychain, then file, then environment; `null` where there is no key. */
  read(
    venue: string,
  ): Answer<{ readonly credentials: Credentials; readonly place: KeptKey['place'] } | null>;
  summary(venue: string): Answer<KeptKey | null>;
  save(venue: string, credentials: Credentials, place: 'keychain' | 'file'): Answer<KeptKey>;
  forget(venue: string): Answer<{ readonly leftInEnvironment: boolean }>;
  createFile(passphrase: string): Answer<unknown>;
  unlockFile(passphrase: string): Answer<unknown>;
}
