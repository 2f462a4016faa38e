/** The pump around the engine: one event after the other, on disk before anything is sent, and all waiting in here. */

import { assertNever } from '../../core/domain/assert-never.ts';
import { ok, type Result } from '../../core/domain/result.ts';
import type { Engine } from '../../core/engine.ts';
import type { Decision, EngineEvent } from '../../core/events.ts';
import type { LiveBots } from '../../core/live-bots.ts';
import { CAUTIOUS_ALLOWANCE } from '../../core/orders/order-budget.ts';
import type { OrderEvent, OrderRecord } from '../../core/orders/order-record.ts';
import type { ExchangePort } from '../../core/ports/exchange.ts';
import { fillMismatch, type Clocks } from '../../core/reconciliation/evidence.ts';
import { Listeners } from '../listeners.ts';
import type { KeptAccount, SessionRules, TradingStore } from '../storage/trading-store.ts';
import type { Clock } from './clock.ts';
import { Comparisons } from './comparisons.ts';
import { DeadlineTimer } from './deadline-timer.ts';
import { LookUps } from './look-ups.ts';
import { OrderCanceller } from './order-canceller.ts';
import { OrderSender } from './order-sender.ts';
import { Reconciler, type Comparison } from './reconciler.ts';
import { sessionEngine } from './session-engine.ts';
import { SessionJournal } from './session-journal.ts';
import { Silence } from './silence.ts';

export interface SessionOptions {
  readonly account: KeptAccount;
  readonly store: Pick<TradingStore, 'commit' | 'latchHalt'>;
  readonly exchange: ExchangePort;
  readonly clock: Clock;
  readonly rules: Omit<SessionRules, 'restingExits' | 'orderPrefix' | 'orderAllowance'>;
  /**
   * Told apart from every other run of this account, a restored older copy of it too: order ids begin with it, after
   * the account's prefix. Letters and digits.
   */
  readonly runToken: string;
  /** See `ReconcilerOptions`; left out where no pair can go. */
  readonly listed?: (symbol: string) => Promise<Result<unknown>>;
  /** Told of errors that nobody waits for; for the log. */
  readonly reportFault: (error: unknown) => void;
}

export class TradingSession {
  readonly engine: Engine;
  readonly liveBots: LiveBots;
  /** Start of the last bar that each bot had seen when the app last ran, ms UTC. */
  readonly resumedFrom: Readonly<Record<string, number>>;
  readonly #options: SessionOptions;
  readonly #lookUps: LookUps;
  readonly #deadline: DeadlineTimer;
  readonly #silence: Silence;
  readonly #reconciler: Reconciler;
  readonly #comparisons: Comparisons;
  readonly #sender: OrderSender;
  readonly #canceller: OrderCanceller;
  readonly #journal: SessionJournal;
  /** The exchange's clock less this computer's, as last measured, ms. */
  #clockAhead = 0;
  readonly #queue: EngineEvent[] = [];
  readonly #listeners: Listeners<[event: EngineEvent, decisions: readonly Decision[]]>;
  readonly #unlisten: () => void;
  /** Answers of the exchange that are on their way. */
  readonly #underWay = new Set<Promise<void>>();
  #isDispatching = false;
  #fault: string | null = null;

