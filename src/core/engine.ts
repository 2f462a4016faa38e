/** The trading engine of one account: events in, decisions out. Synchronous, without I/O, clock or randomness. */

import { Account } from './account/account.ts';
import { bookFill, rememberTrade } from './booking.ts';
import { Bot, type BotSetup } from './bot/bot.ts';
import type { Desk } from './bot/desk.ts';
import { Roster } from './bot/roster.ts';
import { command } from './bot/commands.ts';
import { assertNever } from './domain/assert-never.ts';
import type { Fill } from './domain/fill.ts';
import { utcDay } from './domain/timeframe.ts';
import type { Trade } from './domain/trade.ts';
import type { TradingState } from './domain/trading-state.ts';
import {
  isMarketEvent,
  isOrderEvent,
  type AlertCode,
  type CommandEvent,
  type ConnectionEvent,
  type ControlEvent,
  type Decision,
  type EngineEvent,
  type MarketEvent,
} from './events.ts';
import type { EngineSetup, EngineState } from './engine-setup.ts';
import { MarketEvents } from './market-events.ts';
import { OrderBook } from './orders/order-book.ts';
import { CAUTIOUS_ALLOWANCE } from './orders/order-budget.ts';
import { advance, isOpen, type OrderEvent, type OrderRecord } from './orders/order-record.ts';
import { Pacing } from './pacing.ts';
import { Contradictions } from './reconciliation/contradictions.ts';
import { isForeign } from './reconciliation/evidence.ts';
import { KnownFees } from './risk/known-fees.ts';
import { BARS } from './risk/market-view.ts';
import type { TradingDay } from './risk/trading-day.ts';

export type { EngineSetup, EngineState };

/** Shared by every event that decides nothing, so that a quiet bar allocates nothing. */
const NO_DECISIONS: readonly Decision[] = [];

export class Engine {
  readonly account: Account;
  readonly orders: OrderBook;
  readonly bots = new Roster();
  readonly #setup: EngineSetup;
  readonly #desk: Desk;
  readonly #isLimited: boolean;
  readonly #pacing: Pacing;
  readonly #market: MarketEvents;
  readonly #contradictions: Contradictions;
  readonly fees: KnownFees;
  #orderCount = 0;
  #decisions: Decision[] | null = null;
  #auditedDay: TradingDay | null = null;

