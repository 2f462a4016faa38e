/** Measures what a long run came to, by the exchange's own books and not by ours; and holds it against its bounds. */

import { expect } from 'vitest';
import type { Truth } from '../../../../../e2e/exchange-simulator/truth.ts';
import { utcDay } from '../../../../core/domain/timeframe.ts';
import type { AlertCode } from '../../../../core/events.ts';
import { CAUTIOUS_ALLOWANCE } from '../../../../core/orders/order-budget.ts';
import { HARD_LIMITS } from '../../../../core/risk/hard-limits.ts';
import type { LiveAccount } from '../../live-account.ts';
import type { OrderRate } from './order-rate.ts';
import { RoundTrips } from './round-trips.ts';

export interface GaugeSetting {
  readonly quote: string;
  /** Of the pairs that are traded, as the exchange names them. */
  readonly symbols: readonly string[];
  /** In quote; the exchange takes no order under it. */
  readonly leastWorth: number;
  readonly rate: OrderRate;
  /** What the person has from before, by coin. */
  readonly own: Readonly<Record<string, number>>;
  readonly isOurs: (clientOrderId: string) => boolean;
}

/** Each tells a person that a position is not guarded at the exchange, or will not be sold. */
const TROUBLE: ReadonlySet<string> = new Set<AlertCode>([
  'STOP_NOT_RESTING',
  'STOP_DID_NOT_FILL',
  'EXIT_FAILED',
  'POSITION_UNGUARDED',
  'GUARD_TAKEN_AWAY',
  'POSITION_MISSING',
  'POSITION_QUARANTINED',
]);

/** From here on a person takes it to be guarded. */
const RELIEF: ReadonlySet<string> = new Set<AlertCode>(['POSITION_GUARDED', 'POSITION_FOUND']);

/** In base: what sums of decimal amounts may differ by. */
const ROUNDING = 1e-9;

/** ms from the moment that an entry filled until its stop is proven, or the person knows. */
const DEADLINE_MS = 2_000;

/** What an answer of the exchange may take on its way: the app's clock begins with it, ms. */
const ANSWER_MS = 100;

/** ms until it is noticed that somebody took a guard away, and what has become of its coins is known or told. */
const LOOKED_FOR_MS = 10_000;

/** ms: how far apart two looks are at most, and so how late something is seen. */
export const LOOK_EVERY_MS = 500;

interface Unguarded {
  /** ms UTC. */
  readonly since: number;
  /** ms UTC of when the person came to know; `null` before. */
  toldAt: number | null;
}

export class Gauge {
  readonly trips: RoundTrips;
  readonly #setting: GaugeSetting;
  readonly #own: Map<string, number>;
  readonly #unguarded = new Map<string, Unguarded>();
  #longestUnguarded = 0;
  #longestUntold = 0;
  /** As above, where somebody took the guard away: nobody is told before it is looked for. */
  #longestAfterTheft = 0;
  readonly #taken = new Set<string>();
  #equity = 0;
  #day = -1;
  #opening = 0;
  #worstDay = 0;
  /** ms UTC; `null` while no app runs. */
  #lookedAt: number | null = null;

  constructor(setting: GaugeSetting) {
    this.#setting = setting;
    this.#own = new Map(Object.entries(setting.own));
    this.trips = new RoundTrips(setting);
  }

  /**
   * What the person does beside us is neither won nor lost by us.
   * @param own what they have more of their own afterwards, or less, by coin; what they pay in or take out is ours to use
   */
  byPerson(truth: () => Truth, own: Readonly<Record<string, number>>, act: () => void): void {
    const before = this.#equityOf(truth());
    act();
    for (const [asset, by] of Object.entries(own)) this.#own.set(asset, this.owned(asset) + by);
    const change = this.#equityOf(truth()) - before;
    this.#opening += change;
    this.#equity += change;
  }

  /** What the person has of a coin beside us. */
  owned(asset: string): number {
    return this.#own.get(asset) ?? 0;
  }

  /** Somebody withdraws our guards of a pair from here on; they are looked for every few seconds. */
  takeGuard(symbol: string): void {
    this.#taken.add(symbol);
  }

