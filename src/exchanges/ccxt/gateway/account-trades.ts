/** What an account has traded in a pair, whoever placed the orders. */

import type { Exchange, Trade } from 'ccxt';
import type { AccountTrade } from '../../../core/ports/exchange.ts';

/** Most trades in one answer. */
const PAGE = 1_000;

/** Oldest first. @param since ms UTC, inclusive @throws what ccxt throws */
export async function tradesSince(
  exchange: Exchange,
  symbol: string,
  since: number,
): Promise<readonly AccountTrade[]> {
  const trades = await exchange.fetchMyTrades(symbol, since, PAGE);
  return trades
    .filter(({ timestamp }) => (timestamp ?? 0) >= since)
    .map((trade) => accountTrade(symbol, trade));
}

function accountTrade(symbol: string, trade: Trade): AccountTrade {
  const { id, order, side, timestamp, amount, price, fee } = trade;
  if (id === undefined || amount === undefined || price === undefined) {
    throw new Error('The exchange shows a trade without an id, an amount or a price.');
  }
  const [, quote = ''] = symbol.split('/');
  return {
    id,
    exchangeOrderId: order ?? null,
    symbol,
    side: side === 'sell' ? 'sell' : 'buy',
    time: timestamp ?? 0,
    amount,
    price,
    fee: { currency: fee?.currency ?? quote, amount: fee?.cost ?? 0 },
  };
}
