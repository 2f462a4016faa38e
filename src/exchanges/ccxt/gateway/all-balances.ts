/** What an account holds, where one answer says it all. */

import type { Exchange } from 'ccxt';

/** @returns free and locked together, by currency @throws what ccxt throws */
export async function allBalances(exchange: Exchange): Promise<Readonly<Record<string, number>>> {
  const { total } = await exchange.fetchBalance();
  const held: Record<string, number> = {};
  for (const [currency, amount] of Object.entries(total ?? {})) held[currency] = Number(amount);
  return held;
}
