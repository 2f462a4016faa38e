/** The world of one run: two engines, an exchange that misbehaves, and references that are told of every event. */

import type { Instrument } from '../domain/instrument.ts';
import { REFUSALS } from '../domain/refusal.ts';
import type { AlertCode, Decision, EngineEvent } from '../events.ts';
import type { OrderEvent } from '../orders/order-record.ts';
import type { GatedOrder } from '../risk/approved-order.ts';
import { Bars } from './bars.ts';
import { ExchangeModel } from './exchange-model.ts';
import { LedgerReference } from './ledger-reference.ts';
import { LimitsReference } from './limits-reference.ts';
import { Mail, type Outgoing } from './mail.ts';
import { OrdersReference } from './orders-reference.ts';
import { PaceReference } from './pace-reference.ts';
import type { Setting } from './sequence.ts';
import { StopsReference } from './stops-reference.ts';
import { Twins } from './twins.ts';
import { botConfig, instrumentOf } from './world-bots.ts';

/** 2026-01-05, a Monday, at noon. */
const START = 1_767_614_400_000;

const MINUTE = 60_000;

export class World {
  readonly setting: Setting;
  readonly bars = new Bars();
  readonly twins: Twins;
  readonly exchange: ExchangeModel;
  readonly mail: Mail;
  readonly instruments: ReadonlyMap<string, Instrument>;
  readonly counts = { events: 0, fills: 0, repetitions: 0, restarts: 0, denials: 0 };
  /** Alerts of each bot, in order. */
  readonly alerts: { readonly botId: string | null; readonly code: AlertCode }[] = [];
  /** Of the exchange, ms UTC. */
  now = START;
  /** What the clock of this machine is ahead. */
  skew = 0;
  readonly #ledger = new LedgerReference();
  readonly #limits: LimitsReference;
  readonly #orders = new OrdersReference((botId) => this.#ledger.held(botId));
  readonly #stops = new StopsReference();
  readonly #pace: PaceReference;
  readonly #told = new Set<string>();
  #fatesUsed = 0;
  #cancelsUsed = 0;
  /** From now on nothing goes wrong any more. */
  isCalm = false;

