/** Books a fill: coins and cash in the balances, the fee where it was taken, the position of the bot. */

import type { Account } from './account/account.ts';
import type { Bot } from './bot/bot.ts';
import type { Fill } from './domain/fill.ts';
import type { OrderRecord } from './orders/order-record.ts';

/** @returns the fee's worth in quote; `null` where its currency has no price, and then no pnl counts it */
export function bookFill(
  account: Account,
  bot: Bot,
  record: OrderRecord,
  fill: Fill,
): number | null {
  const { balances } = account;
  const { base, quote } = bot.pair;
  const fee = account.slot(fill.fee.currency);
  const feeInQuote = account.feeInQuote(fill.fee, bot.pair, fill.price);
  const sign = fill.side === 'buy' ? 1 : -1;
  balances.add(base, sign * fill.amount);
  if (fee === quote) {
    // In one sum: a second rounding could take cash below what the gate had seen.
    balances.add(quote, -(sign * fill.cost + fill.fee.amount));
  } else {
    balances.add(quote, -sign * fill.cost);
    balances.add(fee, -fill.fee.amount);
  }
  bot.book(record, fill, feeInQuote ?? 0, fee === base ? fill.fee.amount : 0);
  return feeInQuote;
}
