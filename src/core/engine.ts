/** The trading engine of one bot: events in, decisions out. Synchronous, without I/O, clock or randomness. */

import { assertNever } from './domain/assert-never.ts';
import type { CandleColumns } from './domain/candles.ts';
import type { Costs } from './domain/costs.ts';
import type { Fill } from './domain/fill.ts';
import type { Instrument } from './domain/instrument.ts';
import type { EntryOrder, ExitOrder, ExitReason, Protection, StopLevel } from './domain/order.ts';
import type { Sizing } from './domain/sizing.ts';
import { DAY_MS, timeframeMs, type Timeframe } from './domain/timeframe.ts';
import type { Decision, EngineEvent } from './events.ts';
import { Ledger } from './ledger.ts';
import { judgeEntry, passExit, type RiskPolicy } from './risk/gate.ts';
import { countTrade, openDay, rollDay, watchLoss, type TradingDay } from './risk/trading-day.ts';
import { costToAsk, stopForSizing } from './sizing.ts';
import type { Intent, PositionView, StrategyRun } from './strategies/strategy.ts';

export interface EngineSetup {
  readonly instrument: Instrument;
  readonly timeframe: Timeframe;
  readonly candles: CandleColumns;
  /** Shared with the strategy's lines: the bar they call the current one. Moved by the engine alone. */
  readonly cursor: { index: number };
  readonly strategy: StrategyRun;
  readonly sizing: Sizing;
  readonly costs: Costs;
  readonly policy: RiskPolicy;
  /** In quote. */
  readonly startingBalance: number;
  /** Unique, and the same again when the same events are processed again. */
  readonly newOrderId: () => string;
}

/** Shared by every event that decides nothing, so that a quiet bar allocates nothing. */
const NO_DECISIONS: readonly Decision[] = [];

export class Engine {
  readonly ledger: Ledger;
  readonly #setup: EngineSetup;
  readonly #candles: CandleColumns;
  readonly #cursor: { index: number };
  readonly #strategy: StrategyRun;
  /** All that the strategy is shown of the account. */
  readonly #position: PositionView;
  readonly #barMs: number;
  readonly #limited: boolean;
  #day: TradingDay;
  #entry: EntryOrder | null = null;
  /** Resting orders that guard the open position. */
  #guards: readonly ExitOrder[] = [];
  #exitPending = false;
  /** ms UTC: until then no bar asks for a new day. */
  #dayEndsAt = -Infinity;

  constructor(setup: EngineSetup) {
    this.#setup = setup;
    this.#candles = setup.candles;
    this.#cursor = setup.cursor;
    this.#strategy = setup.strategy;
    this.#barMs = timeframeMs(setup.timeframe);
    this.#limited = setup.policy.kind === 'hard-limits';
    this.ledger = new Ledger(setup.startingBalance);
    this.#position = viewOf(this.ledger);
    this.#day = openDay(setup.candles.time[0] ?? 0, setup.startingBalance);
  }

  process(event: EngineEvent): readonly Decision[] {
    switch (event.kind) {
      case 'bar-opened':
        return this.barOpened(event.index);
      case 'bar-closed':
        return this.barClosed(event.index);
      case 'filled':
        return this.#filled(event.fill);
      default:
        return assertNever(event);
    }
  }

