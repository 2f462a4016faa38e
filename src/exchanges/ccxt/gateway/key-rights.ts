/** What a key may do, where its exchange tells: it must be able to trade, and must not be able to take money out. */

import type { Exchange } from 'ccxt';
import { fail, ok, type Result } from '../../../core/domain/result.ts';
import type { ExchangeFailure } from '../../../core/ports/exchange.ts';

export interface KeyRights {
  readonly canTrade: boolean;
  /** `null` where the exchange does not tell. */
  readonly canWithdraw: boolean | null;
}

/** @throws what ccxt throws */
export type ReadKeyRights = (exchange: Exchange) => Promise<KeyRights>;

/** Where and how a person changes what a key may do. */
export interface KeyAdvice {
  readonly toTrade: string;
  readonly notToWithdraw: string;
  /** For the stream of the account's orders, where a key needs more for it; trading goes on without. */
  readonly toStream: string | null;
}

export interface ValidKey {
  readonly canTrade: true;
  /** `not-told`: the exchange has no way to ask what a key may do. */
  readonly withdrawals: 'refused-by-exchange' | 'not-told';
}

export function fitKey(
  { canTrade, canWithdraw }: KeyRights,
  venue: string,
  advice: KeyAdvice,
): Result<ValidKey, ExchangeFailure> {
  if (canWithdraw === true) {
    const sentence = `This key can withdraw from ${venue}, and no key that can is used here. ${advice.notToWithdraw}`;
    return fail('EXCHANGE_REFUSED', sentence);
  }
  if (!canTrade) {
    return fail('EXCHANGE_REFUSED', `This key may not trade at ${venue}. ${advice.toTrade}`);
  }
  const withdrawals = canWithdraw === null ? 'not-told' : 'refused-by-exchange';
  return ok({ canTrade: true, withdrawals });
}
