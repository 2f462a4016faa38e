/** The trading engine of one account: events in, decisions out. Synchronous, without I/O, clock or randomness. */

import { Account } from './account/account.ts';
import { bookFill } from './booking.ts';
import { Bot, type BotSetup } from './bot/bot.ts';
import type { Desk } from './bot/desk.ts';
import { HaltedMarkets } from './bot/halted-markets.ts';
import { Roster } from './bot/roster.ts';
import { assertNever } from './domain/assert-never.ts';
import type { Fill } from './domain/fill.ts';
import { utcDay } from './domain/timeframe.ts';
import type { Trade } from './domain/trade.ts';
import type { TradingState } from './domain/trading-state.ts';
import type {
  AlertCode,
  CommandEvent,
  ConnectionEvent,
  ControlEvent,
  Decision,
  EngineEvent,
  MarketEvent,
  ReconciliationEvent,
} from './events.ts';
import type { EngineSetup, EngineState, PacingState } from './engine-setup.ts';
import type { LiveBots } from './live-bots.ts';
import { OrderBook } from './orders/order-book.ts';
import { CAUTIOUS_ALLOWANCE, OrderBudget } from './orders/order-budget.ts';
import { advance, isOpen, type OrderEvent, type OrderRecord } from './orders/order-record.ts';
import { Pulse } from './pulse.ts';
import { exceeds } from './reconciliation/evidence.ts';
import type { Finding } from './reconciliation/finding.ts';
import { KnownFees } from './risk/known-fees.ts';
import { BARS } from './risk/market-view.ts';
import type { TradingDay } from './risk/trading-day.ts';

export type { EngineSetup, EngineState };

/** Whether a fill that is new cannot be of this order: the other side, or more than was ordered. */
function isForeign(record: OrderRecord, fill: Fill): boolean {
  if (record.fillIds.includes(fill.id)) return false;
  const { order, filledAmount, filledCost } = record;
  if (fill.side !== order.side) return true;
  return exceeds(record, filledAmount + fill.amount, filledCost + fill.cost);
}

/** Shared by every event that decides nothing, so that a quiet bar allocates nothing. */
const NO_DECISIONS: readonly Decision[] = [];

export class Engine {
  readonly account: Account;
  readonly orders: OrderBook;
  readonly bots = new Roster();
  readonly #setup: EngineSetup;
  readonly #desk: Desk;
  readonly #isLimited: boolean;
  readonly #judgesLows: boolean;
  readonly #pulse = new Pulse();
  readonly #budget: OrderBudget;
  readonly #halts = new HaltedMarkets();
  #isReachable = true;
  /** Whether the event at hand has told this computer's time. */
  #isDated = false;
  /** ms of the pulse; `null` where nobody waits for a time. */
  #wakeAt: number | null = null;
  readonly fees: KnownFees;
  #orderCount = 0;
  readonly #comparedAt = new Map<string, number>();
  #decisions: Decision[] | null = null;
  #auditedDay: TradingDay | null = null;

  constructor(setup: EngineSetup) {
    this.#setup = setup;
    this.#isLimited = setup.policy.kind === 'hard-limits';
    this.#judgesLows = this.#isLimited && setup.pricesFrom === 'bars';
    const opensAtPrices = this.#isLimited && setup.pricesFrom === 'quotes';
    this.account = new Account({ ...setup.account, opensAtPrices });
    this.fees = new KnownFees(setup.costs, setup.highestFees);
    this.orders = new OrderBook(setup.rememberedOrders);
    this.#budget = new OrderBudget(setup.orderAllowance ?? CAUTIOUS_ALLOWANCE);
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
    return this.#wakeAt === null ? null : this.#pulse.clockTime(this.#wakeAt);
  }

  /** @throws Error when an event contradicts the books: trading has to stop */
  process(event: EngineEvent): readonly Decision[] {
    this.#hearTime(event);
    switch (event.kind) {
      case 'bar-opened':
      case 'bar-closed':
      case 'bars-caught-up':
      case 'quote':
      case 'prices-lost':
        this.#market(event);
        break;
      case 'order-accepted':
      case 'order-rejected':
      case 'order-lost':
      case 'order-unknown':
      case 'order-filled':
      case 'order-cancelled':
      case 'order-expired':
        this.#order(event);
        break;
      case 'transfer':
        this.account.advanceTo(event.time);
        this.account.transfer(event.currency, event.amount);
        this.#setup.audit?.(event);
        this.#watch();
        break;
      case 'fees-known':
        this.fees.tell(event.symbol, event.fees, event.time);
        break;
      case 'day-opened':
        this.account.openAt(utcDay(event.time), event.prices);
        this.#watch();
        break;
      case 'tick':
        this.#tick(event.time);
        break;
      case 'exchange-silent':
      case 'exchange-answers':
        this.#connection(event);
        break;
      case 'position-verdict':
      case 'position-doubted':
      case 'order-contradicted':
        this.#reconcile(event);
        break;
      case 'compared':
        // It changes nothing but that: no day has to be told to the books for it.
        this.#noteCompared(event);
        return NO_DECISIONS;
      case 'halt':
      case 'reduce':
      case 'arm':
        this.#control(event);
        break;
      default:
        this.#command(event);
    }
    return this.#take();
  }

