/** The hard limits, computed a second time from the events alone. */

import type { Instrument } from '../domain/instrument.ts';
import { DEFAULT_WHITELIST } from '../domain/whitelist.ts';
import type { Decision, EngineEvent } from '../events.ts';
import type { GatedOrder } from '../risk/approved-order.ts';
import { expectThat } from './expect-that.ts';
import type { LedgerReference } from './ledger-reference.ts';

export const WHITELIST: readonly string[] = [...DEFAULT_WHITELIST, 'BNB/USDT'];

const DAY = 86_400_000;
const FEE = 0.001;
const ROUNDING = 1e-9;

export class LimitsReference {
  state: 'active' | 'reducing' | 'halted' = 'active';
  readonly #ledger: LedgerReference;
  readonly #instruments: ReadonlyMap<string, Instrument>;
  readonly #statuses = new Map<string, string>();
  readonly #prices = new Map<string, number>();
  readonly #seenAt = new Map<string, number>();
  readonly #asks = new Map<string, { readonly price: number; readonly at: number }>();
  #time = -Infinity;
  #day = -Infinity;
  #opening = 0;
  #isOpeningKnown = true;
  #isFirstDay = true;
  #entries = 0;
  #isLost = false;
  #isTold = false;
  /** Within rounding, the loss has been over the limit in this event. */
  #mayGoOff = false;

  constructor(ledger: LedgerReference, instruments: ReadonlyMap<string, Instrument>) {
    this.#ledger = ledger;
    this.#instruments = instruments;
  }

  /** The last price that the engine was told, in quote; 0 before the first. */
  price(symbol: string): number {
    return this.#prices.get(symbol) ?? 0;
  }

  /** To be told of an event after the ledger has counted it. */
  hear(event: EngineEvent, worthBefore: number): void {
    switch (event.kind) {
      case 'quote':
        this.#advance(event.time, worthBefore);
        this.#asks.set(event.symbol, { price: event.ask, at: this.#time });
        return this.#see(event.symbol, (event.bid + event.ask) / 2);
      case 'bar-closed':
        this.#see(event.symbol, event.bar[4]);
        this.#noteLoss();
        return this.#advance(event.bar[0] + 60_000, this.worth());
      case 'order-filled':
        return this.#advance(event.fill.time, worthBefore);
      case 'transfer': {
        this.#advance(event.time, worthBefore);
        this.#opening += this.worth() - worthBefore;
        return;
      }
      case 'halt':
        this.state = 'halted';
        break;
      case 'reduce':
        this.state = 'reducing';
        break;
      case 'arm':
        this.state = 'active';
        break;
      case 'bot-started':
      case 'bot-paused':
      case 'bot-stopped':
        this.#statuses.set(event.botId, event.kind);
        break;
      default:
        break;
    }
    if ('time' in event) this.#advance(event.time, worthBefore);
  }

  /** Everything held, in USD, at the last prices told. */
  worth(): number {
    let sum = 0;
    for (const [currency, amount] of this.#ledger.balances) {
      sum += amount * (currency === 'USDT' ? 1 : this.price(`${currency}/USDT`));
    }
    return sum;
  }

  /** Whether an entry of the bot may be open now. */
  mayBuy(botId: string): boolean {
    const status = this.#statuses.get(botId) ?? 'bot-started';
    return this.state === 'active' && status === 'bot-started' && !this.#isTold;
  }

