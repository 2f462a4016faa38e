/** The light interface: mode, equity, today, positions and the stop, for a small window that stays on top. */

import { useStore } from 'zustand';
import { formatAmount, formatMoney, unitsOf } from '../../ui/format.ts';
import { Signed } from '../../ui/signed.tsx';
import { useServices } from '../services.tsx';
import { modeOf, shownStatus } from '../trading-store.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { ExposureBanner } from './exposure/exposure-banner.tsx';
import { ExposureMark } from './exposure/exposure-mark.tsx';
import { isAnythingOpen, knownExposure } from './exposure/exposure-view.ts';
import { FaultBanner } from './fault-banner.tsx';
import { ModeChip } from './mode-chip.tsx';
import { useStopPlace } from './stop/use-stop-place.ts';
import { StopButton } from './stop-button.tsx';
import { TodayFigures } from './today-figures.tsx';
import { VenueState } from './venue-state.tsx';

export function Compact() {
  const { trading, connection } = useServices();
  const place = useStopPlace('bottom');
  const mode = useStore(trading, modeOf);
  const state = useStore(connection, (view) => view.state);
  return (
    <div className="shell compact" data-connection={state} data-mode={mode}>
      <header className="compact-head">
        <span className="compact-mode">
          <ModeChip />
          <ExposureMark />
        </span>
        <VenueState />
      </header>
      <div className="compact-banners">
        <ConnectionBanner />
        <ExposureBanner />
        <FaultBanner />
      </div>
      <main className="screen compact-body" aria-label="CryptoPiggy at a glance">
        <TodayFigures />
        <Positions />
      </main>
      <footer className="compact-foot stop-place" ref={place}>
        <StopButton />
      </footer>
    </div>
  );
}

function Positions() {
  const { trading } = useServices();
  const status = useStore(trading, shownStatus);
  const exposure = useStore(trading, (view) => view.exposure);
  const isOpen = isAnythingOpen(knownExposure(exposure));
  if (status === null) {
    if (isOpen) return null;
    return <p className="quiet">No account is set up yet. Open the large window to begin.</p>;
  }
  if (status.positions.length === 0) {
    const where = isOpen && status.mode === 'paper' ? ' on paper' : '';
    return <p className="quiet">No open positions{where}.</p>;
  }
  return (
    <ul className="compact-positions" aria-label="Positions">
      {status.positions.map(({ botId, symbol, amount, unrealisedPnl }) => (
        <li key={botId}>
          <strong>{symbol}</strong>
          <span className="figure quiet">{formatAmount(amount)}</span>
          <Signed value={unrealisedPnl} format={formatMoney} unit={unitsOf(symbol).quote} />
        </li>
      ))}
    </ul>
  );
}