  constructor(setting: Setting) {
    this.setting = setting;
    const bots = setting.bots.map((bot, index) => ({
      config: botConfig(bot, index),
      instrument: instrumentOf(bot.symbol, setting.hasSteps),
    }));
    this.instruments = new Map(bots.map(({ config, instrument }) => [config.id, instrument]));
    this.#limits = new LimitsReference(this.#ledger, this.instruments);
    this.#pace = new PaceReference({
      instruments: this.instruments,
      now: () => this.now,
      held: (botId) => this.#ledger.held(botId),
      keepsNothing: setting.restingExits === 'none',
    });
    this.mail = new Mail();
    this.exchange = new ExchangeModel({
      feeIn: setting.feeIn,
      stopsStick: setting.stopsStick,
      instrumentOf: (symbol) => instrumentOf(symbol, setting.hasSteps),
      priceOf: (symbol) => this.bars.price(symbol),
      now: () => this.now,
      tell: (event) => this.mail.post(event),
    });
    this.twins = new Twins(setting.restingExits, bots);
    // Money is there before the bots: a restarted engine meets the currencies in another order.
    this.#deposit('USDT', setting.cash);
    if (setting.feeIn === 'BNB') this.#deposit('BNB', 1);
    this.twins.addBots(START);
  }

  get state(): LimitsReference['state'] {
    return this.#limits.state;
  }

  get orderCount(): number {
    return this.#orders.count;
  }

  get botIds(): readonly string[] {
    return [...this.instruments.keys()];
  }

  get symbols(): readonly string[] {
    return [...new Set([...this.instruments.values()].map(({ symbol }) => symbol))];
  }

  /** Time of the person's own machine. */
  get localTime(): number {
    return this.now + this.skew;
  }

  process(event: EngineEvent): void {
    this.counts.events += 1;
    const worthBefore = this.#limits.worth();
    this.#count(event);
    this.#limits.hear(event, worthBefore);
    this.#pace.hear(event);
    this.#stops.before(this.twins.steady);
    const decisions = this.twins.process(event);
    this.#stops.check(event, this.twins.steady);
    this.#check(decisions);
    this.#pace.check(event, decisions, (orderId) => this.#botOf(orderId));
    for (const decision of decisions) this.#carryOut(decision);
  }

  deliver(pick: number, again: boolean): void {
    const event = this.mail.take(pick, again);
    if (event === null) return;
    // The pump dates news when it hears it; a fill brings the exchange's time.
    this.process(event.kind === 'order-filled' ? event : { ...event, time: this.localTime });
  }

  /** Tells the engine the time, where it has asked for it and the time has come. */
  wake(): void {
    const deadline = this.twins.steady.nextDeadline;
    if (deadline === null || deadline > this.localTime) return;
    this.process({ kind: 'tick', time: this.localTime });
  }

  /** Lets the time pass that the engine waits for. @returns whether it waits for any */
  waitForDeadline(): boolean {
    const deadline = this.twins.steady.nextDeadline;
    if (deadline === null) return false;
    if (deadline > this.localTime) this.now += deadline - this.localTime;
    this.process({ kind: 'tick', time: this.localTime });
    return true;
  }

  setClock(ahead: number): void {
    this.skew = ahead;
    this.#pace.doubtClock();
  }

  /** Lets one thing that was slow arrive at the exchange. */
  arrive(pick: number): void {
    const { outgoing } = this.mail;
    const [late] = outgoing.splice(pick % Math.max(1, outgoing.length), 1);
    if (late !== undefined) this.#send(late);
  }

  quote(symbol: string, price: number): void {
    this.bars.move(symbol, price);
    const ask = price * 1.0002;
    this.process({ kind: 'quote', symbol, time: this.localTime, bid: price, ask });
  }

  closeBars(): void {
    this.now = (Math.floor(this.now / MINUTE) + 1) * MINUTE;
    for (const symbol of this.symbols) {
      const bar = this.bars.close(symbol, this.now);
      this.process({ kind: 'bar-closed', symbol, timeframe: '1m', bar });
    }
  }

  transfer(currency: string, amount: number): void {
    if ((this.exchange.balances.get(currency) ?? 0) + amount < 0) return;
    const isTraded = [...this.instruments.values()].some(({ base }) => base === currency);
    // Nobody takes a bot's coins away.
    if (isTraded && amount < 0) return;
    this.#deposit(currency, amount);
  }

  /** Compares positions in doubt: nobody else trades in this account. @returns whether there was one */
  compare(): boolean {
    const doubted = this.twins.steady.bots.list.filter(({ holding }) => holding.doubt !== null);
    for (const { setup } of doubted) {
      const finding = { kind: 'agreed' } as const;
      this.process({ kind: 'position-verdict', time: this.localTime, botId: setup.id, finding });
    }
    return doubted.length > 0;
  }

  restart(): void {
    this.counts.restarts += 1;
    this.twins.restart((symbol) => this.bars.closed(symbol));
  }

  #check(decisions: readonly Decision[]): void {
    const { bots } = this.twins.steady;
    const botOf = (orderId: string) => this.#botOf(orderId);
    this.#ledger.check(
      this.twins.steady,
      this.instruments,
      (symbol) => this.#limits.price(symbol),
      (botId) => this.#orders.hasOpenEntry(botId),
    );
    this.#orders.check(decisions, botOf);
    this.#limits.check(decisions, botOf);
    this.#orders.checkEntries(
      (botId) => this.#limits.mayBuy(botId) && bots.get(botId).holding.wantsOut === null,
    );
  }

  #deposit(currency: string, amount: number): void {
    this.exchange.add(currency, amount);
    this.process({ kind: 'transfer', time: this.localTime, currency, amount });
  }

  #count(event: EngineEvent): void {
    if (event.kind === 'transfer') return this.#ledger.add(event.currency, event.amount);
    if (!isNews(event)) return;
    const key = event.kind === 'order-filled' ? event.fill.id : event.kind;
    if (this.#told.has(`${event.orderId}/${key}`)) this.counts.repetitions += 1;
    this.#told.add(`${event.orderId}/${key}`);
    this.#orders.hear(event);
    if (event.kind !== 'order-filled') return;
    const botId = this.#orders.botOf(event.orderId);
    const instrument = this.instruments.get(botId);
    if (instrument === undefined) throw new Error(`There is no bot ${botId}.`);
    if (this.#ledger.fill(botId, instrument, event.fill)) this.counts.fills += 1;
  }

  #carryOut(decision: Decision): void {
    switch (decision.kind) {
      case 'submit':
        return this.#submit([decision.order]);
      case 'submit-pair':
        return this.#submit([decision.stop, decision.target]);
      case 'cancel':
        return this.#cancel(decision.orderId);
      case 'alert':
        this.alerts.push(decision);
        return;
      case 'denied':
        this.counts.denials += 1;
        break;
      case 'live-off':
      case 'look-up':
      case 'reconcile':
        break;
    }
  }

  #submit(orders: readonly GatedOrder[]): void {
    const fate = (this.isCalm ? null : this.setting.fates[this.#fatesUsed]) ?? 'placed';
    this.#fatesUsed += 1;
    const time = this.localTime;
    if (fate === 'slow') this.mail.outgoing.push({ kind: 'place', orders });
    if (fate === 'placed' || fate === 'silent-placed') this.exchange.place(orders);
    for (const { id: orderId } of orders) {
      if (fate === 'refused') {
        this.mail.post({
          kind: 'order-rejected',
          orderId,
          time,
          refusal: REFUSALS[this.#fatesUsed % REFUSALS.length] ?? 'for-now',
          sentence: 'Refused.',
        });
      }
      if (fate !== 'silent-placed' && fate !== 'silent-lost') continue;
      this.mail.post({ kind: 'order-unknown', orderId, time, sentence: 'No answer.' });
      if (fate === 'silent-lost') this.mail.post({ kind: 'order-lost', orderId, time });
    }
  }

  #cancel(orderId: string): void {
    const isSlow = !this.isCalm && (this.setting.slowCancels[this.#cancelsUsed] ?? false);
    this.#cancelsUsed += 1;
    if (isSlow) this.mail.outgoing.push({ kind: 'cancel', orderId });
    else this.#send({ kind: 'cancel', orderId });
  }

  #send(message: Outgoing): void {
    if (message.kind === 'place') return this.exchange.place(message.orders);
    const isOnItsWay = this.mail.outgoing.some(
      (other) => other.kind === 'place' && other.orders.some(({ id }) => id === message.orderId),
    );
    // Whoever cancels an order that the exchange does not know asks again.
    if (isOnItsWay) this.mail.outgoing.push(message);
    else this.exchange.cancel(message.orderId);
  }

  #botOf(orderId: string): string {
    const record = this.twins.steady.orders.get(orderId);
    if (record === null) throw new Error(`The engine has no record of ${orderId}.`);
    return record.botId;
  }
}

function isNews(event: EngineEvent): event is OrderEvent {
  return event.kind.startsWith('order-');
}