  /** To be called every `LOOK_EVERY_MS`; `null` while no app runs that could tell anybody. */
  look(truth: Truth, watched: Watched | null): void {
    this.trips.look(truth, this.#equity);
    this.#equity = this.#equityOf(truth);
    this.#lookAtDay(truth.time);
    if (watched === null) this.#unguarded.clear();
    else for (const symbol of this.#setting.symbols) this.#lookAtGuard(symbol, truth, watched);
    this.#lookedAt = watched === null ? null : truth.time;
  }

  get figures() {
    const { trips } = this;
    const { rate } = this.#setting;
    const losses = trips.ended.map(({ pnl, equity }) => -pnl / equity);
    return {
      trades: trips.ended.length,
      longestUnguardedMs: this.#longestUnguarded,
      longestUntoldMs: this.#longestUntold,
      longestUntoldAfterTheftMs: this.#longestAfterTheft,
      orders: rate.figures,
      orderBudgetInTenSeconds: CAUTIOUS_ALLOWANCE.orders,
      soldUnbought: trips.soldUnbought > ROUNDING ? trips.soldUnbought : 0,
      worstTradePercent: percent(Math.max(0, ...losses)),
      worstDayPercent: percent(this.#worstDay),
    };
  }

  /** What holds whatever happens. */
  expectSound(): void {
    const { orders, soldUnbought, longestUntoldMs, longestUntoldAfterTheftMs } = this.figures;
    const { orders: most } = CAUTIOUS_ALLOWANCE;
    expect(soldUnbought, 'coins sold that were not bought').toBe(0);
    expect(longestUntoldMs, 'unguarded in silence, ms').toBeLessThanOrEqual(
      DEADLINE_MS + LOOK_EVERY_MS + ANSWER_MS,
    );
    expect(longestUntoldAfterTheftMs, 'guard taken away, in silence, ms').toBeLessThanOrEqual(
      LOOKED_FOR_MS,
    );
    expect(orders.inTenSeconds, 'orders in ten seconds').toBeLessThanOrEqual(most);
  }

  /** What holds where a stop can sell at its price. @param open positions that may be open at a time */
  expectLimits(open: number): void {
    const { worstTradePercent, worstDayPercent } = this.figures;
    const trade = 100 * HARD_LIMITS.maxRiskPerTrade;
    expect(worstTradePercent, 'worst trade, percent of equity').toBeLessThanOrEqual(trade);
    // What is open when the limit is reached may still run into its stop.
    const day = 100 * HARD_LIMITS.maxDailyLoss + open * trade;
    expect(worstDayPercent, 'worst day, percent of its opening').toBeLessThanOrEqual(day);
  }

  #lookAtDay(time: number): void {
    const day = utcDay(time);
    if (day !== this.#day) {
      this.#day = day;
      this.#opening = this.#equity;
    }
    this.#worstDay = Math.max(this.#worstDay, 1 - this.#equity / this.#opening);
  }

  /** Without the person's own coins, in quote. */
  #equityOf({ balances, prices }: Truth): number {
    const { quote } = this.#setting;
    return Object.entries(balances).reduce((sum, [asset, { free, locked }]) => {
      const rate = asset === quote ? 1 : Number(prices[asset + quote] ?? 0);
      return sum + (Number(free) + Number(locked) - this.owned(asset)) * rate;
    }, 0);
  }

  #lookAtGuard(symbol: string, truth: Truth, { account, alerts }: Watched): void {
    const price = Number(truth.prices[symbol] ?? 0);
    const known = this.#unguarded.get(symbol);
    const guards = this.#guards(symbol, truth);
    const uncovered = this.trips.held(symbol) - guards.amount;
    if (uncovered * price < this.#setting.leastWorth) {
      if (known === undefined) return;
      this.#unguarded.delete(symbol);
      // Between two looks; the guard has a time of its own.
      const end = guards.latest > known.since ? guards.latest : truth.time;
      this.#note(symbol, known, end);
      return void this.#taken.delete(symbol);
    }
    const since = Math.max(this.trips.heldSince(symbol), this.#lookedAt ?? truth.time);
    const unguarded: Unguarded = known ?? { since, toldAt: null };
    this.#unguarded.set(symbol, unguarded);
    const bots = account.books.bots.filter(
      ({ instrument }) => instrument.base + instrument.quote === symbol,
    );
    unguarded.toldAt ??= raisedAt(
      alerts().filter(({ botId }) => bots.some(({ config }) => config.id === botId)),
      this.trips.heldSince(symbol),
    );
    this.#note(symbol, unguarded, truth.time);
  }

  #note(symbol: string, { since, toldAt }: Unguarded, now: number): void {
    const untilTold = Math.max(0, (toldAt ?? now) - since);
    this.#longestUnguarded = Math.max(this.#longestUnguarded, now - since);
    if (this.#taken.has(symbol)) {
      this.#longestAfterTheft = Math.max(this.#longestAfterTheft, untilTold);
    } else this.#longestUntold = Math.max(this.#longestUntold, untilTold);
  }

  #guards(symbol: string, { orders }: Truth) {
    const guards = orders.filter(
      (order) =>
        order.symbol === symbol &&
        order.side === 'SELL' &&
        Number(order.stopPrice) > 0 &&
        (order.status === 'NEW' || order.status === 'PARTIALLY_FILLED') &&
        this.#setting.isOurs(order.clientOrderId),
    );
    return {
      amount: guards.reduce(
        (sum, { quantity, filled }) => sum + Number(quantity) - Number(filled),
        0,
      ),
      latest: Math.max(0, ...guards.map(({ createdAt }) => createdAt)),
    };
  }
}

interface Told {
  readonly botId: string | null;
  readonly code: string;
  /** ms UTC. */
  readonly time: number;
}

/** An app that runs, and what it has told. */
export interface Watched {
  readonly account: LiveAccount;
  /** Newest first. */
  readonly alerts: () => readonly Told[];
}

/** ms UTC of the alarm that the person was told of and not yet told to be over; `null` where there is none. */
function raisedAt(alerts: readonly Told[], from: number): number | null {
  const last = alerts.find(({ code }) => TROUBLE.has(code) || RELIEF.has(code));
  if (last === undefined || last.time < from || RELIEF.has(last.code)) return null;
  return last.time;
}

function percent(fraction: number): number {
  return Math.round(fraction * 1e5) / 1e3;
}
