/** Prices of the world and the one-minute bars made of them. */

import type { CandleRow } from '../domain/candles.ts';

const MINUTE = 60_000;

const FIRST_PRICES: Readonly<Record<string, number>> = {
  'BTC/USDT': 100,
  'ETH/USDT': 50,
  'BNB/USDT': 20,
  'DOGE/USDT': 1,
};

export class Bars {
  readonly #closed = new Map<string, CandleRow[]>();
  readonly #prices = new Map(Object.entries(FIRST_PRICES));
  readonly #open = new Map<string, readonly [open: number, high: number, low: number]>();

  price(symbol: string): number {
    return this.#prices.get(symbol) ?? NaN;
  }

  closed(symbol: string): readonly CandleRow[] {
    return this.#closed.get(symbol) ?? [];
  }

  move(symbol: string, price: number): void {
    this.#prices.set(symbol, price);
    const [open, high, low] = this.#open.get(symbol) ?? [price, price, price];
    this.#open.set(symbol, [open, Math.max(high, price), Math.min(low, price)]);
  }

  /** Closes the bar that ends at `time`, ms UTC. */
  close(symbol: string, time: number): CandleRow {
    const price = this.price(symbol);
    const [open, high, low] = this.#open.get(symbol) ?? [price, price, price];
    this.#open.delete(symbol);
    const bar = [time - MINUTE, open, high, low, price, 1] as const;
    this.#closed.set(symbol, [...this.closed(symbol), bar]);
    return bar;
  }
}