  check(decisions: readonly Decision[], botOf: (orderId: string) => string): void {
    this.#noteLoss();
    const isOff = decisions.some(({ kind }) => kind === 'live-off');
    if (isOff) {
      expectThat(this.#mayGoOff, `live mode goes off at a loss of ${this.#loss()}`);
      this.#isTold = true;
    }
    const isSilent = this.#isLost && !this.#isTold;
    expectThat(!isSilent, `the day has lost ${this.#loss()} and live mode is on`);
    for (const decision of decisions) {
      if (decision.kind !== 'submit') continue;
      if (decision.order.purpose === 'entry') this.#entry(decision.order, botOf(decision.order.id));
    }
    this.#mayGoOff = false;
  }

  #entry(order: Extract<GatedOrder, { purpose: 'entry' }>, botId: string): void {
    const { cost } = order.size;
    const status = this.#statuses.get(botId) ?? 'bot-started';
    this.#entries += 1;
    expectThat(cost <= 50 * (1 + ROUNDING) && cost >= 2, `an entry of ${cost} USD`);
    expectThat(WHITELIST.includes(order.symbol), `an entry on ${order.symbol}`);
    expectThat(this.#entries <= 20, `entry number ${this.#entries} of the day`);
    expectThat(!this.#isTold, 'an entry after the day has lost too much');
    expectThat(this.state === 'active', `an entry while ${this.state}`);
    expectThat(status === 'bot-started', `an entry of a bot after ${status}`);
    expectThat(this.#instruments.get(botId)?.symbol === order.symbol, 'an entry on another symbol');
    this.#risk(order, cost);
  }

  #risk(
    { price, bound, protection, symbol }: Extract<GatedOrder, { purpose: 'entry' }>,
    cost: number,
  ): void {
    const { stop } = protection;
    if (stop === null) throw new Error('An entry without a stop.');
    const ask = this.#asks.get(symbol);
    if (ask === undefined) throw new Error(`An entry on ${symbol} without a price.`);
    expectThat(
      this.#time - ask.at <= 10_000,
      `an entry by a price of ${this.#time - ask.at} ms ago`,
    );
    const most = ask.price * 1.005 * (1 + ROUNDING);
    const isBounded = bound !== null && bound >= ask.price && bound <= most;
    expectThat(
      price !== null || isBounded,
      `an entry that pays ${bound} where ${ask.price} is asked`,
    );
    const entry = price ?? bound ?? NaN;
    const level = stop.kind === 'price' ? stop.price : entry * (1 - stop.fraction);
    const amount = cost / entry;
    const step = this.#instrumentOf(symbol)?.priceStep ?? 0;
    const sold = (level - step) * 0.99;
    const loss = amount * (entry - sold) + FEE * amount * (entry + sold);
    const allowed = 0.01 * this.worth() * (1 + ROUNDING);
    expectThat(level < entry && loss <= allowed, `an entry may lose ${loss}, allowed ${allowed}`);
  }

  /** What is held of a currency before its first price is known is no gain when it becomes known. */
  #see(symbol: string, price: number): void {
    const instrument = this.#instrumentOf(symbol);
    if (instrument === undefined) return;
    const isFirst = !this.#prices.has(symbol);
    this.#prices.set(symbol, price);
    this.#seenAt.set(symbol, this.#time);
    if (isFirst) this.#opening += price * (this.#ledger.balances.get(instrument.base) ?? 0);
  }

  #instrumentOf(symbol: string): Instrument | undefined {
    return [...this.#instruments.values()].find((each) => each.symbol === symbol);
  }

  #advance(time: number, worth: number): void {
    this.#time = Math.max(this.#time, time);
    const day = Math.floor(this.#time / DAY);
    if (day <= this.#day) return;
    this.#day = day;
    this.#opening = worth;
    this.#isOpeningKnown = this.#isFirstDay || this.#hasPricesOf(day * DAY);
    this.#isFirstDay = false;
    this.#entries = 0;
    this.#isLost = false;
    this.#isTold = false;
  }

  /** Whether everything held was priced in the last minute before. */
  #hasPricesOf(midnight: number): boolean {
    return [...this.#ledger.balances].every(([currency, amount]) => {
      const seenAt = this.#seenAt.get(`${currency}/USDT`) ?? Infinity;
      return amount === 0 || seenAt >= midnight - 60_000;
    });
  }

  #noteLoss(): void {
    // Nobody knows what the day opened at: the highest that it may have been.
    if (!this.#isOpeningKnown) this.#opening = Math.max(this.#opening, this.worth());
    const rounding = ROUNDING * Math.max(1, Math.abs(this.#opening));
    const excess = this.#loss() - 0.05 * this.#opening;
    this.#mayGoOff ||= excess > -rounding;
    // A withdrawal may be known before the sale that paid for it; of nothing, nothing can be lost.
    this.#isLost ||= excess > rounding && this.#opening > 0;
  }

  #loss(): number {
    return this.#opening - this.worth();
  }
}
