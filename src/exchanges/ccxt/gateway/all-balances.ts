/** What an account holds, where one answer says it all. */

import type { Balances, Exchange } from 'ccxt';
import type { HeldAmount, HeldAmounts } from '../../../core/ports/exchange.ts';
import { fieldOf } from './implicit-call.ts';

/** @throws what ccxt throws */
export async function allBalances(exchange: Exchange): Promise<HeldAmounts> {
  return heldIn(await exchange.fetchBalance());
}

/** What one answer shows; what it does not call used counts as free. */
export function heldIn(shown: Balances): HeldAmounts {
  const held: Record<string, HeldAmount> = {};
  for (const [currency, amount] of Object.entries(shown['total'] ?? {})) {
    const locked = Number(fieldOf(shown['used'], currency) ?? 0);
    held[currency] = { free: Number(amount) - locked, locked };
  }
  return held;
}
