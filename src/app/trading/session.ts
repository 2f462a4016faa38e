/** The pump around the engine: one event after the other, on disk before anything is sent, and all waiting in here. */

import type { AuditRecord } from '../../core/audit.ts';
import { assertNever } from '../../core/domain/assert-never.ts';
import { ok, type Result } from '../../core/domain/result.ts';
import type { Engine } from '../../core/engine.ts';
import type { Decision, EngineEvent } from '../../core/events.ts';
import type { LiveBots } from '../../core/live-bots.ts';
import { CAUTIOUS_ALLOWANCE } from '../../core/orders/order-budget.ts';
import { isOpen, type OrderEvent, type OrderRecord } from '../../core/orders/order-record.ts';
import type { CancelAnswer, ExchangePort } from '../../core/ports/exchange.ts';
import { fillMismatch, type Clocks } from '../../core/reconciliation/evidence.ts';
import type { GatedOrder } from '../../core/risk/approved-order.ts';
import { provenApproved } from '../../core/risk/proof.ts';
import { Listeners } from '../listeners.ts';
import type {
  JournalEntry,
  KeptAccount,
  KeptBot,
  SessionRules,
  TradingStore,
} from '../storage/trading-store.ts';
import type { Clock } from './clock.ts';
import { DeadlineTimer } from './deadline-timer.ts';
import { eventTime } from './event-time.ts';
import { LookUps, newsOf } from './look-ups.ts';
import { Silence } from './silence.ts';
import { QuietEvents } from './quiet-events.ts';
import { Reconciler, type Comparison } from './reconciler.ts';
import { sessionEngine } from './session-engine.ts';

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

/** Quiet events that are kept in memory before they are written all the same. */
const MOST_QUIET_EVENTS = 2_000;

