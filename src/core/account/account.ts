/** One account: balances marked to market, the UTC day that the limits count, and what it may do at the moment. */

import type { Fee } from '../domain/fill.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { ExitReason } from '../domain/order.ts';
import { DAY_MS } from '../domain/timeframe.ts';
import type { TradingState } from '../domain/trading-state.ts';
import { openDay, rollDay, watchLoss, type TradingDay } from '../risk/trading-day.ts';
import { isUsdAtPar } from '../risk/usd.ts';
import { Balances, type Slot } from './balances.ts';
import { LastQuotes, type LastQuote } from './last-quotes.ts';
import type { Dust } from './position.ts';

/** Where an instrument's two currencies are in the balances. */
export interface Pair {
  readonly base: Slot;
  readonly quote: Slot;
}

/** A finished round trip as the protections look back on it. */
export interface PastTrade {
  readonly botId: string;
  /** ms UTC. */
  readonly exitTime: number;
  readonly exitReason: ExitReason;
  /** In the reporting currency. */
  readonly pnl: number;
}

/** The account as it is kept between two runs. */
export interface AccountState {
  readonly balances: Readonly<Record<string, number>>;
  /** `[worth, seen at]` of one unit, in the reporting currency. */
  readonly rates: Readonly<Record<string, readonly [number, number]>>;
  /** Amounts in base that are too little to be sold, with their cost in quote, by symbol. */
  readonly dust: Readonly<Record<string, Dust>>;
  readonly day: TradingDay | null;
  readonly tradingState: TradingState;
  readonly pastTrades: readonly PastTrade[];
  /** The latest time the account has seen, ms UTC; `null` before the first event. */
  readonly time: number | null;
  /** Left out by states of before quotes were kept: nothing is bought until the next one. */
  readonly quotes?: Readonly<Record<string, LastQuote>>;
  /** While the prices that the day opened at are not known: what was held then. Left out by older states: they were. */
  readonly heldAtOpening?: Readonly<Record<string, number>> | null;
  /** Fees that were paid in a currency without a price; left out by older states. */
  readonly unpricedFees?: Readonly<Record<string, number>>;
}

export interface AccountSetup {
  /** What equity is counted in: `USD`, or a backtest's quote currency. */
  readonly reporting: string;
  /** Fraction of a day's opening equity. */
  readonly maxDailyLoss: number;
  /** Whether a day that begins without fresh prices waits for those of 00:00 UTC (`openAt`). */
  readonly opensAtPrices: boolean;
}

const NO_DUST: Dust = { amount: 0, cost: 0 };

/** A price older than this converts nothing. */
const FRESH_MS = 60_000;

/** Protections look back a week, and pause for a week after what they saw, at most. */
const PAST_TRADES_MS = 14 * DAY_MS;

/** Old trades are dropped when there are this many, and then whenever their number has doubled. */
const PRUNE_AT_LEAST = 100;

export class Account {
  readonly balances = new Balances();
  readonly quotes = new LastQuotes();
  tradingState: TradingState = 'active';
  readonly #setup: AccountSetup;
  #day: TradingDay | null = null;
  /** ms UTC: until then nothing asks for a new day. */
  #dayEndsAt = -Infinity;
  #time = -Infinity;
  #pastTrades: PastTrade[] = [];
  #pruneAt = PRUNE_AT_LEAST;
  readonly #dust = new Map<string, Dust>();
  #heldAtOpening: Record<string, number> | null = null;
  readonly #unpricedFees = new Map<string, number>();

  constructor(setup: AccountSetup) {
    this.#setup = setup;
  }

  /** The latest time seen, ms UTC; a clock that is set back does not move it. */
  get time(): number {
    return this.#time;
  }

