/** Where prices come from, whether they come, and how old the last one is. */

import { Tooltip } from '@mantine/core';
import { useStore } from 'zustand';
import { formatDateTime, formatDuration } from '../../ui/format.ts';
import { useNow } from '../../ui/use-now.ts';
import { useServices } from '../services.tsx';
import { shownStatus } from '../trading-store.ts';

/** A price that is older is stale, ms. */
const STALE_MS = 60_000;

export function VenueState() {
  const { connection, trading } = useServices();
  const appState = useStore(connection, ({ state }) => state);
  const status = useStore(trading, shownStatus);
  const now = useNow();
  if (appState !== 'open') {
    return <Dot state="lost" name={appState === 'lost' ? 'Connection lost' : 'Connecting'} />;
  }
  if (status === null) return <Dot state="quiet" name="Connected" />;
  const { priceAt, venue, connection: feed } = status;
  const age = priceAt === null ? null : Math.max(0, now - priceAt);
  const state =
    !feed.up || (age !== null && age > STALE_MS) ? 'lost' : age === null ? 'quiet' : 'up';
  const when = priceAt === null ? '' : ` Last price at ${formatDateTime(priceAt)} UTC.`;
  return (
    <Tooltip label={`${feed.sentence}${when}`}>
      <button type="button" className="venue-state">
        <Dot state={state} name={venue} />
        <span className="quiet figure">{age === null ? 'no price yet' : ageText(age)}</span>
      </button>
    </Tooltip>
  );
}

function ageText(age: number): string {
  return age < 1_000 ? 'now' : formatDuration(age);
}

function Dot({ state, name }: { state: 'up' | 'lost' | 'quiet'; name: string }) {
  return (
    <span className="connection" data-state={state}>
      <span className="connection-dot" aria-hidden="true" />
      <span className="venue-name">{name}</span>
    </span>
  );
}
