/** What a person is told of a position in doubt: what was found, and what to do. */

import type { Doubt } from './finding.ts';

/** @param symbol as in `BTC/USDT` @param amount in base */
export function doubtSentence(doubt: Doubt, symbol: string, amount: number): string {
  const [base] = symbol.split('/');
  const coins = `${plainAmount(amount)} ${base}`;
  switch (doubt.kind) {
    case 'suspect':
      return `The order that guarded ${coins} has ended at the exchange without being asked to. Nothing is sold and no stop is placed until balances and trades have been compared.`;
    case 'missing':
      return doubt.cause === 'pair'
        ? `The exchange does not trade ${symbol} any more, so ${coins} can be neither guarded nor sold here. Sell them on the exchange in another pair, then write the position off.`
        : `${coins} are not in the account any more, and no trade says where they went. If you moved or converted them, write the position off. If they come back, it is guarded again.`;
    case 'quarantined':
      return `Nobody can tell whether ${coins} are still CryptoPiggy's. ${doubt.because} Nothing is sold, nothing guards them, and nothing is bought. Look at the exchange, then keep the position or write it off.`;
  }
}

/** A plain decimal, whatever its size. */
export function plainAmount(amount: number): string {
  const text = amount.toFixed(10);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
