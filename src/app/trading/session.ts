/** The pump around the engine: one event after the other, on disk before anything is sent, and all waiting in here. */

import type { AuditRecord } from '../../core/audit.ts';
import { assertNever } from '../../core/domain/assert-never.ts';
import type { Engine } from '../../core/engine.ts';
import type { Decision, EngineEvent } from '../../core/events.ts';
import type { LiveBots } from '../../core/live-bots.ts';
import { CAUTIOUS_ALLOWANCE } from '../../core/orders/order-budget.ts';
import { isOpen, type OrderRecord } from '../../core/orders/order-record.ts';
import { totalHeld, type ExchangePort, type HeldAmount } from '../../core/ports/exchange.ts';
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
import { sessionEngine } from './session-engine.ts';

export interface SessionOptions {
  readonly account: KeptAccount;
  readonly store: Pick<TradingStore, 'commit' | 'latchHalt'>;
  readonly exchange: ExchangePort;
  readonly clock: Clock;
  readonly rules: Omit<SessionRules, 'restingExits' | 'orderPrefix' | 'orderAllowance'>;
  /** Told of errors that nobody waits for; for the log. */
  readonly reportFault: (error: unknown) => void;
}

/** Quiet events that are kept in memory before they are written all the same. */
const MOST_QUIET_EVENTS = 2_000;

/** Relative: what two sums of the same fills may differ by. */
const SAME_BALANCE = 1e-9;

export class TradingSession {
  readonly engine: Engine;
  readonly liveBots: LiveBots;
  /** Start of the last bar that each bot had seen when the app last ran, ms UTC. */
  readonly resumedFrom: Readonly<Record<string, number>>;
  readonly #options: SessionOptions;
  readonly #lookUps: LookUps;
  readonly #deadline: DeadlineTimer;
  readonly #silence: Silence;
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
      orderPrefix: account.settings.orderPrefix,
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
    });
    this.#unlisten = exchange.listen((event) => void this.dispatch(event));
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
    const open = this.engine.orders.open.map(({ order }) => order.id);
    const answers = await Promise.all(
      open.map(async (id) => ({ id, known: await this.#lookUps.ask(id) })),
    );
    await this.idle();
    return answers.filter(({ known }) => !known).map(({ id }) => id);
  }

  /**
   * Takes what the exchange holds more or less than the books as put in or taken out.
   * @returns `false` where it cannot tell, or where something traded meanwhile: ask again
   */
  async reconcileBalances(): Promise<boolean> {
    const { exchange, clock } = this.#options;
    const before = this.#bookings;
    const held = await exchange.balances();
    if (!held.ok || !Object.values(held.value).every(isHeld)) return false;
    // A fill that is in the balances and not yet in the books would be counted twice.
    const unresolved = await this.reconcileOrders();
    if (unresolved.length > 0 || this.#bookings !== before) return false;
    const { balances } = this.engine.account;
    const currencies = new Set([...Object.keys(held.value), ...balances.currencies]);
    for (const currency of currencies) {
      // Not `slot`, which makes a place for a currency: only an event may change the account.
      const slot = balances.currencies.indexOf(currency);
      const booked = slot === -1 ? 0 : balances.amount(slot);
      const amount = totalHeld(held.value[currency]) - booked;
      if (Math.abs(amount) <= SAME_BALANCE * Math.max(1, Math.abs(booked))) continue;
      this.dispatch({ kind: 'transfer', time: clock.now(), currency, amount });
    }
    return true;
  }

  /** Writes what waits and ends; orders stay where they are. Idempotent. */
  close(): void {
    this.#unlisten();
    this.#lookUps.stop();
    this.#silence.stop();
    this.#deadline.stop();
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
    return decisions;
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
    const answer = await send().catch((error: unknown) => {
      this.#options.reportFault(error);
      return { kind: 'unknown', sentence: 'Sending the order failed half-way.' } as const;
    });
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
    const answer = await exchange.cancel(orderId, symbol).catch((error: unknown) => {
      reportFault(error);
      return { kind: 'unknown' } as const;
    });
    if (answer.kind === 'cancelled') {
      const { filledAmount } = answer;
      this.dispatch({ kind: 'order-cancelled', orderId, time: clock.now(), filledAmount });
    }
    // Gone already, not answered, or traded more than we know of: the exchange tells the rest.
    const record = this.engine.orders.get(orderId);
    if (record !== null && isOpen(record)) this.#lookUps.begin(orderId);
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

/** What can be held: an answer of anything else says nothing, and in the books it would end every limit. */
function isHeld({ free, locked }: HeldAmount): boolean {
  return Number.isFinite(free) && free >= 0 && Number.isFinite(locked) && locked >= 0;
}