  /** Continues the account where its last commit left it. @throws Error when that cannot be read */
  constructor(options: SessionOptions) {
    this.#options = options;
    this.#listeners = new Listeners(options.reportFault);
    const { account, exchange, clock } = options;
    const { bots, state } = account;
    this.resumedFrom = state?.lastBars ?? {};
    const rules: SessionRules = {
      ...options.rules,
      restingExits: exchange.restingExits,
      orderAllowance: exchange.orderAllowance ?? CAUTIOUS_ALLOWANCE,
      orderPrefix: `${account.settings.orderPrefix}${options.runToken}`,
    };
    this.#journal = new SessionJournal({
      store: options.store,
      accountId: account.id,
      engine: () => this.engine,
    });
    const made = sessionEngine(rules, bots, state, (record) => this.#journal.note(record));
    this.engine = made.engine;
    this.liveBots = made.liveBots;
    this.#journal.begin({ kind: 'session-begun', time: clock.now(), rules, bots, state });
    this.#deadline = new DeadlineTimer(
      clock,
      (at) => void this.dispatch({ kind: 'tick', time: at }),
    );
    const dispatch = (event: EngineEvent): void => void this.dispatch(event);
    const track = (work: Promise<void>): void => this.#track(work);
    const lookUp = (orderId: string): void => this.#lookUps.begin(orderId);
    const { engine } = this;
    const { reportFault } = options;
    const ports = { exchange, clock, engine, dispatch, track, lookUp, reportFault };
    this.#sender = new OrderSender(ports);
    this.#canceller = new OrderCanceller(ports);
    this.#silence = new Silence({
      exchange,
      clock,
      tell: (kind, sentence) => void this.dispatch({ kind, time: clock.now(), sentence }),
      track,
    });
    this.#lookUps = new LookUps({
      exchange: this.#silence.heard,
      clock,
      record: (orderId) => engine.orders.get(orderId),
      dispatch,
      mustGo: (record) => record.cancelRequested || this.#isWithdrawn(record),
      cancelAgain: (orderId, symbol) => this.#canceller.cancel(orderId, symbol),
      track,
      clocks: () => this.#clocks(),
      tookNoEffect: (record, askedMs) => this.#reconciler.tookNoEffect(record, askedMs),
      foundEnded: (record) => this.#canceller.doubtEnd(record),
    });
    this.#reconciler = new Reconciler({
      exchange,
      clock,
      clocks: () => this.#clocks(),
      engine,
      whitelist: options.rules.whitelist,
      // A comparison may outlast the session: an exchange that does not answer is not waited for.
      dispatch: (event) => {
        if (!this.#comparisons.isStopped) this.dispatch(event);
      },
      askOrders: () => this.#askOrders(),
      listed: options.listed ?? (() => Promise.resolve(ok(null))),
      withdraw: (orderId, symbol) => this.#canceller.cancel(orderId, symbol),
      isOverdue: (orderId) => this.#lookUps.isOverdue(orderId),
      bookings: () => this.#journal.bookings,
    });
    this.#comparisons = new Comparisons({
      ...ports,
      reconciler: this.#reconciler,
      isRunning: () => this.#isRunning(),
      isSending: (orderId) => this.#sender.isSending(orderId),
      fail: (error) => this.#breakOff(error),
    });
    this.#unlisten = exchange.listen((event) => this.#hear(event));
  }

  /** Why trading has stopped for good in this run, as a sentence; `null` while all is well. */
  get fault(): string | null {
    return this.#fault;
  }

  /** That the exchange does not answer, as a sentence; `null` while it does. */
  get silence(): string | null {
    return this.#silence.sentence;
  }

  /** Whether an answer of the exchange is awaited. */
  get isBusy(): boolean {
    return this.#underWay.size > 0;
  }

  /** Resolves once no answer of the exchange is awaited any more. */
  async idle(): Promise<void> {
    while (this.isBusy) await Promise.all(this.#underWay);
  }

  /**
   * Takes an event. Events that come while one is being handled wait their turn.
   * @returns what was decided on it; nothing yet where it has to wait
   */
  dispatch(event: EngineEvent): readonly Decision[] {
    if (this.#isDispatching) {
      this.#queue.push(event);
      return [];
    }
    this.#isDispatching = true;
    try {
      return this.#handle(event);
    } finally {
      this.#drain();
    }
  }

  /**
   * Told of every event after it is on disk, with what was decided. One that throws is reported, and keeps nobody else
   * from hearing. Returns the removal.
   */
  onEvent(listener: (event: EngineEvent, decisions: readonly Decision[]) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Finds out what has become of every open order. @returns those that nobody can tell of yet */
  async reconcileOrders(): Promise<readonly string[]> {
    const unresolved = await this.#askOrders();
    await this.idle();
    return unresolved;
  }

  async #askOrders(): Promise<readonly string[]> {
    const open = this.engine.orders.open.map(({ order }) => order.id);
    const answers = await Promise.all(
      // What is being sent at this moment has not arrived yet: not to be found proves nothing.
      open.map(async (id) => ({
        id,
        known: !this.#sender.isSending(id) && (await this.#lookUps.ask(id)),
      })),
    );
    return answers.filter(({ known }) => !known).map(({ id }) => id);
  }

  /**
   * Compares the books with the exchange's orders, balances and trades: verdicts on positions, and what was put in or
   * taken out. Nothing is taken for certain that is still moving.
   */
  compare(): Promise<Comparison> {
    return this.#comparisons.compare();
  }

  /**
   * What the exchange holds of a bot's coin beside what our other orders and positions need, in base. `null` where it
   * does not tell.
   */
  async freeBeside(botId: string): Promise<number | null> {
    const { base } = this.engine.bots.get(botId).setup.instrument;
    const held = await this.#options.exchange.balances();
    if (!held.ok) return null;
    const others = this.engine.bots.list
      .filter(({ setup }) => setup.instrument.base === base && setup.id !== botId)
      // What rests under a guard is locked, and not among what is free.
      .filter(({ holding }) => holding.guardPlace === 'engine')
      .reduce((sum, { holding }) => sum + holding.position.amount, 0);
    return (held.value[base]?.free ?? 0) - others;
  }

  /** Compares soon, and again with growing pauses until it could be done: something may not be as the books say. */
  compareSoon(): void {
    this.#comparisons.soon();
  }

  /** Takes the exchange's clock less this computer's, ms, as it was measured: half a latency may be half a millisecond. */
  noteClock(aheadMs: number): void {
    this.#clockAhead = Math.round(aheadMs);
  }

  /** Writes what waits and ends; orders stay where they are. Idempotent. */
  close(): void {
    this.#comparisons.stop();
    this.#unlisten();
    this.#lookUps.stop();
    this.#silence.stop();
    this.#deadline.stop();
    if (!this.#isRunning()) return;
    try {
      this.#journal.flush();
    } catch (error) {
      // Nothing was decided on what is lost, and whatever else has to be closed must be.
      this.#options.reportFault(error);
    }
  }

  /** Handles what has come meanwhile, in its order: an event left behind would be handled after a later one. */
  #drain(): void {
    const thrown: unknown[] = [];
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      try {
        this.#handle(next);
      } catch (error) {
        thrown.push(error);
      }
    }
    this.#isDispatching = false;
    if (thrown.length > 0) throw thrown[0];
  }

  #handle(event: EngineEvent): readonly Decision[] {
    if (!this.#isRunning()) return [];
    let decisions: readonly Decision[];
    try {
      decisions = this.engine.process(event);
      this.#journal.take(event, decisions);
    } catch (error) {
      this.#breakOff(error);
      return [];
    }
    for (const decision of decisions) {
      try {
        this.#carryOut(decision);
      } catch (error) {
        // The others were decided and are on disk: what withdraws or sells must go out all the same.
        this.#breakOff(error);
      }
    }
    if (this.#isRunning()) this.#deadline.set(this.engine.nextDeadline);
    this.#listeners.tell(event, decisions);
    this.#comparisons.hear(event);
    return decisions;
  }

  /** Whether anything is still decided in this run. */
  #isRunning(): boolean {
    return this.#fault === null;
  }

  #clocks(): Clocks {
    return { now: this.#options.clock.now(), ahead: this.#clockAhead };
  }

  /** News of the exchange that is not of our order is not booked; one that we are about to be answered can wait. */
  #hear(event: OrderEvent): void {
    const record = this.engine.orders.get(event.orderId);
    if (record === null) return void this.dispatch(event);
    const isEnd = event.kind === 'order-cancelled' || event.kind === 'order-expired';
    // Whether it was us who ended it, the answer to our cancellation tells.
    if (isEnd && this.#canceller.willTellEndOf(record)) return;
    const isNew = event.kind === 'order-filled' && !record.fillIds.includes(event.fill.id);
    const sentence = isNew ? fillMismatch(record, event.fill, this.#clocks()) : null;
    if (sentence === null) return void this.dispatch(event);
    const { orderId } = event;
    const time = this.#options.clock.now();
    this.dispatch({ kind: 'order-contradicted', time, orderId, sentence });
  }

  #carryOut(decision: Decision): void {
    switch (decision.kind) {
      case 'submit':
        return this.#sender.submit(decision.order);
      case 'submit-pair':
        return this.#sender.submitPair(decision.stop, decision.target);
      case 'cancel':
        return this.#canceller.cancel(decision.orderId, this.#symbolOf(decision.orderId));
      case 'look-up':
        return this.#lookUps.begin(decision.orderId);
      case 'reconcile':
        return this.compareSoon();
      case 'denied':
      case 'live-off':
      case 'alert':
        // For whoever listens.
        return;
      default:
        assertNever(decision);
    }
  }

  #track(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => this.#breakOff(error))
      .finally(() => {
        this.#underWay.delete(tracked);
      });
    this.#underWay.add(tracked);
  }

  /** The books contradict themselves or cannot be written: nothing is decided any more, and entries are withdrawn. */
  #breakOff(error: unknown): void {
    if (!this.#isRunning()) return;
    this.#fault = `Trading has stopped because of a fault: ${error instanceof Error ? error.message : String(error)}`;
    try {
      this.#options.reportFault(error);
    } finally {
      this.#latchHalt();
      for (const record of this.engine.orders.open) {
        if (this.#isWithdrawn(record)) this.#canceller.cancel(record.order.id, record.order.symbol);
      }
    }
  }

  /** After a fault, entries: the engine, which would ask for it, is not asked any more. */
  #isWithdrawn({ order }: OrderRecord): boolean {
    return !this.#isRunning() && order.purpose === 'entry';
  }

  /** The next start must not go on as if nothing had been: a person arms it, or nobody. */
  #latchHalt(): void {
    const { store, account, reportFault } = this.#options;
    try {
      store.latchHalt(account.id);
    } catch (error) {
      // The disk may be what broke. Nothing is decided in this run any more; the person is told of both.
      reportFault(error);
    }
  }

  #symbolOf(orderId: string): string {
    const record = this.engine.orders.get(orderId);
    if (record === null) throw new Error(`There is no order ${orderId}.`);
    return record.order.symbol;
  }
}
