/** What an account at Kraken holds, of what Kraken lists under suffixes of its own too. */

import type { Exchange } from 'ccxt';
import type { HeldAmount, HeldAmounts } from '../../../core/ports/exchange.ts';
import { callImplicit, entriesOf, fieldOf, numberOf } from './implicit-call.ts';

/** Coins that earn rewards by themselves: orders take them as they take the coin itself. */
const REWARDED = 'F';

/** Fee credits: a discount, and no coin. */
const FEE_CREDITS = 'KFEE';

/** POST BalanceEx. @throws what ccxt throws, BadResponse for an amount that is none */
export async function krakenBalances(exchange: Exchange): Promise<HeldAmounts> {
  const answer = await callImplicit(exchange, 'privatePostBalanceEx', {});
  return heldAtKraken(entriesOf(answer, 'result'), (id) => exchange.safeCurrencyCode(id) ?? id);
}

/**
 * `X.F` counts as free `X`. Whatever else has a suffix (staked, bonded, on hold) no order can take: it is not counted, and
 * comes back as a deposit of `X`.
 * @param codeOf - A coin's plain name, by Kraken's.
 */
export function heldAtKraken(
  rows: readonly (readonly [string, unknown])[],
  codeOf: (id: string) => string,
): HeldAmounts {
  const held: Record<string, HeldAmount> = {};
  for (const [name, row] of rows) {
    const [id = '', suffix] = name.split('.');
    if ((suffix !== undefined && suffix !== REWARDED) || id === FEE_CREDITS) continue;
    const { free, locked } = amountOf(row);
    const code = codeOf(id);
    const before = held[code] ?? { free: 0, locked: 0 };
    held[code] = { free: before.free + free, locked: before.locked + locked };
  }
  return held;
}

/**
 * A line of credit is not the account's money: what is left of it is not counted, what was drawn is owed. What orders hold
 * by credit alone is not held.
 */
function amountOf(row: unknown): HeldAmount {
  const owned = Math.max(0, numberOf(row, 'balance') - optional(row, 'credit_used'));
  const locked = Math.min(owned, optional(row, 'hold_trade'));
  return { free: owned - locked, locked };
}

/** Left out where there is nothing of the kind. */
function optional(row: unknown, name: string): number {
  return fieldOf(row, name) === undefined ? 0 : numberOf(row, name);
}
