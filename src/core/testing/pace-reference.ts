/** How often may be sent, and what a person must have been told: reckoned from what happened, apart from the engine. */

import type { Instrument } from '../domain/instrument.ts';
import type { Decision, EngineEvent } from '../events.ts';
import type { GatedOrder } from '../risk/approved-order.ts';
import { expectThat } from './expect-that.ts';

const ROUNDING = 1e-9;
const WINDOW_MS = 10_000;
const MOST_IN_WINDOW = 50;
const DEADLINE_MS = 2_000;
/** After two sales that did nothing the next one waits at least this long. */
const LEAST_PAUSE_MS = 500;
/** Sales that did nothing and lie further apart than this have nothing to do with each other. */
const FORGOTTEN_MS = 60_000;
/** How long a clock that was moved may keep the engine from knowing the time. */
const CLOCK_DOUBT_MS = 25_000;

interface Known {
  readonly order: GatedOrder;
  readonly botId: string;
  isConfirmed: boolean;
  isCancelled: boolean;
  isOver: boolean;
  filled: number;
  readonly fills: Set<string>;
  /** Since when it may have bought, ms UTC; `null` for a limit whose price has not been there. */
  mayHaveFilledAt: number | null;
}

export interface PaceSetting {
  readonly instruments: ReadonlyMap<string, Instrument>;
  /** Of the exchange, ms UTC. */
  readonly now: () => number;
  readonly held: (botId: string) => number;
  /** Nothing rests at this exchange: the engine keeps every level, and that is no alarm. */
  readonly keepsNothing: boolean;
}

export class PaceReference {
  readonly #setting: PaceSetting;
  readonly #orders = new Map<string, Known>();
  #sent: number[] = [];
  /** Since when each bot holds coins without a proven stop, ms UTC. */
  readonly #unguardedSince = new Map<string, number>();
  /** Sales in a row that ended without selling anything, and when the last one did. */
  readonly #failed = new Map<string, { readonly count: number; readonly at: number }>();
  readonly #alarm = new Map<string, 'unguarded' | 'not-sold' | 'left-over'>();

  constructor(setting: PaceSetting) {
    this.#setting = setting;
  }

  /** The machine's clock was moved: for a while the engine may be early or late. */
  doubtClock(): void {
    const later = this.#setting.now() + CLOCK_DOUBT_MS;
    for (const botId of this.#unguardedSince.keys()) this.#unguardedSince.set(botId, later);
    for (const known of this.#orders.values()) {
      if (known.mayHaveFilledAt !== null) known.mayHaveFilledAt = later;
    }
    this.#sent = [];
    this.#failed.clear();
  }

  hear(event: EngineEvent): void {
    this.#learn(event);
    // What has ended is no more to be looked at.
    if ('orderId' in event && this.#orders.get(event.orderId)?.isOver === true) {
      this.#orders.delete(event.orderId);
    }
  }

  #learn(event: EngineEvent): void {
    if (event.kind === 'quote') this.#noteReached(event.symbol, event.ask);
    // A person who asks may have it sooner.
    if (event.kind === 'position-close') this.#failed.delete(event.botId);
    if (event.kind === 'halt') this.#failed.clear();
    if (!('orderId' in event)) return;
    const known = this.#orders.get(event.orderId);
    if (known === undefined) return;
    switch (event.kind) {
      case 'order-accepted':
        known.isConfirmed = true;
        return;
      case 'order-filled':
        known.isConfirmed = true;
        if (!known.fills.has(event.fill.id)) known.filled += event.fill.amount;
        known.fills.add(event.fill.id);
        if (known.order.purpose === 'exit') this.#failed.delete(known.botId);
        if (event.fill.complete) known.isOver = true;
        return;
      case 'order-cancelled':
      case 'order-expired':
      case 'order-rejected':
      case 'order-lost':
        this.#noteEnd(known);
        break;
      default:
    }
  }

  check(event: EngineEvent, decisions: readonly Decision[], botOf: (id: string) => string): void {
    for (const decision of decisions) this.#decided(decision, botOf);
    const from = this.#setting.now() - WINDOW_MS;
    this.#sent = this.#sent.filter((at) => at > from);
    const isFew = this.#sent.length <= MOST_IN_WINDOW;
    expectThat(isFew, `${this.#sent.length} orders within ${WINDOW_MS} ms`);
    this.#noteGuards();
    if (event.kind === 'tick') this.#checkTold();
  }

