/** Says on every screen what is open with real money, as long as somebody has to see to it: what, since when, what to do. */

import { IconAlertTriangle, IconCoins } from '@tabler/icons-react';
import { useStore } from 'zustand';
import type { ExposedPlace, Exposure } from '../../../../contract/exposure.ts';
import {
  formatAmount,
  formatCounted,
  formatDuration,
  formatPrice,
  unitsOf,
} from '../../../ui/format.ts';
import { useNow } from '../../../ui/use-now.ts';
import { useServices } from '../../services.tsx';
import { bannersOf, isDanger, knownExposure } from './exposure-view.ts';
import { TodoButton } from './todo-button.tsx';

export function ExposureBanner() {
  const { trading } = useServices();
  const loadable = useStore(trading, (view) => view.exposure);
  const exposure = knownExposure(loadable);
  return (
    <section aria-label="What is open with real money">
      {exposure !== null && exposure.unknown !== null && (
        <UnknownBanner exposure={exposure} sentence={exposure.unknown} />
      )}
      {bannersOf(exposure).map((place) => (
        <PlaceBanner key={place.venueId} place={place} />
      ))}
    </section>
  );
}

function UnknownBanner({ exposure, sentence }: { exposure: Exposure; sentence: string }) {
  return (
    <div className="banner banner-danger exposure">
      <IconAlertTriangle size={18} aria-hidden="true" />
      <div className="exposure-words">
        <p className="exposure-title" role="alert">
          {sentence}
        </p>
        <p className="exposure-todo">{exposure.todo.sentence}</p>
      </div>
      <TodoButton todo={exposure.todo} />
    </div>
  );
}

function PlaceBanner({ place }: { place: ExposedPlace }) {
  const { title, watch, isWatched, isRehearsal, positions, orders, stop, todo } = place;
  const isRed = isDanger(place) && !isRehearsal;
  const Icon = isDanger(place) ? IconAlertTriangle : IconCoins;
  return (
    <div className={isRed ? 'banner banner-danger exposure' : 'banner exposure'}>
      <Icon size={18} aria-hidden="true" />
      <div className="exposure-words">
        <p role="alert">
          <span className="exposure-title">{title}</span> {watch}
        </p>
        <ul className="exposure-list" aria-label={`Open on ${place.venue}`}>
          {positions.map((position) => (
            <li key={position.botId}>
              <span className="figure">
                {formatAmount(position.amount)} {unitsOf(position.symbol).base}
              </span>{' '}
              bought at{' '}
              <span className="figure">
                {formatPrice(position.entryPrice)} {unitsOf(position.symbol).quote}
              </span>
              ; {position.guard}.
            </li>
          ))}
          {orders.length > 0 && <li className="only-large">{ordersText(orders)}</li>}
          {!isWatched && (
            <li>
              <Age asOf={place.asOf} />
            </li>
          )}
          {stop?.state === 'not-yet' && (
            <li>
              The emergency stop{stop.flatten ? ', which sells everything,' : ''} is NOT carried out
              there yet.
            </li>
          )}
        </ul>
        {todo.kind !== 'none' && <p className="exposure-todo">{todo.sentence}</p>}
      </div>
      <TodoButton todo={todo} />
    </div>
  );
}

/** What is told of a place that nobody watches is as old as the last that was heard. */
function Age({ asOf }: { asOf: number }) {
  const age = Math.max(0, useNow() - asOf);
  return <>As it was known {age < 1_000 ? 'just now' : `${formatDuration(age)} ago`}.</>;
}

function ordersText(orders: ExposedPlace['orders']): string {
  const unknown = orders.filter(({ state }) => state === 'unknown' || state === 'submitting');
  const known = orders.filter((order) => !unknown.includes(order));
  const buys = known.filter(({ side }) => side === 'buy').length;
  const sells = known.length - buys;
  const rests = (count: number, what: string): readonly string[] =>
    count === 0
      ? []
      : [`${formatCounted(count, `${what} order`, `${what} orders`)} at the exchange`];
  const parts = [
    ...rests(buys, 'buy'),
    ...rests(sells, 'sell'),
    ...(unknown.length === 0
      ? []
      : [`${formatCounted(unknown.length, 'order', 'orders')} of which nobody knows what became`]),
  ];
  return `By the books: ${parts.join(', ')}.`;
}
