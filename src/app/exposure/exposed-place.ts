/** One place where something is open, put into words: what, as of when, guarded by what, watched or not. */

import type {
  ExposedOrder,
  ExposedPlace,
  ExposedPosition,
  ExposedStop,
  ExposureTodo,
} from '../../contract/exposure.ts';
import type { OrderRecord } from '../../core/orders/order-record.ts';
import { plainAmount } from '../../core/reconciliation/sentences.ts';
import type { StopOrder } from '../stop/stop-order.ts';
import type { OpenBooks, OpenPosition } from './open-books.ts';

export interface PlaceSource {
  readonly venueId: string;
  readonly venue: string;
  readonly isRehearsal: boolean;
  readonly books: OpenBooks;
  readonly isWatched: boolean;
  /** The exchange has been asked, and tells of what happens to our orders: it need not be watched for all that. */
  readonly isCurrent: boolean;
  /** What watches it, or why nobody does, as a sentence. */
  readonly watch: string;
  readonly stop: ExposedStop | null;
  readonly todo: ExposureTodo;
}

export function exposedPlace(source: PlaceSource): ExposedPlace {
  const { venueId, venue, isRehearsal, books, isWatched, watch, stop, todo } = source;
  const positions = books.positions.map((position) => exposedPosition(position, source));
  return {
    venueId,
    venue,
    title: titleOf(source),
    isRehearsal,
    asOf: books.asOf,
    isWatched,
    watch,
    isGuarded: positions.every(({ isGuarded }) => isGuarded),
    positions,
    orders: books.orders.map(exposedOrder),
    stop,
    todo,
  };
}

/** How far a stop is at the place that is named so; `null` where none is in force for real money. */
export function stopAt(order: StopOrder | null, key: string, venue: string): ExposedStop | null {
  if (order?.holds.includes('live') !== true) return null;
  const { flatten } = order;
  const told = order.places.find((place) => place.key === key);
  if (told === undefined) {
    const sentence = `${venue} has not been asked yet.`;
    return { state: 'not-yet', flatten, sentence, notCancelled: [], notSold: [] };
  }
  const { state, sentence, notCancelled, notSold } = told;
  return { state, flatten, sentence, notCancelled: [...notCancelled], notSold: [...notSold] };
}

function titleOf({ venue, isRehearsal, isWatched }: PlaceSource): string {
  const watched = isWatched ? 'and CryptoPiggy watches it' : 'and NOBODY WATCHES IT';
  return isRehearsal
    ? `A rehearsal is open on ${venue}, ${watched}. It is nobody's money.`
    : `REAL MONEY IS OPEN on ${venue}, ${watched}.`;
}

function exposedPosition(position: OpenPosition, source: PlaceSource): ExposedPosition {
  const { botId, symbol, amount, entryPrice, stop, guardPlace } = position;
  return {
    botId,
    symbol,
    amount,
    entryPrice,
    stop,
    guardPlace,
    ...guardOf(position, source),
  };
}

type Guarded = Pick<ExposedPosition, 'isGuarded' | 'guard'>;

function guardOf(
  { stop, guardPlace, isProven, doubt }: OpenPosition,
  { isWatched, isCurrent }: PlaceSource,
): Guarded {
  const level = stop === null ? 'its stop' : `its stop at ${shownPrice(stop)}`;
  if (doubt !== null && doubt.kind !== 'suspect') {
    const guard = `NOTHING guards it: it is ${doubt.kind}, what the exchange says of it contradicts the books`;
    return { isGuarded: false, guard };
  }
  if (isProven) {
    const guard = isCurrent
      ? `${level} rests at the exchange`
      : `${level} rested at the exchange when that was known last`;
    return { isGuarded: true, guard };
  }
  if (stop === null || guardPlace === 'none')
    return { isGuarded: false, guard: 'NOTHING guards it' };
  return isWatched
    ? { isGuarded: true, guard: `CryptoPiggy itself watches ${level}, while it runs` }
    : {
        isGuarded: false,
        guard: `NOTHING guards it: ${level} is not known to rest at the exchange`,
      };
}

/** A level that was computed has more digits than a price. */
function shownPrice(price: number): string {
  return plainAmount(Number(price.toPrecision(8)));
}

function exposedOrder({ order, state }: OrderRecord): ExposedOrder {
  const { id, symbol, side, type, price } = order;
  return { id, symbol, side, type, state, price };
}
