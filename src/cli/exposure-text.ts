/** What is open with real money, for a terminal. */

import type {
  ExposedOrder,
  ExposedPlace,
  ExposedPosition,
  Exposure,
} from '../contract/exposure.ts';
import { plainAmount } from '../core/reconciliation/sentences.ts';
import { shownMoment } from './data-sentences.ts';

/** Nothing where nothing is open. */
export function exposureLines({ unknown, todo, places }: Exposure): readonly string[] {
  return [...(unknown === null ? [] : [unknown, now(todo)]), ...places.flatMap(placeLines)];
}

/** As `exposureLines`, of what needs somebody alone: what is watched stands in its account's own lines. */
export function unattendedLines(exposure: Exposure): readonly string[] {
  const places = exposure.places.filter(
    ({ isWatched, todo }) => !isWatched || todo.kind !== 'none',
  );
  return exposureLines({ ...exposure, places });
}

function placeLines(place: ExposedPlace): readonly string[] {
  const { title, asOf, watch, positions, orders, stop, todo } = place;
  return [
    title,
    `  Known as of ${shownMoment(asOf)} UTC. ${watch}`,
    ...positions.map((position) => `  ${positionText(position)}`),
    ...orders.map((order) => `  ${orderText(order)}`),
    ...(stop?.state === 'not-yet'
      ? [`  The emergency stop is NOT carried out there yet. ${stop.sentence}`]
      : []),
    ...(todo.kind === 'none' ? [] : [`  ${now(todo)}`]),
  ];
}

function positionText({ symbol, amount, entryPrice, guard }: ExposedPosition): string {
  const [base] = symbol.split('/');
  return `${plainAmount(amount)} ${base} of ${symbol}, bought at ${plainAmount(entryPrice)}; ${guard}`;
}

function orderText({ id, symbol, side, type, state, price }: ExposedOrder): string {
  const at = price === null ? '' : ` at ${plainAmount(Number(price.toPrecision(8)))}`;
  return `${side} order of ${symbol}, ${type}${at}, ${state} (${id})`;
}

function now({ sentence }: Exposure['todo']): string {
  return `To do now: ${sentence}`;
}