  /** `process({ kind: 'bar-opened' })` for a replay over columns: without the object, by index. */
  openBar(bot: Bot, index: number): readonly Decision[] {
    if (!this.#isLimited) return NO_DECISIONS;
    const { candles } = bot.setup;
    this.account.advanceTo(candles.time[index] ?? NaN);
    this.account.mark(bot.pair, candles.open[index] ?? NaN);
    this.#watch();
    return this.#take();
  }

  /** `process({ kind: 'bar-closed' })` for a replay over columns. */
  closeBar(bot: Bot, index: number): readonly Decision[] {
    this.#closeBar(bot, index);
    return this.#take();
  }

  /** When a currency last agreed with the exchange, ms UTC by its clock; `null` where that is not known. */
  comparedAt(currency: string): number | null {
    return this.#comparedAt.get(currency) ?? null;
  }

  state(): EngineState {
    const bots = Object.fromEntries(this.bots.list.map((bot) => [bot.setup.id, bot.state()]));
    return {
      account: this.account.state(),
      orderCount: this.#orderCount,
      orders: this.orders.all,
      bots,
      lastBars: this.#setup.liveBots?.lastBars() ?? {},
      pacing: {
        pulse: this.#pulse.state(),
        budget: this.#budget.state(),
        halts: this.#halts.state(),
        isReachable: this.#isReachable,
      },
      fees: this.fees.state(),
      comparedAt: Object.fromEntries(this.#comparedAt),
    };
  }

  /** @throws Error when the state names a bot that was not added, or an order that is not in it */
  restore(state: EngineState): void {
    this.account.restore(state.account);
    this.#orderCount = state.orderCount;
    this.fees.restore(state.fees ?? {});
    for (const record of state.orders) this.orders.keep(record);
    if (state.pacing !== undefined) this.#restorePacing(state.pacing);
    for (const [currency, time] of Object.entries(state.comparedAt ?? {})) {
      this.#comparedAt.set(currency, time);
    }
    for (const [botId, botState] of Object.entries(state.bots)) {
      this.bots.get(botId).restore(botState, (orderId) => this.#recordOf(orderId));
    }
  }

  #restorePacing({ pulse, budget, halts, isReachable }: PacingState): void {
    this.#pulse.restore(pulse);
    this.#budget.restore(budget);
    this.#halts.restore(halts);
    this.#isReachable = isReachable;
  }

  /** What an event says of this computer's time. News of orders may have been held up on its way. */
  #hearTime(event: EngineEvent): void {
    this.#isDated = tellsTime(event);
    if (!this.#isDated || !('time' in event)) return;
    const wasSetBack = this.#pulse.hear(event.time, isNews(event));
    if (!this.#isPaced) return;
    const hadUndated = this.#budget.hear(this.#pulse.now);
    // A state that changes must be in the journal: a tick on which nothing else is told may be left out of it.
    if (event.kind === 'tick' && (wasSetBack || hadUndated)) this.#tellState();
  }

  #tick(time: number): void {
    this.account.advanceTo(time);
    this.#watch();
    this.#wakeAt = null;
    for (const bot of this.bots.list) bot.settle();
  }

  #connection({ kind, time, sentence }: ConnectionEvent): void {
    this.account.advanceTo(time);
    const isReachable = kind === 'exchange-answers';
    if (isReachable === this.#isReachable) return;
    this.#isReachable = isReachable;
    this.#alert(isReachable ? 'EXCHANGE_ANSWERS' : 'EXCHANGE_SILENT', null, sentence);
    for (const bot of this.bots.list) bot.settle();
  }

  #market(event: MarketEvent): void {
    switch (event.kind) {
      case 'bar-opened':
        this.account.advanceTo(event.time);
        return this.#price(event.symbol, { ...event, bid: event.open, ask: event.open });
      case 'quote':
        this.account.advanceTo(event.time);
        if (this.bots.on(event.symbol).length > 0) {
          this.account.quotes.see(event.symbol, event.ask, this.account.time);
        }
        return this.#price(event.symbol, event);
      case 'prices-lost':
        return this.account.quotes.forget();
      case 'bar-closed':
        return this.#closeLiveBars(event);
      case 'bars-caught-up':
        return this.#catchUp(event);
      default:
        return assertNever(event);
    }
  }

  /** Marks every bot of the symbol, watches the day, then the levels that the engine keeps itself. */
  #price(
    symbol: string,
    { time, bid, ask }: { readonly time: number; readonly bid: number; readonly ask: number },
  ): void {
    const mark = (bid + ask) / 2;
    const bots = this.bots.on(symbol);
    if (bots.length === 0) this.account.markHeld(symbol, mark);
    for (const bot of bots) this.account.mark(bot.pair, mark);
    if (bots.length === 0) for (const bot of this.bots.list) bot.holding.settleFees();
    this.#watch();
    for (const bot of bots) {
      bot.holding.watchPrice(bid, time);
      if (this.#isPaced) bot.watchEntry(ask);
      bot.settle();
    }
  }

  #closeLiveBars({ symbol, timeframe, bar }: Extract<MarketEvent, { kind: 'bar-closed' }>): void {
    for (const bot of this.bots.on(symbol)) {
      if (bot.setup.timeframe !== timeframe) continue;
      if (this.#liveBots.push(bot.setup.id, bar)) this.#closeBar(bot, 0);
    }
  }

  #catchUp({ botId, bars }: Extract<MarketEvent, { kind: 'bars-caught-up' }>): void {
    const bot = this.bots.get(botId);
    for (const bar of bars) {
      if (this.#liveBots.push(botId, bar)) bot.passBar();
    }
  }

  #closeBar(bot: Bot, index: number): void {
    const { candles } = bot.setup;
    if (this.#judgesLows && bot.holding.position.isOpen) {
      this.account.mark(bot.pair, candles.low[index] ?? NaN);
      this.#watch();
    }
    this.account.mark(bot.pair, candles.close[index] ?? NaN);
    this.#watch();
    this.account.advanceTo((candles.time[index] ?? NaN) + bot.barMs);
    bot.closeBar(index);
  }