  /** @throws Error before the first event: there is no day yet */
  get day(): TradingDay {
    if (this.#day === null) throw new Error('The account has seen no time yet.');
    return this.#day;
  }

  /** As `day`, or `null` before the first event. */
  get currentDay(): TradingDay | null {
    return this.#day;
  }

  get pastTrades(): readonly PastTrade[] {
    return this.#pastTrades;
  }

  pair({ base, quote }: Instrument): Pair {
    return { base: this.slot(base), quote: this.slot(quote) };
  }

  slot(currency: string): Slot {
    const slot = this.balances.slot(currency);
    if (this.#isReporting(currency)) this.balances.setRate(slot, 1, Infinity);
    return slot;
  }

  /** Everything held at its last price, in the reporting currency. */
  equity(): number {
    return this.balances.worth();
  }

  /** Whether a price of the currency was seen within the last minute. */
  hasFreshPrice(slot: Slot): boolean {
    return this.#freshRate(slot) !== null;
  }

  /** USD per unit of a quote currency; `null` where no fresh price tells. */
  usdPer(slot: Slot): number | null {
    return this.#setup.reporting === 'USD' ? this.#freshRate(slot) : null;
  }

  /** Takes a price of a pair as the worth of its base; a pair of two reporting currencies moves nothing. */
  mark(pair: Pair, price: number): void {
    const { balances } = this;
    if (balances.rateSeenAt(pair.base) === Infinity) return;
    const rate = price * balances.rate(pair.quote);
    // A quote currency without a worth tells nothing of the base: what was known of it stays.
    if (!(rate > 0)) return;
    if (balances.rate(pair.base) === 0) {
      const currency = balances.currencies[pair.base] ?? '';
      const feesPaid = this.#unpricedFees.get(currency) ?? 0;
      this.#unpricedFees.delete(currency);
      // With what was paid before its price was known: that is a loss of this day, and not less of a gift.
      this.#raiseOpening((balances.amount(pair.base) + feesPaid) * rate);
    }
    balances.setRate(pair.base, rate, this.#time);
  }

  /** Takes the price of a coin that is held although no bot trades it: what it is worth is part of the equity. */
  markHeld(symbol: string, price: number): void {
    const [base = '', quote = ''] = symbol.split('/');
    const { currencies } = this.balances;
    if (!currencies.includes(base)) return;
    this.mark({ base: this.slot(base), quote: this.slot(quote) }, price);
  }

  /** Moves the time on. @returns whether a new UTC day has begun */
  advanceTo(time: number): boolean {
    if (time > this.#time) this.#time = time;
    if (!(time >= this.#dayEndsAt)) return false;
    const before = this.#day;
    this.#day =
      before === null ? openDay(time, this.equity()) : rollDay(before, time, this.equity());
    this.#dayEndsAt = (this.#day.day + 1) * DAY_MS;
    this.#heldAtOpening = before === null || this.#hasOpeningPrices() ? null : this.#held();
    return true;
  }

  /** Whether today's opening equity is what was held at 00:00 UTC at the prices of that time. */
  get isDayKnown(): boolean {
    return this.#heldAtOpening === null;
  }

  /** Takes the prices of 00:00 UTC, by symbol; what has none counts at its last one. */
  openAt(day: number, prices: Readonly<Record<string, number>>): void {
    if (this.#heldAtOpening === null || this.#day?.day !== day) return;
    const { balances } = this;
    let equity = 0;
    for (const currency of Object.keys(this.#heldAtOpening).toSorted()) {
      const slot = this.slot(currency);
      const rate = this.#rateOf(currency, prices) ?? balances.rate(slot);
      equity += (this.#heldAtOpening[currency] ?? 0) * rate;
      // An older price would make a loss, or a gain, of what happened before the day began.
      if (balances.rateSeenAt(slot) < day * DAY_MS) balances.setRate(slot, rate, day * DAY_MS);
    }
    this.#day = { ...this.#day, openingEquity: equity };
    this.#heldAtOpening = null;
  }

  /** Books what a fill moved. @param time of the fill, ms UTC: one of before 00:00 belongs to what was held then */
  book(slot: Slot, amount: number, time: number): void {
    this.balances.add(slot, amount);
    if (this.#day !== null && time < this.#day.day * DAY_MS) this.#holdAtOpening(slot, amount);
  }

  /** A fee whose currency has no price yet counts as soon as it has one. */
  owe({ currency, amount }: Fee): void {
    this.#unpricedFees.set(currency, (this.#unpricedFees.get(currency) ?? 0) + amount);
  }

  /** @returns whether the day has just lost more than it may */
  watch(): boolean {
    // While the opening is not known, the highest reading of it is the one to lose from.
    if (!this.isDayKnown) this.#raiseOpening(Math.max(0, this.equity() - this.day.openingEquity));
    const watched = watchLoss(this.day, this.equity(), this.#setup.maxDailyLoss);
    if (watched === this.#day) return false;
    this.#day = watched;
    return true;
  }

  countTrade(): void {
    this.#day = { ...this.day, trades: this.day.trades + 1 };
  }

  /** A deposit or a withdrawal: no profit and no loss, so the day's opening equity moves with it. */
  transfer(currency: string, amount: number): void {
    const slot = this.slot(currency);
    this.balances.add(slot, amount);
    this.#holdAtOpening(slot, amount);
    this.#raiseOpening(amount * this.balances.rate(slot));
  }

  /** A fee's worth in the quote currency of `pair`; `null` where its currency has no price. */
  feeInQuote(fee: Fee, pair: Pair, price: number): number | null {
    const slot = this.slot(fee.currency);
    if (slot === pair.quote) return fee.amount;
    if (slot === pair.base) return fee.amount * price;
    const worth = this.balances.rate(slot) / this.balances.rate(pair.quote);
    return fee.amount === 0 ? 0 : worth > 0 && Number.isFinite(worth) ? fee.amount * worth : null;
  }

  remember(trade: PastTrade): void {
    this.#pastTrades.push(trade);
    if (this.#pastTrades.length < this.#pruneAt) return;
    const oldest = trade.exitTime - PAST_TRADES_MS;
    this.#pastTrades = this.#pastTrades.filter(({ exitTime }) => exitTime >= oldest);
    this.#pruneAt = Math.max(2 * this.#pastTrades.length, PRUNE_AT_LEAST);
  }

  /** Amounts in base that are too little to be sold, with their cost in quote, by symbol. */
  get dust(): ReadonlyMap<string, Dust> {
    return this.#dust;
  }

  addDust(symbol: string, { amount, cost }: Dust): void {
    const before = this.#dust.get(symbol) ?? { amount: 0, cost: 0 };
    this.#dust.set(symbol, { amount: before.amount + amount, cost: before.cost + cost });
  }

  /** Takes up to `amount` of a symbol's dust away. @returns how much there was of it, with its part of the cost */
  takeDust(symbol: string, amount: number): Dust {
    const dust = this.#dust.get(symbol);
    if (dust === undefined || dust.amount === 0) return NO_DUST;
    const taken = Math.min(amount, dust.amount);
    const left = dust.amount - taken;
    const cost = dust.cost * (left / dust.amount);
    this.#dust.set(symbol, { amount: left, cost });
    return { amount: taken, cost: dust.cost - cost };
  }

  state(): AccountState {
    const { balances } = this;
    const each = <T>(read: (slot: Slot) => T): Record<string, T> =>
      Object.fromEntries(balances.currencies.map((currency, slot) => [currency, read(slot)]));
    const rates = each((slot) => [balances.rate(slot), balances.rateSeenAt(slot)] as const);
    return {
      balances: each((slot) => balances.amount(slot)),
      rates: Object.fromEntries(
        Object.entries(rates).filter(([, [, seen]]) => Number.isFinite(seen)),
      ),
      dust: Object.fromEntries(this.#dust),
      day: this.#day,
      tradingState: this.tradingState,
      pastTrades: [...this.#pastTrades],
      time: Number.isFinite(this.#time) ? this.#time : null,
      quotes: this.quotes.state(),
      heldAtOpening: this.#heldAtOpening === null ? null : { ...this.#heldAtOpening },
      unpricedFees: Object.fromEntries(this.#unpricedFees),
    };
  }

  restore(state: AccountState): void {
    for (const [currency, amount] of Object.entries(state.balances)) {
      this.balances.set(this.slot(currency), amount);
    }
    for (const [currency, [rate, seenAt]] of Object.entries(state.rates)) {
      this.balances.setRate(this.slot(currency), rate, seenAt);
    }
    for (const [symbol, dust] of Object.entries(state.dust)) this.#dust.set(symbol, dust);
    this.#day = state.day;
    this.#dayEndsAt = state.day === null ? -Infinity : (state.day.day + 1) * DAY_MS;
    this.tradingState = state.tradingState;
    this.#pastTrades = [...state.pastTrades];
    this.#time = state.time ?? -Infinity;
    this.quotes.restore(state.quotes ?? {});
    this.#heldAtOpening = state.heldAtOpening ? { ...state.heldAtOpening } : null;
    for (const [currency, amount] of Object.entries(state.unpricedFees ?? {})) {
      this.#unpricedFees.set(currency, amount);
    }
  }

  #held(): Record<string, number> {
    const { balances } = this;
    return Object.fromEntries(
      balances.currencies.map((currency, slot) => [currency, balances.amount(slot)]),
    );
  }

  /** Prices of the last minute of the day before are those that this one opens at. A coin that never had one has none. */
  #hasOpeningPrices(): boolean {
    if (!this.#setup.opensAtPrices) return true;
    const { balances } = this;
    const oldest = this.day.day * DAY_MS - FRESH_MS;
    return balances.currencies.every((_, slot) => {
      const seenAt = balances.rateSeenAt(slot);
      return balances.amount(slot) === 0 || seenAt === -Infinity || seenAt >= oldest;
    });
  }

  #holdAtOpening(slot: Slot, amount: number): void {
    if (this.#heldAtOpening === null) return;
    const currency = this.balances.currencies[slot] ?? '';
    this.#heldAtOpening[currency] = (this.#heldAtOpening[currency] ?? 0) + amount;
  }

  /** What one unit was worth, in the reporting currency, by these prices; `null` where they do not tell. */
  #rateOf(currency: string, prices: Readonly<Record<string, number>>): number | null {
    if (this.#isReporting(currency)) return 1;
    for (const [symbol, price] of Object.entries(prices)) {
      const [base, quote = ''] = symbol.split('/');
      if (base !== currency) continue;
      const others = Object.fromEntries(
        Object.entries(prices).filter(([other]) => other !== symbol),
      );
      const rate = this.#rateOf(quote, others);
      if (rate !== null) return price * rate;
    }
    return null;
  }

  /** What was put in, or has been held without a price, is no gain: a loss is measured against it too. */
  #raiseOpening(worth: number): void {
    if (this.#day === null || worth === 0) return;
    this.#day = { ...this.#day, openingEquity: this.#day.openingEquity + worth };
  }

  #freshRate(slot: Slot): number | null {
    const rate = this.balances.rate(slot);
    return rate > 0 && this.#time - this.balances.rateSeenAt(slot) <= FRESH_MS ? rate : null;
  }

  #isReporting(currency: string): boolean {
    const { reporting } = this.#setup;
    return currency === reporting || (reporting === 'USD' && isUsdAtPar(currency));
  }
}