  #decided(decision: Decision, botOf: (id: string) => string): void {
    switch (decision.kind) {
      case 'submit':
        return this.#submit([decision.order], botOf);
      case 'submit-pair':
        return this.#submit([decision.stop, decision.target], botOf);
      case 'cancel': {
        const known = this.#orders.get(decision.orderId);
        if (known !== undefined) known.isCancelled = true;
        break;
      }
      case 'alert':
        return this.#hearAlert(decision);
      default:
    }
  }

  #submit(orders: readonly GatedOrder[], botOf: (id: string) => string): void {
    for (const order of orders) {
      const botId = botOf(order.id);
      const now = this.#setting.now();
      this.#sent.push(now);
      if (order.purpose === 'exit' && order.type === 'market') this.#checkPause(botId, now);
      this.#orders.set(order.id, {
        order,
        botId,
        isConfirmed: false,
        isCancelled: false,
        isOver: false,
        filled: 0,
        fills: new Set(),
        mayHaveFilledAt: order.purpose === 'entry' && order.type === 'market' ? now : null,
      });
    }
  }

  #checkPause(botId: string, now: number): void {
    const { count = 0, at = now } = this.#failed.get(botId) ?? {};
    const isSoon = count >= 2 && now - at < LEAST_PAUSE_MS;
    expectThat(
      !isSoon,
      `${botId} sells again ${now - at} ms after ${count} sales that did nothing`,
    );
  }

  #noteEnd(known: Known): void {
    if (known.isOver) return;
    known.isOver = true;
    const { order, botId } = known;
    if (order.purpose !== 'exit' || order.type !== 'market' || known.filled > 0) return;
    const now = this.#setting.now();
    const last = this.#failed.get(botId);
    const isSame = last !== undefined && now - last.at < FORGOTTEN_MS;
    this.#failed.set(botId, { count: isSame ? last.count + 1 : 1, at: now });
  }

  /** One alert for each trouble: a worse one may follow a lesser, and nothing else before it is over. */
  #hearAlert({ code, botId }: Extract<Decision, { kind: 'alert' }>): void {
    if (botId === null) return;
    const last = this.#alarm.get(botId);
    const before = last === 'left-over' ? undefined : last;
    switch (code) {
      case 'POSITION_GUARDED':
        expectThat(last !== undefined, `${botId} tells that trouble is over that it never told`);
        this.#alarm.delete(botId);
        return;
      case 'POSITION_UNGUARDED':
      case 'STOP_NOT_RESTING':
        expectThat(before === undefined, `${botId} tells ${code} after ${before}`);
        this.#alarm.set(botId, 'unguarded');
        return;
      case 'EXIT_FAILED':
        // What is left as dust is told by the same code, and is no position any more.
        if (this.#setting.held(botId) <= ROUNDING) {
          this.#alarm.set(botId, 'left-over');
          return;
        }
        expectThat(before !== 'not-sold', `${botId} tells ${code} after ${before}`);
        this.#alarm.set(botId, 'not-sold');
        break;
      default:
    }
  }

  #noteReached(symbol: string, ask: number): void {
    for (const known of this.#orders.values()) {
      const { order, isOver } = known;
      if (isOver || order.symbol !== symbol || order.purpose !== 'entry') continue;
      if (order.price !== null && ask <= order.price) known.mayHaveFilledAt ??= this.#setting.now();
    }
  }

  #noteGuards(): void {
    for (const botId of this.#setting.instruments.keys()) {
      if (!this.#isUnguarded(botId)) this.#unguardedSince.delete(botId);
      else if (!this.#unguardedSince.has(botId)) {
        this.#unguardedSince.set(botId, this.#setting.now());
      }
    }
  }

  #isUnguarded(botId: string): boolean {
    const held = this.#setting.held(botId);
    let guarded = 0;
    for (const { order, isOver, isCancelled, isConfirmed, ...known } of this.#orders.values()) {
      if (known.botId !== botId || isOver || !isConfirmed || isCancelled) continue;
      if (order.purpose === 'exit' && order.type === 'stop-loss') {
        guarded += order.size.amount - known.filled;
      }
    }
    const step = this.#setting.instruments.get(botId)?.amountStep ?? 0;
    return held > ROUNDING && guarded < held * (1 - ROUNDING) - step;
  }

  #checkTold(): void {
    if (this.#setting.keepsNothing) return;
    for (const [botId, since] of this.#unguardedSince) this.#checkBot(botId, since);
    for (const { botId, isOver, mayHaveFilledAt } of this.#orders.values()) {
      if (!isOver && mayHaveFilledAt !== null) this.#checkBot(botId, mayHaveFilledAt);
    }
  }

  #checkBot(botId: string, since: number): void {
    const passed = this.#setting.now() - since;
    const told = this.#alarm.get(botId) ?? 'left-over';
    const isSilent = passed >= DEADLINE_MS && told === 'left-over';
    expectThat(!isSilent, `${botId} may hold coins unguarded for ${passed} ms, and nobody knows`);
  }
}