  #order(event: OrderEvent): void {
    this.account.advanceTo(event.kind === 'order-filled' ? event.fill.time : event.time);
    const before = this.orders.get(event.orderId);
    if (before !== null && event.kind === 'order-filled' && isForeign(before, event.fill)) {
      return this.#contradicted(
        before,
        'The exchange reports a trade that cannot be of this order.',
      );
    }
    const record = before === null ? null : advance(before, event);
    if (record !== null && record === before) return;
    const bot = record === null ? null : this.bots.find(record.botId);
    if (record === null || bot === null) {
      const sentence = `There is news of an order that is not in the books, or of a bot that was removed (${event.orderId}, ${event.kind}).`;
      return this.#alert('ORDER_UNMATCHED', null, sentence);
    }
    this.#keep(record);
    this.#halts.hear(record, this.#pulse.now);
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

  #noteCompared({ time, currencies }: Extract<ReconciliationEvent, { kind: 'compared' }>): void {
    for (const currency of currencies) this.#comparedAt.set(currency, time);
  }

  #reconcile(event: Exclude<ReconciliationEvent, { readonly kind: 'compared' }>): void {
    switch (event.kind) {
      case 'position-verdict':
        this.account.advanceTo(event.time);
        return this.#judged(this.bots.find(event.botId), event.finding);
      case 'position-doubted':
        this.account.advanceTo(event.time);
        return this.bots.find(event.botId)?.holding.suspect();
      case 'order-contradicted': {
        this.account.advanceTo(event.time);
        const record = this.orders.get(event.orderId);
        if (record !== null) return this.#contradicted(record, event.sentence);
        this.#alert('FOREIGN_ORDER', null, event.sentence);
        return this.#stopEntries();
      }
      default:
        return assertNever(event);
    }
  }

  #judged(bot: Bot | null, finding: Finding): void {
    bot?.judged(finding);
    if (this.bots.isInDoubt) this.#withdrawAll();
  }

  /** Of a sale the coins are in doubt; of an entry nothing is held yet, so nothing is bought until a person arms. */
  #contradicted({ order, botId }: OrderRecord, because: string): void {
    const sentence = `What the exchange shows as order ${order.id} is not what was ordered. ${because} It is not booked. Look at the orders on the exchange.`;
    this.#alert('ORDER_UNMATCHED', botId, sentence);
    if (order.purpose === 'entry') return this.#stopEntries();
    this.#judged(this.bots.find(botId), { kind: 'quarantined', because });
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
    if (event.kind === 'bot-added') {
      this.addBot(this.#liveBots.create(event.config, event.instrument));
      return this.#tellBot(event.config.id);
    }
    const bot = this.bots.get(event.botId);
    switch (event.kind) {
      case 'bot-started':
        return this.#setStatus(bot, 'running');
      case 'bot-paused':
        return this.#setStatus(bot, 'paused');
      case 'bot-stopped':
        return this.#setStatus(bot, 'stopped');
      case 'bot-removed':
        return this.#remove(bot);
      case 'position-close':
        return bot.leave('manual');
      case 'exit-adopted':
        return bot.adoptExit(event.order);
      case 'position-written-off':
        return bot.writeOff();
      case 'position-kept':
        return bot.keepPosition();
      case 'entry-by-hand':
        return bot.enterByHand(event);
      default:
        return assertNever(event);
    }
  }

  #setStatus(bot: Bot, status: 'running' | 'paused' | 'stopped'): void {
    bot.setStatus(status);
    this.#tellBot(bot.setup.id);
  }

  #remove(bot: Bot): void {
    const { id } = bot.setup;
    if (!bot.isIdle) throw new Error(`The bot ${id} has a position or an order and was removed.`);
    this.bots.remove(id);
    this.#liveBots.remove(id);
    this.#setup.audit?.({ kind: 'bot', botId: id, status: 'removed', error: null });
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
    const { pair, setup } = this.bots.get(botId);
    const rate = this.account.balances.rate(pair.quote);
    const { exitTime, exitReason, pnl } = trade;
    if (exitTime === null || exitReason === null) throw new Error('The trade has no exit.');
    this.account.remember({ botId, exitTime, exitReason, pnl: pnl * rate });
    this.#setup.audit?.({ kind: 'trade', botId, symbol: setup.instrument.symbol, trade });
  }

  #tellBot(botId: string): void {
    const { status, error } = this.bots.get(botId);
    this.#setup.audit?.({ kind: 'bot', botId, status, error });
  }

  #alert(code: AlertCode, botId: string | null, sentence: string): void {
    this.#decide({ kind: 'alert', code, botId, sentence });
  }

  #decide(decision: Decision): void {
    if (this.#isPaced) this.#budget.count(sentOn(decision));
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

  #recordOf(orderId: string): OrderRecord {
    const record = this.orders.get(orderId);
    if (record === null) throw new Error(`There is no order ${orderId}.`);
    return record;
  }

  get #isPaced(): boolean {
    return this.#setup.pricesFrom === 'quotes';
  }

  #wakeBy(moment: number | null): void {
    if (moment !== null) this.#wakeAt = Math.min(this.#wakeAt ?? Infinity, moment);
  }

  get #liveBots(): LiveBots {
    const { liveBots } = this.#setup;
    if (liveBots === null) throw new Error('This engine was made for a replay over columns.');
    return liveBots;
  }

  #makeDesk(): Desk {
    const { policy, highestFees, restingExits, pricesFrom, orderId, liveBots } = this.#setup;
    const isReachable = (): boolean => this.#isReachable;
    const isDated = (): boolean => this.#isDated;
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
      pulse: this.#pulse,
      budget: this.#budget,
      halts: this.#halts,
      get isReachable() {
        return isReachable();
      },
      get isDated() {
        return isDated();
      },
      wakeBy: (moment) => this.#wakeBy(moment),
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

/** News of orders: it is dated when it is told, and may be told late. */
function isNews({ kind }: EngineEvent): boolean {
  return kind.startsWith('order-');
}

/** Whether an event is dated by this computer's clock; prices, bars and fills are by the exchange's. */
function tellsTime({ kind }: EngineEvent): boolean {
  switch (kind) {
    case 'bar-opened':
    case 'bar-closed':
    case 'bars-caught-up':
    case 'quote':
    case 'order-filled':
      return false;
    default:
      return true;
  }
}

/** Orders and cancellations that a decision sends. */
function sentOn({ kind }: Decision): number {
  if (kind === 'submit-pair') return 2;
  return kind === 'submit' || kind === 'cancel' ? 1 : 0;
}
