/** What the conformance stories need of the world around an exchange. */

import type { Fill } from '../../core/domain/fill.ts';
import type { Instrument } from '../../core/domain/instrument.ts';
import type { ExitReason } from '../../core/domain/order.ts';
import type { OrderEvent } from '../../core/orders/order-record.ts';
import { totalHeld, type ExchangeOrder, type ExchangePort } from '../../core/ports/exchange.ts';

/** One account at an exchange, and a hand on its market. */
export interface ExchangeStage {
  readonly exchange: ExchangePort;
  /** The one pair that is traded; it has no open orders yet, and no money. */
  readonly instrument: Instrument;
  /** Puts money into the account. */
  fund(currency: string, amount: number): Promise<void>;
  /** Lets the market trade at `price`, until what it reaches has filled and was told of. */
  trade(price: number): Promise<void>;
  /** `received`: buyers pay the fee out of the coins they get, so that all the money there is can be spent. */
  readonly feesFrom?: 'quote' | 'received';
  /** `false` where a fill does not say why it was sold: an exchange is not told. */
  readonly tellsReasons?: boolean;
}

/** A fresh account; the test that opened it ends it. */
export type OpenStage = () => Promise<ExchangeStage>;

/** The news that a listener gets, in the order it comes. */
export function newsOf(exchange: ExchangePort): OrderEvent[] {
  const news: OrderEvent[] = [];
  exchange.listen((event) => news.push(event));
  return news;
}

export async function found(
  { exchange, instrument }: ExchangeStage,
  orderId: string,
): Promise<ExchangeOrder | null> {
  const answer = await exchange.find(orderId, instrument.symbol);
  if (!answer.ok) throw new Error(answer.error.sentence);
  return answer.value;
}

/** Ids of what is on the book. */
export async function openIds({
  exchange,
  instrument,
}: ExchangeStage): Promise<readonly (string | null)[]> {
  const answer = await exchange.openOrders([instrument.symbol]);
  if (!answer.ok) throw new Error(answer.error.sentence);
  return answer.value.map(({ orderId }) => orderId);
}

export async function held({ exchange }: ExchangeStage, currency: string): Promise<number> {
  const answer = await exchange.balances();
  if (!answer.ok) throw new Error(answer.error.sentence);
  return totalHeld(answer.value[currency]);
}

/** What a fill of an exit says of it. */
export function told({ tellsReasons }: ExchangeStage, reason: ExitReason): ExitReason | null {
  return tellsReasons === false ? null : reason;
}

/** What fills add up to; a fee counts where it is paid in `feeCurrency`. */
export function sumOf(fills: readonly Fill[], feeCurrency: string) {
  const sum = { amount: 0, cost: 0, fee: 0 };
  for (const { amount, cost, fee } of fills) {
    sum.amount += amount;
    sum.cost += cost;
    sum.fee += fee.currency === feeCurrency ? fee.amount : 0;
  }
  return sum;
}
