/** A simulated exchange with a hand on its market: by quotes, or by the bars of a recording. */

import { emptyCandles } from '../../../core/domain/candles.ts';
import type { Costs } from '../../../core/domain/costs.ts';
import type { Instrument } from '../../../core/domain/instrument.ts';
import type { ExchangeStage } from '../../conformance/stage.ts';
import { SimulatedExchange } from '../simulated-exchange.ts';
import type { SimulatedStore } from '../simulated-store.ts';
import { rememberingStore } from './remembering-store.ts';

export const BTC: Instrument = {
  symbol: 'BTC/USDT',
  base: 'BTC',
  quote: 'USDT',
  amountStep: null,
  minAmount: null,
  priceStep: null,
  minCost: null,
};

const COSTS: Costs = {
  takerFee: 0.001,
  makerFee: 0.0005,
  slippageBps: 5,
  halfSpreadBps: 0,
};

/** Longer than any story. */
const BARS = 64;
const BAR_MS = 60_000;

interface Setting {
  readonly store?: SimulatedStore;
  readonly instrument?: Instrument;
  readonly costs?: Costs;
}

/** An exchange that trades on quotes; bid and ask are the price that is traded at. */
export class QuoteStage implements ExchangeStage {
  readonly exchange: SimulatedExchange;
  readonly instrument: Instrument;
  now = 1_000_000;

  constructor({ store = rememberingStore(), instrument = BTC, costs = COSTS }: Setting = {}) {
    this.instrument = instrument;
    this.exchange = new SimulatedExchange({ costs, store, now: () => this.now });
    this.exchange.list(instrument);
  }

  async fund(currency: string, amount: number): Promise<void> {
    this.exchange.transfer(currency, amount);
  }

  async trade(price: number): Promise<void> {
    this.now += 1_000;
    const { symbol } = this.instrument;
    this.exchange.quote({ symbol, time: this.now, bid: price, ask: price, depth: null });
  }
}

/** An exchange that trades on a recording, which is written as it is played. */
export class BarStage implements ExchangeStage {
  readonly exchange: SimulatedExchange;
  readonly instrument: Instrument;
  readonly #candles = emptyCandles(BARS);
  /** The bar to be played next. */
  next = 0;

  constructor({ store = rememberingStore(), instrument = BTC, costs = COSTS }: Setting = {}) {
    this.instrument = instrument;
    this.#candles.time.forEach((_, index, time) => {
      time[index] = index * BAR_MS;
    });
    const now = (): number => this.next * BAR_MS;
    this.exchange = new SimulatedExchange({ costs, store, now });
    this.exchange.listRecording(instrument, this.#candles);
  }

  async fund(currency: string, amount: number): Promise<void> {
    this.exchange.transfer(currency, amount);
  }

  async trade(price: number): Promise<void> {
    this.begin([price, price, price]);
    this.end();
  }

  /** Plays the next bar, but does not end it. */
  begin([open, high, low]: readonly [open: number, high: number, low: number]): void {
    const { symbol } = this.instrument;
    this.#candles.open[this.next] = open;
    this.#candles.high[this.next] = high;
    this.#candles.low[this.next] = low;
    this.exchange.openBar(symbol, this.next);
    let isFilled = true;
    while (isFilled) isFilled = this.exchange.fillInside(symbol, this.next);
  }

  end(): void {
    this.exchange.endBar(this.instrument.symbol, this.next);
    this.next += 1;
  }
}
