/** A key that watches what is open is not given up: neither forgotten, nor replaced by one that the exchange does not take. */

import type { ContractErrorCode, ContractError, ContractResult } from '../../contract/errors.ts';
import { contractFailure } from '../../contract/errors.ts';
import type { VenueId } from '../../contract/live.ts';
import type { KeptAccount } from '../storage/trading-store.ts';
import { isRehearsal, isRehearsed, isUnattended } from './kept-live-account.ts';
import type { Credentials } from './live-gateway.ts';
import type { LiveTradingOptions } from './live-trading-options.ts';
import { venueName } from './venue-name.ts';

export interface KeyAtWork {
  readonly options: Pick<LiveTradingOptions, 'openGateway' | 'settings' | 'appSettings'>;
  readonly venue: VenueId;
  /** Whether the account that is connected there has something open. */
  readonly isBusy: boolean;
  /** What is open by the books, connected or not. @throws Error where they cannot be read: the key stays then */
  readonly kept: () => KeptAccount | null;
  /** Why the last attempt to connect came to nothing. */
  readonly trouble: ContractError | null;
}

type Stays = ContractResult<never> | null;

/** Such a key watches nothing any more. */
const USELESS: ReadonlySet<ContractErrorCode> = new Set([
  'EXCHANGE_REFUSED',
  'KEY_MISSING',
  'KEY_INVALID',
]);

/** @returns why it is not forgotten; `null` where it may be */
export function whyNotForgotten(key: KeyAtWork): Stays {
  if (!isNeeded(key)) return null;
  const sentence = `There are open positions or orders on ${venueName(key.venue)}, and nobody could watch them without the key. Close them first, or save another key in its place.`;
  return contractFailure('ACCOUNT_BUSY', sentence);
}

/** Whether it watches something, or would as soon as the exchange answers. */
function isNeeded(key: KeyAtWork): boolean {
  const { isBusy, trouble } = key;
  const isUseless = trouble !== null && USELESS.has(trouble.code);
  return isBusy || (!isUseless && isLeftThere(key));
}

/** Whether something is open there by the books, that a connection with this key would watch. */
function isLeftThere({ options, venue, kept }: KeyAtWork): boolean {
  const account = kept();
  if (account === null || account.settings.venue !== venue) return false;
  const isHere = isRehearsed(options.settings, account) === isRehearsal(options);
  return isHere && isUnattended(account);
}

/** Tries the new key before the one at work is given up. @returns why it is not saved; `null` where it may be */
export async function whyNotReplaced(key: KeyAtWork, next: Credentials): Promise<Stays> {
  if (!isNeeded(key)) return null;
  const { options, venue } = key;
  const gateway = await options.openGateway(venue, next);
  try {
    const health = await gateway.health();
    if (!health.ok) return stays('EXCHANGE_UNAVAILABLE', health.error.sentence);
    const valid = await gateway.validateKey();
    return valid.ok ? null : stays(valid.error.code, valid.error.sentence);
  } finally {
    gateway.close();
  }
}

function stays(code: ContractErrorCode, sentence: string): Stays {
  return contractFailure(
    code,
    `${sentence} The previous key stays: it watches what is open there.`,
  );
}
