/** Books fills and round trips: coins and cash in the balances, the fee where it was taken, the position of the bot. */

import type { Account } from './account/account.ts';
import type { Bot } from './bot/bot.ts';
import type { Fill } from './domain/fill.ts';
import { outcomeOf, type Trade } from './domain/trade.ts';
import type { OrderRecord } from './orders/order-record.ts';

/** @returns the fee's worth in quote; `null` where its currency has no price yet: it is counted when it has */
export function bookFill(
  account: Account,
  bot: Bot,
  record: OrderRecord,
  fill: Fill,
): number | null {
  const { base, quote } = bot.pair;
  const fee = account.slot(fill.fee.currency);
  const feeInQuote = account.feeInQuote(fill.fee, bot.pair, fill.price);
  const sign = fill.side === 'buy' ? 1 : -1;
  account.book(base, sign * fill.amount, fill.time);
  if (fee === quote) {
    // In one sum: a second rounding could take cash below what the gate had seen.
    account.book(quote, -(sign * fill.cost + fill.fee.amount), fill.time);
  } else {
    account.book(quote, -sign * fill.cost, fill.time);
    account.book(fee, -fill.fee.amount, fill.time);
  }
  if (feeInQuote === null) account.owe(fill.fee);
  bot.book(record, fill, feeInQuote, fee === base ? fill.fee.amount : 0);
  return feeInQuote;
}

/** Keeps a round trip that has ended for the protections that look back. @throws Error where it has not ended */
export function rememberTrade(account: Account, { pair, setup }: Bot, trade: Trade): void {
  const { exitTime, exitReason } = trade;
  if (exitTime === null || exitReason === null) throw new Error('The trade has no exit.');
  // What rounding has left of nothing is no loss that anything waits after.
  const pnl = outcomeOf(trade) === 'even' ? 0 : trade.pnl * account.balances.rate(pair.quote);
  account.remember({ botId: setup.id, exitTime, exitReason, pnl });
}
