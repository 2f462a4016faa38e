/** What an account holds, as far as one answer says it. */

import { BadResponse, type Balances } from 'ccxt';
import type { HeldAmount, HeldAmounts } from '../../../core/ports/exchange.ts';
import { fieldOf } from './implicit-call.ts';

/**
 * What one answer shows; what it does not call used counts as free.
 * @param list - Where the exchange lists it.
 * @throws BadResponse for an answer without that list, which ccxt takes for an account without anything
 */
export function heldIn(shown: Balances, list: string): HeldAmounts {
  if (!Array.isArray(fieldOf(shown.info, list))) {
    throw new BadResponse(`The answer has no list of ${list}.`);
  }
  const held: Record<string, HeldAmount> = {};
  for (const [currency, amount] of Object.entries(shown['total'] ?? {})) {
    const locked = Number(fieldOf(shown['used'], currency) ?? 0);
    held[currency] = { free: Number(amount) - locked, locked };
  }
  return held;
}
