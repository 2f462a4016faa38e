/** Finds out what has become of orders that nobody answered for: asks by client id until the exchange proves it. */

import type { EngineEvent } from '../../core/events.ts';
import { isOpen, type OrderRecord } from '../../core/orders/order-record.ts';
import { Unfound } from '../../core/reconciliation/arrival.ts';
import { mismatch, type Clocks } from '../../core/reconciliation/evidence.ts';
import type { ExchangeOrder, ExchangePort } from '../../core/ports/exchange.ts';
import type { Clock } from './clock.ts';

export interface LookUpOptions {
  readonly exchange: Pick<ExchangePort, 'find' | 'arrivalMs'>;
  readonly clock: Clock;
  readonly record: (orderId: string) => OrderRecord | null;
  readonly dispatch: (event: EngineEvent) => void;
  /** Whether an order that is found open is to be cancelled. */
  readonly mustGo: (record: OrderRecord) => boolean;
  readonly cancelAgain: (orderId: string, symbol: string) => void;
  readonly clocks: () => Clocks;
  /** Whether trades and balances agree that an order which is not found never took effect. @param askedMs for so long */
  readonly tookNoEffect: (record: OrderRecord, askedMs: number) => Promise<boolean>;
  /** Told before the books are, where an order of ours turns out to have been cancelled or to have expired. */
  readonly foundEnded: (record: OrderRecord) => void;
  readonly track: (work: Promise<void>) => void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

export class LookUps {
  readonly #options: LookUpOptions;
  /** Calls off the timers of orders that are asked for again. */
  readonly #waiting = new Map<string, () => void>();
  /** How long the next question about an order waits, ms; kept until the order has ended, whoever asks. */
  readonly #waits = new Map<string, number>();
  readonly #unfound = new Unfound();
  /** Orders that are not found although they have been asked for as long as one may take to arrive. */
  readonly #overdue = new Set<string>();
  /** Orders under whose ids the exchange has shown something else; each is told of once. */
  readonly #contradicted = new Set<string>();
  #isStopped = false;

  constructor(options: LookUpOptions) {
    this.#options = options;
  }

  /** Asks soon, and again with growing pauses until it is known. Does nothing for an order that is being asked for. */
  begin(orderId: string): void {
    if (this.#isStopped || this.#waiting.has(orderId)) return;
    const wait = this.#waits.get(orderId) ?? 0;
    this.#waits.set(orderId, Math.min(Math.max(2 * wait, FIRST_WAIT_MS), LONGEST_WAIT_MS));
    const { clock, track } = this.#options;
    const callOff = clock.setTimer(wait, () => {
      this.#waiting.delete(orderId);
      track(this.#askAgain(orderId));
    });
    this.#waiting.set(orderId, callOff);
  }

  /** Whether an order has been asked for as long as it could take to arrive, and is not found. */
  isOverdue(orderId: string): boolean {
    return this.#overdue.has(orderId);
  }

  /** Asks once. @returns whether the exchange could tell what has become of it */
  async ask(orderId: string): Promise<boolean> {
    const { exchange, record, clock, dispatch } = this.#options;
    const known = record(orderId);
    if (known === null || !isOpen(known)) return true;
    const found = await exchange.find(orderId, known.order.symbol);
    if (!found.ok) return false;
    if (found.value !== null && this.#isOurs(known, found.value)) {
      this.#unfound.forget(orderId);
      this.#tell(known, found.value);
      return true;
    }
    const askedMs = this.#unfound.note(orderId, clock.now());
    if (askedMs < exchange.arrivalMs) return false;
    this.#overdue.add(orderId);
    const isProven = await this.#options.tookNoEffect(known, askedMs);
    const current = record(orderId);
    if (current === null || !isOpen(current)) return true;
    // It was heard of while the question was on its way: an answer from before proves nothing.
    if (current !== known || !isProven) return false;
    const now = clock.now();
    // An order that was once accepted has ended and been forgotten there; its fills have been told.
    if (known.state === 'submitting' || known.state === 'unknown') {
      dispatch({ kind: 'order-lost', orderId, time: now });
    } else {
      const sentence = 'The exchange does not know it any more.';
      dispatch({ kind: 'order-expired', orderId, time: now, filledAmount: null, sentence });
    }
    return true;
  }

  stop(): void {
    this.#isStopped = true;
    for (const callOff of this.#waiting.values()) callOff();
    this.#waiting.clear();
  }

  async #askAgain(orderId: string): Promise<void> {
    const isKnown = await this.ask(orderId);
    const record = this.#options.record(orderId);
    if (record === null || !isOpen(record)) this.#forget(orderId);
    else if (!isKnown || record.awaitedEnd !== null || takesAtOnce(record)) this.begin(orderId);
  }

  #forget(orderId: string): void {
    this.#waits.delete(orderId);
    this.#unfound.forget(orderId);
    this.#overdue.delete(orderId);
  }

  #isOurs(record: OrderRecord, found: ExchangeOrder): boolean {
    const { clock, clocks, dispatch } = this.#options;
    const sentence = mismatch(record, found, clocks());
    if (sentence === null) return true;
    const orderId = record.order.id;
    if (this.#contradicted.has(orderId)) return false;
    this.#contradicted.add(orderId);
    dispatch({ kind: 'order-contradicted', time: clock.now(), orderId, sentence });
    return false;
  }

  /** Tells the engine what the exchange shows; what it knows already it counts once. */
  #tell(known: OrderRecord, found: ExchangeOrder): void {
    const { clock, dispatch, record, mustGo, cancelAgain, foundEnded } = this.#options;
    const orderId = known.order.id;
    const time = clock.now();
    const { exchangeId, state } = found;
    if (state === 'cancelled' || state === 'expired') foundEnded(record(orderId) ?? known);
    if (state !== 'rejected') dispatch({ kind: 'order-accepted', orderId, time, exchangeId });
    for (const event of newsOf(orderId, found, time)) dispatch(event);
    if (state !== 'open') return;
    const now = record(orderId);
    if (now !== null && mustGo(now)) cancelAgain(orderId, now.order.symbol);
  }
}

/** An order that takes what is there or ends: as long as it is shown open, it has not been told to its end. */
function takesAtOnce({ order }: OrderRecord): boolean {
  return order.type === 'market';
}

/** What an order that the exchange shows has traded, and how it ended. */
export function newsOf(
  orderId: string,
  { state, fills }: ExchangeOrder,
  time: number,
): readonly EngineEvent[] {
  const traded = fills.map((fill) => ({ kind: 'order-filled', orderId, fill }) as const);
  if (state === 'open' || state === 'filled') return traded;
  const filledAmount = fills.reduce((sum, { amount }) => sum + amount, 0);
  return [...traded, ENDS[state](orderId, time, filledAmount)];
}

const ENDS = {
  cancelled: (orderId: string, time: number, filledAmount: number) => ({
    kind: 'order-cancelled',
    orderId,
    time,
    filledAmount,
  }),
  expired: (orderId: string, time: number, filledAmount: number) => ({
    kind: 'order-expired',
    orderId,
    time,
    filledAmount,
    sentence: 'It expired at the exchange.',
  }),
  rejected: (orderId: string, time: number) => ({
    kind: 'order-rejected',
    orderId,
    time,
    refusal: 'for-now',
    sentence: 'The exchange shows it as rejected.',
  }),
} as const satisfies Record<
  string,
  (orderId: string, time: number, filledAmount: number) => EngineEvent
>;