  constructor(setup: EngineSetup) {
    this.#setup = setup;
    this.#isLimited = setup.policy.kind === 'hard-limits';
    const opensAtPrices = this.#isLimited && setup.pricesFrom === 'quotes';
    this.account = new Account({ ...setup.account, opensAtPrices });
    this.fees = new KnownFees(setup.costs, setup.highestFees);
    this.orders = new OrderBook(setup.rememberedOrders);
    this.#pacing = new Pacing(setup.orderAllowance ?? CAUTIOUS_ALLOWANCE);
    this.#market = new MarketEvents({
      account: this.account,
      bots: this.bots,
      liveBots: setup.liveBots,
      isPaced: this.#isPaced,
      judgesLows: this.#isLimited && setup.pricesFrom === 'bars',
      watch: () => this.#watch(),
    });
    this.#contradictions = new Contradictions({
      account: this.account,
      bots: this.bots,
      orders: this.orders,
      alert: (code, botId, sentence) => this.#alert(code, botId, sentence),
      withdrawEntries: () => this.#withdrawAll(),
      stopEntries: () => this.#stopEntries(),
    });
    this.#desk = this.#makeDesk();
  }

  addBot(setup: BotSetup): Bot {
    const bot = new Bot(setup, this.#desk);
    this.bots.add(bot);
    return bot;
  }

  /**
   * When the engine wants to be told of the time with a `tick`, ms UTC by this computer's clock; `-Infinity` for at
   * once, `null` where nobody waits for a time.
   */
  get nextDeadline(): number | null {
    return this.#pacing.nextDeadline;
  }

  /** @throws Error when an event contradicts the books: trading has to stop */
  process(event: EngineEvent): readonly Decision[] {
    // A state that changes must be in the journal: a tick on which nothing else is told may be left out of it.
    if (this.#pacing.hear(event) && this.#isPaced && event.kind === 'tick') this.#tellState();
    // It changes nothing but that: no day has to be told to the books for it.
    if (event.kind === 'compared') {
      this.#contradictions.noteCompared(event);
      return NO_DECISIONS;
    }
    if (isMarketEvent(event)) this.#market.take(event);
    else if (isOrderEvent(event)) this.#order(event);
    else this.#rest(event);
    return this.#take();
  }

  /** `process({ kind: 'bar-opened' })` for a replay over columns: without the object, by index. */
  openBar(bot: Bot, index: number): readonly Decision[] {
    if (!this.#isLimited) return NO_DECISIONS;
    this.#market.openBar(bot, index);
    return this.#take();
  }

  /** `process({ kind: 'bar-closed' })` for a replay over columns. */
  closeBar(bot: Bot, index: number): readonly Decision[] {
    this.#market.closeBar(bot, index);
    return this.#take();
  }

  /** When a currency last agreed with the exchange, ms UTC by its clock; `null` where that is not known. */
  comparedAt(currency: string): number | null {
    return this.#contradictions.comparedAt(currency);
  }

  state(): EngineState {
    const bots = Object.fromEntries(this.bots.list.map((bot) => [bot.setup.id, bot.state()]));
    return {
      account: this.account.state(),
      orderCount: this.#orderCount,
      orders: this.orders.all,
      bots,
      lastBars: this.#setup.liveBots?.lastBars() ?? {},
      pacing: this.#pacing.state(),
      fees: this.fees.state(),
      comparedAt: this.#contradictions.state(),
    };
  }

  /** @throws Error when the state names a bot that was not added, or an order that is not in it */
  restore(state: EngineState): void {
    this.account.restore(state.account);
    this.#orderCount = state.orderCount;
    this.fees.restore(state.fees ?? {});
    for (const record of state.orders) this.orders.keep(record);
    if (state.pacing !== undefined) this.#pacing.restore(state.pacing);
    this.#contradictions.restore(state.comparedAt ?? {});
    for (const [botId, botState] of Object.entries(state.bots)) {
      this.bots.get(botId).restore(botState, (orderId) => this.orders.require(orderId));
    }
  }

  #rest(
    event: Exclude<EngineEvent, MarketEvent | OrderEvent | { readonly kind: 'compared' }>,
  ): void {
    switch (event.kind) {
      case 'transfer':
        this.account.advanceTo(event.time);
        this.account.transfer(event.currency, event.amount);
        this.#setup.audit?.(event);
        return this.#watch();
      case 'fees-known':
        return this.fees.tell(event.symbol, event.fees, event.time);
      case 'day-opened':
        this.account.openAt(utcDay(event.time), event.prices);
        return this.#watch();
      case 'tick':
        return this.#tick(event.time);
      case 'exchange-silent':
      case 'exchange-answers':
        return this.#connection(event);
      case 'position-verdict':
      case 'position-doubted':
      case 'order-contradicted':
        return this.#contradictions.take(event);
      case 'halt':
      case 'reduce':
      case 'arm':
        return this.#control(event);
      default:
        return this.#command(event);
    }
  }

  #tick(time: number): void {
    this.account.advanceTo(time);
    this.#watch();
    this.#pacing.awake();
    for (const bot of this.bots.list) bot.settle();
  }

  #connection({ kind, time, sentence }: ConnectionEvent): void {
    this.account.advanceTo(time);
    const isReachable = kind === 'exchange-answers';
    if (isReachable === this.#pacing.isReachable) return;
    this.#pacing.isReachable = isReachable;
    this.#alert(isReachable ? 'EXCHANGE_ANSWERS' : 'EXCHANGE_SILENT', null, sentence);
    for (const bot of this.bots.list) bot.settle();
  }

  #order(event: OrderEvent): void {
    this.account.advanceTo(event.kind === 'order-filled' ? event.fill.time : event.time);
    const before = this.orders.get(event.orderId);
    if (before !== null && event.kind === 'order-filled' && isForeign(before, event.fill)) {
      const because = 'The exchange reports a trade that cannot be of this order.';
      return this.#contradictions.contradicted(before, because);
    }
    const record = before === null ? null : advance(before, event);
    if (record !== null && record === before) return;
    const bot = record === null ? null : this.bots.find(record.botId);
    if (record === null || bot === null) {
      const sentence = `There is news of an order that is not in the books, or of a bot that was removed (${event.orderId}, ${event.kind}).`;
      return this.#alert('ORDER_UNMATCHED', null, sentence);
    }
    this.#keep(record);
    this.#pacing.halts.hear(record, this.#pacing.pulse.now);
    if (event.kind === 'order-filled') this.#book(bot, record, event.fill);
    if (record.state === 'unknown') {
      this.#alert('ORDER_UNKNOWN', bot.setup.id, record.note ?? 'The exchange did not answer.');
    }
    bot.orderChanged(record);
    if (event.kind === 'order-accepted' && this.#isPaced) this.#askWhetherTraded(record);
    if (event.kind === 'order-filled') this.#watch();
  }

  /** What takes the prices that are there has traded by the time it is accepted, or never will. */
  #askWhetherTraded({ order }: OrderRecord): void {
    const now = this.orders.get(order.id);
    if (order.type !== 'market' || now === null || !isOpen(now)) return;
    this.#decide({ kind: 'look-up', orderId: order.id });
  }

  #stopEntries(): void {
    if (this.account.tradingState === 'active') this.#setState('reducing');
    this.#withdrawAll();
  }

  #book(bot: Bot, record: OrderRecord, fill: Fill): void {
    const feeInQuote = bookFill(this.account, bot, record, fill);
    const { symbol } = record.order;
    if (feeInQuote !== null) {
      this.fees.pay(symbol, fill, feeInQuote, this.account.balances.rate(bot.pair.quote));
    }
    this.#setup.audit?.({ kind: 'fill', botId: bot.setup.id, symbol, fill, feeInQuote });
  }

  #command(event: CommandEvent): void {
    this.account.advanceTo(event.time);
    const { liveBots, audit } = this.#setup;
    if (liveBots === null) throw new Error('This engine was made for a replay over columns.');
    command(event, {
      bots: this.bots,
      liveBots,
      addBot: (setup) => void this.addBot(setup),
      changed: (botId) => this.#tellBot(botId),
      removed: (botId) => audit?.({ kind: 'bot', botId, status: 'removed', error: null }),
    });
  }

  #control(event: ControlEvent): void {
    this.account.advanceTo(event.time);
    switch (event.kind) {
      case 'halt':
        return this.#halt(event.flatten);
      case 'reduce':
        this.#setState('reducing');
        return this.#withdrawAll();
      case 'arm':
        return this.#setState('active');
      default:
        return assertNever(event);
    }
  }

  #withdrawAll(): void {
    for (const bot of this.bots.list) bot.withdraw();
  }

  #halt(flatten: boolean): void {
    this.#setState('halted');
    for (const bot of this.bots.list) {
      if (flatten) bot.leave('emergency-stop');
      else bot.withdraw();
    }
    const ending = flatten ? 'Positions are being sold.' : 'Protective stops stay.';
    this.#alert('EMERGENCY_STOP', null, `Emergency stop: open entries are withdrawn. ${ending}`);
  }

  #setState(state: TradingState): void {
    this.account.tradingState = state;
    this.#tellState();
  }

  #tellState(): void {
    const { time, tradingState: state } = this.account;
    this.#setup.audit?.({ kind: 'state', time, state });
  }

  /** A day that has just lost too much withdraws every entry and switches live mode off. */
  #watch(): void {
    if (!this.#isLimited || !this.account.watch()) return;
    this.#withdrawAll();
    const { openingEquity } = this.account.day;
    const lost = openingEquity - this.account.equity();
    const sentence = `Today has lost ${lost.toFixed(2)} of ${openingEquity.toFixed(2)}, which is more than the limit: no new entries until the next UTC day.`;
    this.#decide({ kind: 'live-off', sentence });
    this.#alert('DAILY_LOSS_LIMIT', null, sentence);
  }

  #keep(record: OrderRecord): void {
    this.orders.keep(record);
    this.#setup.audit?.({ kind: 'order', record });
  }

  #traded(botId: string, trade: Trade): void {
    const bot = this.bots.get(botId);
    rememberTrade(this.account, bot, trade);
    this.#setup.audit?.({ kind: 'trade', botId, symbol: bot.setup.instrument.symbol, trade });
  }

  #tellBot(botId: string): void {
    const { status, error } = this.bots.get(botId);
    this.#setup.audit?.({ kind: 'bot', botId, status, error });
  }

  #alert(code: AlertCode, botId: string | null, sentence: string): void {
    this.#decide({ kind: 'alert', code, botId, sentence });
  }

  #decide(decision: Decision): void {
    if (this.#isPaced) this.#pacing.count(decision);
    (this.#decisions ??= []).push(decision);
  }

  /** Empties what was decided; the day is told to the books where it has changed. */
  #take(): readonly Decision[] {
    const day = this.account.currentDay;
    if (this.#setup.audit !== null && day !== this.#auditedDay) {
      this.#auditedDay = day;
      if (day !== null) this.#setup.audit({ kind: 'day', day, equity: this.account.equity() });
    }
    const decisions = this.#decisions;
    if (decisions === null) return NO_DECISIONS;
    this.#decisions = null;
    return decisions;
  }

  get #isPaced(): boolean {
    return this.#setup.pricesFrom === 'quotes';
  }

  #makeDesk(): Desk {
    const { policy, highestFees, restingExits, pricesFrom, orderId, liveBots } = this.#setup;
    const pacing = this.#pacing;
    return {
      account: this.account,
      policy,
      feesOf: (symbol) => this.fees.of(symbol),
      market: (symbol) =>
        pricesFrom === 'bars' ? BARS : this.account.quotes.view(symbol, this.account.time),
      // Paper money has no opening that anyone could lose.
      isDayKnown: () => highestFees === null || this.account.isDayKnown,
      restingExits,
      isolatesStrategies: liveBots !== null,
      isPaced: this.#isPaced,
      pulse: pacing.pulse,
      budget: pacing.budget,
      halts: pacing.halts,
      get isReachable() {
        return pacing.isReachable;
      },
      get isDated() {
        return pacing.isDated;
      },
      wakeBy: (moment) => pacing.wakeBy(moment),
      newOrderId: () => orderId((this.#orderCount += 1)),
      openPositions: () => this.bots.openPositions,
      isInDoubt: () => this.bots.isInDoubt,
      stopEntries: () => this.#stopEntries(),
      reserved: (quote) => this.bots.reserved(quote),
      held: (base) => this.bots.held(base),
      decide: (decision) => this.#decide(decision),
      alert: (code, botId, sentence) => this.#alert(code, botId, sentence),
      keep: (record) => this.#keep(record),
      traded: (botId, trade) => this.#traded(botId, trade),
      changed: (botId) => this.#tellBot(botId),
    };
  }
}