/** Soon after something odd is compared, and later where that could not be done, ms. */
const FIRST_COMPARE_MS = 0;
const NEXT_COMPARE_MS = 1_000;
const LONGEST_COMPARE_MS = 30_000;

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
  /** Cancellations that are on their way, and their answers, by order. */
  readonly #cancels = new Map<string, Promise<CancelAnswer>>();
  /** Orders that the exchange has said to have cancelled because we asked. */
  readonly #cancelledByUs = new Set<string>();
  /** Orders that are being sent at this moment. */
  readonly #sending = new Set<string>();
  #callOffCompare: (() => void) | null = null;
  #compareWait = FIRST_COMPARE_MS;
  /** The exchange's clock less this computer's, as last measured, ms. */
  #clockAhead = 0;
  readonly #quiet = new QuietEvents();
  readonly #queue: EngineEvent[] = [];
  readonly #listeners: Listeners<[event: EngineEvent, decisions: readonly Decision[]]>;
  readonly #unlisten: () => void;
  /** Answers of the exchange that are on their way. */
  readonly #underWay = new Set<Promise<void>>();
  #audit: AuditRecord[] = [];
  /** Changes of the books so far in this run. */
  #bookings = 0;
  #isDispatching = false;
  #fault: string | null = null;
  #isClosed = false;

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
    const made = sessionEngine(rules, bots, state, (record) => this.#audit.push(record));
    this.engine = made.engine;
    this.liveBots = made.liveBots;
    // What bringing the state back told the books is in them.
    this.#audit = [];
    const time = clock.now();
    this.#commit({ kind: 'session-begun', time, rules, bots, state }, time, [], []);
    this.#deadline = new DeadlineTimer(
      clock,
      (at) => void this.dispatch({ kind: 'tick', time: at }),
    );
    this.#silence = new Silence({
      exchange,
      clock,
      tell: (kind, sentence) => void this.dispatch({ kind, time: clock.now(), sentence }),
      track: (work) => this.#track(work),
    });
    this.#lookUps = new LookUps({
      exchange: this.#silence.heard,
      clock: options.clock,
      record: (orderId) => this.engine.orders.get(orderId),
      dispatch: (event) => void this.dispatch(event),
      mustGo: (record) => record.cancelRequested || this.#isWithdrawn(record),
      cancelAgain: (orderId, symbol) => this.#cancel(orderId, symbol),
      track: (work) => this.#track(work),
      clocks: () => this.#clocks(),
      tookNoEffect: (record, askedMs) => this.#reconciler.tookNoEffect(record, askedMs),
      foundEnded: (record) => this.#doubtEnd(record),
    });
    this.#reconciler = new Reconciler({
      exchange,
      clock,
      clocks: () => this.#clocks(),
      engine: this.engine,
      whitelist: options.rules.whitelist,
      // A comparison may outlast the session: an exchange that does not answer is not waited for.
      dispatch: (event) => {
        if (!this.#isClosed) this.dispatch(event);
      },
      askOrders: () => this.#askOrders(),
      listed: options.listed ?? (() => Promise.resolve(ok(null))),
      withdraw: (orderId, symbol) => this.#cancel(orderId, symbol),
      isOverdue: (orderId) => this.#lookUps.isOverdue(orderId),
      bookings: () => this.#bookings,
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
        known: !this.#sending.has(id) && (await this.#lookUps.ask(id)),
      })),
    );
    return answers.filter(({ known }) => !known).map(({ id }) => id);
  }

  /**
   * Compares the books with the exchange's orders, balances and trades: verdicts on positions, and what was put in or
   * taken out. Nothing is taken for certain that is still moving.
   */
  async compare(): Promise<Comparison> {
    const compared = await this.#reconciler.compare();
    if (compared.kind !== 'partly') return compared;
    for (const orderId of compared.unresolved) {
      if (!this.#sending.has(orderId)) this.#lookUps.begin(orderId);
    }
    if (compared.unresolved.length === 0) this.compareSoon();
    return compared;
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
    if (this.#isClosed || this.#fault !== null || this.#callOffCompare !== null) return;
    const { clock } = this.#options;
    const wait = this.#compareWait;
    this.#compareWait = Math.min(Math.max(2 * wait, NEXT_COMPARE_MS), LONGEST_COMPARE_MS);
    this.#callOffCompare = clock.setTimer(wait, () => {
      this.#compareNow().catch((error: unknown) => this.#breakOff(error));
    });
  }

  /** Takes the exchange's clock less this computer's, ms, as it was measured. */
  noteClock(aheadMs: number): void {
    this.#clockAhead = aheadMs;
  }

  /** Writes what waits and ends; orders stay where they are. Idempotent. */
  close(): void {
    this.#isClosed = true;
    this.#unlisten();
    this.#lookUps.stop();
    this.#silence.stop();
    this.#deadline.stop();
    this.#callOffCompare?.();
    if (this.#fault !== null) return;
    try {
      this.#flush();
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
    if (this.#fault !== null) return [];
    let decisions: readonly Decision[];
    try {
      decisions = this.engine.process(event);
      this.#journal(event, decisions);
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
    if (this.#fault === null) this.#deadline.set(this.engine.nextDeadline);
    this.#listeners.tell(event, decisions);
    if (this.#isOdd(event)) this.compareSoon();
    return decisions;
  }

  /** Whether something has happened that the books do not explain. */
  #isOdd(event: EngineEvent): boolean {
    switch (event.kind) {
      case 'order-unknown':
      case 'order-contradicted':
      case 'position-doubted':
        return true;
      case 'order-rejected':
        return this.engine.orders.get(event.orderId)?.order.purpose === 'exit';
      case 'order-cancelled':
      case 'order-expired':
        return this.engine.bots.list.some(({ holding }) => holding.doubt?.kind === 'suspect');
      default:
        return false;
    }
  }

  async #compareNow(): Promise<void> {
    const compared = await this.compare();
    this.#callOffCompare = null;
    if (this.#isClosed) return;
    const { bots } = this.engine;
    const isSettled = !bots.list.some(({ holding }) => holding.doubt?.kind === 'suspect');
    const isUndone = compared.kind !== 'agreed' && !hasUnresolved(compared);
    if (isSettled && !isUndone) this.#compareWait = FIRST_COMPARE_MS;
    else this.compareSoon();
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
    if (isEnd && this.#cancels.has(event.orderId) && this.#isHeld(record)) return;
    const isNew = event.kind === 'order-filled' && !record.fillIds.includes(event.fill.id);
    const sentence = isNew ? fillMismatch(record, event.fill, this.#clocks()) : null;
    if (sentence === null) return void this.dispatch(event);
    const { orderId } = event;
    const time = this.#options.clock.now();
    this.dispatch({ kind: 'order-contradicted', time, orderId, sentence });
  }

  #journal(event: EngineEvent, decisions: readonly Decision[]): void {
    if (decisions.length === 0 && this.#audit.length === 0) {
      this.#quiet.add(event);
      if (this.#quiet.size > MOST_QUIET_EVENTS) this.#flush();
      return;
    }
    const addedBots =
      event.kind === 'bot-added' ? [{ config: event.config, instrument: event.instrument }] : [];
    this.#commit(event, eventTime(event, this.engine.account.time), decisions, addedBots);
  }

  #commit(
    entry: JournalEntry | null,
    time: number,
    decisions: readonly Decision[],
    addedBots: readonly KeptBot[],
  ): void {
    const { store, account } = this.#options;
    const quiet = this.#quiet.take().map((event) => ({
      entry: event,
      time: eventTime(event, time),
      decisions: [],
    }));
    const entries = entry === null ? quiet : [...quiet, { entry, time, decisions }];
    const audit = this.#audit;
    this.#audit = [];
    this.#bookings += audit.length;
    store.commit(account.id, { entries, audit, state: this.engine.state(), addedBots });
  }

  #flush(): void {
    if (this.#quiet.size > 0) this.#commit(null, this.engine.account.time, [], []);
  }

  #carryOut(decision: Decision): void {
    switch (decision.kind) {
      case 'submit':
        return this.#submit(decision.order);
      case 'submit-pair':
        return this.#submitPair(decision.stop, decision.target);
      case 'cancel':
        return this.#cancel(decision.orderId, this.#symbolOf(decision.orderId));
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

  #submit(order: GatedOrder): void {
    const { exchange } = this.#options;
    this.#track(this.#answer([order.id], () => exchange.submit(provenApproved(order))));
  }

  #submitPair(stop: GatedOrder, target: GatedOrder): void {
    const { exchange } = this.#options;
    const send = (): ReturnType<ExchangePort['submitPair']> =>
      exchange.submitPair(provenApproved(stop), provenApproved(target));
    this.#track(this.#answer([stop.id, target.id], send));
  }

  /** Sends once, never again: whatever goes wrong on the way makes the orders unknown, not unsent. */
  async #answer(
    orderIds: readonly string[],
    send: () => ReturnType<ExchangePort['submit']>,
  ): Promise<void> {
    for (const orderId of orderIds) this.#sending.add(orderId);
    const answer = await send().catch((error: unknown) => {
      this.#options.reportFault(error);
      return { kind: 'unknown', sentence: 'Sending the order failed half-way.' } as const;
    });
    for (const orderId of orderIds) this.#sending.delete(orderId);
    const time = this.#options.clock.now();
    for (const orderId of orderIds) {
      if (answer.kind === 'accepted') {
        // Before the acceptance: an order of which all is told need not be asked for.
        if (answer.shown !== null) this.#tell(newsOf(orderId, answer.shown, time));
        this.dispatch({ kind: 'order-accepted', orderId, time, exchangeId: answer.exchangeId });
      } else if (answer.kind === 'rejected') {
        const { refusal, sentence } = answer;
        this.dispatch({ kind: 'order-rejected', orderId, time, refusal, sentence });
      } else {
        this.dispatch({ kind: 'order-unknown', orderId, time, sentence: answer.sentence });
        this.#lookUps.begin(orderId);
      }
    }
  }

  #tell(news: readonly EngineEvent[]): void {
    for (const event of news) this.dispatch(event);
  }

  #cancel(orderId: string, symbol: string): void {
    this.#track(this.#cancelled(orderId, symbol));
  }

  async #cancelled(orderId: string, symbol: string): Promise<void> {
    const { exchange, clock, reportFault } = this.#options;
    const asked = exchange.cancel(orderId, symbol).catch((error: unknown): CancelAnswer => {
      reportFault(error);
      return { kind: 'unknown', sentence: 'The cancellation failed half-way.' };
    });
    this.#cancels.set(orderId, asked);
    const answer = await asked;
    if (answer.kind === 'cancelled') {
      this.#cancelledByUs.add(orderId);
      this.#cancels.delete(orderId);
      const { filledAmount } = answer;
      this.dispatch({ kind: 'order-cancelled', orderId, time: clock.now(), filledAmount });
    } else if (answer.kind === 'gone') {
      await this.#doubtGone(orderId);
    }
    this.#cancels.delete(orderId);
    // Gone already, not answered, or traded more than we know of: the exchange tells the rest.
    const record = this.engine.orders.get(orderId);
    if (record !== null && isOpen(record)) this.#lookUps.begin(orderId);
  }

  /** An order that was gone before we could cancel it: the other of its pair may have taken it along. */
  async #doubtGone(orderId: string): Promise<void> {
    const record = this.engine.orders.get(orderId);
    if (record === null || !isOpen(record)) return;
    const others = this.#othersOf(record).flatMap((id) => this.#cancels.get(id) ?? []);
    await Promise.all(others);
    this.#doubtEnd(record);
  }

  /** A guard that has ended although nobody of ours is known to have ended it: its coins are compared first. */
  #doubtEnd(record: OrderRecord): void {
    const { order, botId, cancelRequested } = record;
    // One that was not to be cancelled at all tells so by itself.
    if (order.purpose === 'entry' || order.type === 'market' || !cancelRequested) return;
    if (this.#cancelledByUs.has(order.id) || !this.#isHeld(record)) return;
    if (this.#othersOf(record).some((id) => this.#cancelledByUs.has(id))) return;
    this.dispatch({ kind: 'position-doubted', time: this.#options.clock.now(), botId });
  }

  /** Whether the bot of an order still holds anything. */
  #isHeld({ botId }: OrderRecord): boolean {
    return this.engine.bots.find(botId)?.holding.position.isOpen === true;
  }

  /** Exits of the same bot that were decided at the same moment. */
  #othersOf({ order, botId, createdAt }: OrderRecord): readonly string[] {
    return this.engine.orders.all
      .filter((other) => other.botId === botId && other.createdAt === createdAt)
      .filter((other) => other.order.purpose === 'exit' && other.order.id !== order.id)
      .map((other) => other.order.id);
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
    if (this.#fault !== null) return;
    this.#fault = `Trading has stopped because of a fault: ${error instanceof Error ? error.message : String(error)}`;
    try {
      this.#options.reportFault(error);
    } finally {
      this.#latchHalt();
      for (const record of this.engine.orders.open) {
        if (this.#isWithdrawn(record)) this.#cancel(record.order.id, record.order.symbol);
      }
    }
  }

  /** After a fault, entries: the engine, which would ask for it, is not asked any more. */
  #isWithdrawn({ order }: OrderRecord): boolean {
    return this.#fault !== null && order.purpose === 'entry';
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

function hasUnresolved(compared: Comparison): boolean {
  return compared.kind === 'partly' && compared.unresolved.length > 0;
}