  /** `process({ kind: 'bar-opened' })` without the object: a replay calls it half a million times. */
  barOpened(index: number): readonly Decision[] {
    if (!this.#limited) return NO_DECISIONS;
    if ((this.#candles.time[index] ?? NaN) >= this.#dayEndsAt) this.#rollAtOpen(index);
    return this.#watch(this.#candles.open[index] ?? NaN);
  }

  /** `process({ kind: 'bar-closed' })` without the object. */
  barClosed(index: number): readonly Decision[] {
    this.#cursor.index = index;
    const stopped = this.#limited ? this.#watchClosedBar(index) : NO_DECISIONS;
    const intent = this.#strategy.next(this.#position);
    if (intent === null) return stopped;
    const decided = this.#act(intent, index);
    return stopped.length === 0 ? decided : [...stopped, ...decided];
  }

  /** A position that survived the bar has seen its low; the day is judged before the close opens a new one. */
  #watchClosedBar(index: number): readonly Decision[] {
    const { low, close } = this.#candles;
    const decisions = this.#watch((this.ledger.isOpen ? low : close)[index] ?? NaN);
    const closeTime = (this.#candles.time[index] ?? NaN) + this.#barMs;
    if (closeTime >= this.#dayEndsAt) this.#rollAtClose(index);
    return decisions;
  }

  #rollAtOpen(index: number): void {
    const previousClose = this.#candles.close[index - 1] ?? this.#candles.open[index] ?? NaN;
    this.#roll(this.#candles.time[index] ?? NaN, previousClose);
  }

  #rollAtClose(index: number): void {
    this.#roll((this.#candles.time[index] ?? NaN) + this.#barMs, this.#candles.close[index] ?? NaN);
  }

  #roll(time: number, price: number): void {
    this.#day = rollDay(this.#day, time, this.ledger.equityAt(price));
    this.#dayEndsAt = (this.#day.day + 1) * DAY_MS;
  }

  /** Marks the account to `price`; a day that has just lost too much withdraws its open entry. */
  #watch(price: number): readonly Decision[] {
    const watched = watchLoss(this.#day, this.ledger.equityAt(price));
    if (watched === this.#day) return NO_DECISIONS;
    this.#day = watched;
    return this.#cancelEntry();
  }

  #act(intent: Intent, index: number): readonly Decision[] {
    switch (intent.kind) {
      case 'enter':
        return this.ledger.isOpen ? NO_DECISIONS : this.#enter(intent, index);
      case 'exit':
        return this.ledger.isOpen && !this.#exitPending ? this.#exit() : this.#cancelEntry();
      case 'cancel':
        return this.#cancelEntry();
      default:
        return assertNever(intent);
    }
  }

  #enter(intent: Extract<Intent, { readonly kind: 'enter' }>, index: number): readonly Decision[] {
    const { instrument, policy, sizing, costs } = this.#setup;
    const withdrawn = this.#cancelEntry();
    const price = this.#candles.close[index] ?? NaN;
    const { cash } = this.ledger;
    const account = {
      time: this.#candles.time[index] ?? NaN,
      price,
      cash,
      equity: this.ledger.equityAt(price),
      feeRate: intent.limit === null ? costs.takerFee : Math.max(costs.takerFee, costs.makerFee),
      day: this.#day,
    };
    const stop = stopForSizing(sizing, intent.stop);
    const cost = costToAsk(sizing, stop, { ...account, price: intent.limit ?? price });
    const order = this.#entryOrder(intent.limit, cost, { stop, target: intent.target });
    const answer = judgeEntry(order, instrument, policy, account);
    if (answer.kind === 'denied') return [...withdrawn, answer];
    if (this.#limited) this.#day = countTrade(this.#day);
    this.#entry = answer.order.purpose === 'entry' ? answer.order : null;
    return [...withdrawn, { kind: 'submit', order: answer.order }];
  }

  #entryOrder(limit: number | null, cost: number, protection: Protection): EntryOrder {
    return {
      purpose: 'entry',
      id: this.#setup.newOrderId(),
      symbol: this.#setup.instrument.symbol,
      side: 'buy',
      type: limit === null ? 'market' : 'limit',
      size: { unit: 'quote', cost },
      price: limit,
      protection,
    };
  }

  #exit(): readonly Decision[] {
    this.#exitPending = true;
    return [this.#submitExit(this.#exitOrder('market', null, 'signal'))];
  }

  #cancelEntry(): readonly Decision[] {
    if (this.#entry === null) return NO_DECISIONS;
    const { id } = this.#entry;
    this.#entry = null;
    return [{ kind: 'cancel', orderId: id }];
  }

  #filled(fill: Fill): readonly Decision[] {
    this.ledger.apply(fill);
    return fill.side === 'buy' ? this.#bought(fill) : this.#sold();
  }

  #bought(fill: Fill): readonly Decision[] {
    const protection = this.#entry?.protection ?? null;
    this.#entry = null;
    if (protection === null) return NO_DECISIONS;
    const guards: ExitOrder[] = [];
    if (protection.stop !== null) {
      guards.push(
        this.#exitOrder('stop-loss', stopPrice(protection.stop, fill.price), 'stop-loss'),
      );
    }
    if (protection.target !== null) {
      guards.push(this.#exitOrder('take-profit', protection.target, 'take-profit'));
    }
    this.#guards = guards;
    return guards.map((order) => this.#submitExit(order));
  }

  #sold(): readonly Decision[] {
    if (this.ledger.isOpen) return NO_DECISIONS;
    const guards = this.#guards;
    this.#guards = [];
    this.#exitPending = false;
    return guards.map((order) => ({ kind: 'cancel', orderId: order.id }));
  }

  #exitOrder(type: ExitOrder['type'], price: number | null, reason: ExitReason): ExitOrder {
    return {
      purpose: 'exit',
      id: this.#setup.newOrderId(),
      symbol: this.#setup.instrument.symbol,
      side: 'sell',
      type,
      size: { unit: 'base', amount: this.ledger.amount },
      price,
      reason,
    };
  }

  #submitExit(order: ExitOrder): Decision {
    return { kind: 'submit', order: passExit(order, this.#setup.policy) };
  }
}

function viewOf(ledger: Ledger): PositionView {
  return Object.freeze({
    get isOpen() {
      return ledger.isOpen;
    },
    get entryPrice() {
      return ledger.entryPrice;
    },
  });
}

function stopPrice(stop: StopLevel, fillPrice: number): number {
  return stop.kind === 'price' ? stop.price : fillPrice * (1 - stop.fraction);
}
