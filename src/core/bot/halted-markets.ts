/** Pairs that an exchange has said not to trade at the moment: what guards there stays, until it may trade again. */

import { assertNever } from '../domain/assert-never.ts';
import { isOpen, type OrderRecord } from '../orders/order-record.ts';

/** A pair that is believed to be halted, ms of the pulse. */
interface Halt {
  readonly until: number;
  readonly times: number;
}

/** By symbol. */
export type HaltsState = Readonly<Record<string, Halt>>;

const MINUTE = 60_000;
const FIRST_HOLD_MS = 5 * MINUTE;
const LONGEST_HOLD_MS = 30 * MINUTE;

export class HaltedMarkets {
  readonly #halts = new Map<string, Halt>();

  /** When it may be tried again whether the pair trades, ms of the pulse; `null` where it is not known to be halted. */
  haltedUntil(symbol: string, now: number): number | null {
    const halt = this.#halts.get(symbol);
    return halt !== undefined && now < halt.until ? halt.until : null;
  }

  /** Learns from what became of an order. */
  hear(record: OrderRecord, now: number): void {
    const { symbol } = record.order;
    if (record.refusal === 'halted') return this.#hold(symbol, now);
    // What was sent before the halt proves nothing by ending.
    if (isProofOfTrading(record)) this.#halts.delete(symbol);
  }

  state(): HaltsState {
    return Object.fromEntries(this.#halts);
  }

  restore(state: HaltsState): void {
    for (const [symbol, halt] of Object.entries(state)) this.#halts.set(symbol, halt);
  }

  #hold(symbol: string, now: number): void {
    const times = (this.#halts.get(symbol)?.times ?? 0) + 1;
    const holdMs = Math.min(FIRST_HOLD_MS * 2 ** (times - 1), LONGEST_HOLD_MS);
    this.#halts.set(symbol, { until: now + holdMs, times });
  }
}

function isProofOfTrading(record: OrderRecord): boolean {
  switch (record.state) {
    case 'filled':
    case 'partially-filled':
      return true;
    case 'accepted':
      return isOpen(record) && !record.cancelRequested;
    case 'submitting':
    case 'unknown':
    case 'cancelled':
    case 'expired':
    case 'rejected':
      return false;
    default:
      return assertNever(record.state);
  }
}
