/** The simulator's prices as a feed tells them: quotes at every pulse, and the minutes that they make up. */

import type { Truth } from '../../../../../e2e/exchange-simulator/truth.ts';
import type { CandleRow } from '../../../../core/domain/candles.ts';
import type { Instrument } from '../../../../core/domain/instrument.ts';
import { MINUTE_MS } from '../../../../core/domain/timeframe.ts';
import { flatBar, LiveMarket } from '../../testing/live-market.ts';

/** Between the last price and the best of either side, in quote: one tick. */
const HALF_SPREAD = 0.01;

export class PriceTape {
  /** What the app subscribes to; outlives its restarts. */
  readonly market = new LiveMarket();
  readonly #instruments: readonly Instrument[];
  readonly #forming = new Map<string, CandleRow>();

  constructor(instruments: readonly Instrument[]) {
    this.#instruments = instruments;
  }

  /** Tells the prices of now; minutes that have ended are told first. @param time ms UTC */
  pulse(time: number, prices: Truth['prices']): void {
    for (const { symbol } of this.#instruments) {
      const told = prices[symbol.replace('/', '')];
      // Of a pair that is not traded there nobody tells a price.
      if (told === undefined) continue;
      const price = Number(told);
      this.#form(symbol, time, price);
      const [bid, ask] = [price - HALF_SPREAD, price + HALF_SPREAD];
      this.market.tellQuote({ symbol, time, bid, ask, depth: null });
    }
  }

  #form(symbol: string, time: number, price: number): void {
    const start = Math.floor(time / MINUTE_MS) * MINUTE_MS;
    const forming = this.#forming.get(symbol);
    if (forming?.[0] === start) {
      const [, open, high, low, , volume] = forming;
      const [highest, lowest] = [Math.max(high, price), Math.min(low, price)];
      this.#forming.set(symbol, [start, open, highest, lowest, price, volume]);
      return;
    }
    this.#forming.set(symbol, flatBar(start, price));
    if (forming === undefined) return;
    this.market.addBar(symbol, '1m', forming);
    this.market.tellBar(symbol, '1m', forming);
  }
}
