/** What pauses, deadlines and the flow of orders go by: this computer's time, the exchange's answers, the budget. */

import { HaltedMarkets } from './bot/halted-markets.ts';
import type { PacingState } from './engine-setup.ts';
import type { Decision, EngineEvent } from './events.ts';
import { OrderBudget, type OrderAllowance } from './orders/order-budget.ts';
import { Pulse } from './pulse.ts';

export class Pacing {
  readonly pulse = new Pulse();
  readonly halts = new HaltedMarkets();
  readonly budget: OrderBudget;
  /** Whether the exchange answers. */
  isReachable = true;
  /** Whether the event at hand has told this computer's time. */
  #isDated = false;
  /** ms of the pulse; `null` where nobody waits for a time. */
  #wakeAt: number | null = null;

  constructor(allowance: OrderAllowance) {
    this.budget = new OrderBudget(allowance);
  }

  get isDated(): boolean {
    return this.#isDated;
  }

  /** ms UTC by this computer's clock; `-Infinity` for at once, `null` where nobody waits for a time. */
  get nextDeadline(): number | null {
    return this.#wakeAt === null ? null : this.pulse.clockTime(this.#wakeAt);
  }

  /**
   * Takes what an event says of this computer's time; news of orders may have been held up on its way.
   * @returns whether what is kept has changed by that
   */
  hear(event: EngineEvent): boolean {
    this.#isDated = tellsTime(event);
    if (!this.#isDated || !('time' in event)) return false;
    const wasSetBack = this.pulse.hear(event.time, isNews(event));
    const hadUndated = this.budget.hear(this.pulse.now);
    return wasSetBack || hadUndated;
  }

  /** @param moment ms of the pulse; `null` for none */
  wakeBy(moment: number | null): void {
    if (moment !== null) this.#wakeAt = Math.min(this.#wakeAt ?? Infinity, moment);
  }

  /** A time has come: whoever waits for another one says so again. */
  awake(): void {
    this.#wakeAt = null;
  }

  /** Counts what a decision sends. */
  count({ kind }: Decision): void {
    if (kind === 'submit-pair') this.budget.count(2);
    else if (kind === 'submit' || kind === 'cancel') this.budget.count(1);
  }

  state(): PacingState {
    return {
      pulse: this.pulse.state(),
      budget: this.budget.state(),
      halts: this.halts.state(),
      isReachable: this.isReachable,
    };
  }

  restore({ pulse, budget, halts, isReachable }: PacingState): void {
    this.pulse.restore(pulse);
    this.budget.restore(budget);
    this.halts.restore(halts);
    this.isReachable = isReachable;
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
