/** What one has, what today brought, and how much of the day's limits is used. */

import { useStore } from 'zustand';
import { formatMoney, formatShortPercent as shortPercent } from '../../ui/format.ts';
import { Meter } from '../../ui/meter.tsx';
import { Signed } from '../../ui/signed.tsx';
import { useServices } from '../services.tsx';
import { shownStatus } from '../trading-store.ts';

export function TodayFigures() {
  const { trading } = useServices();
  const status = useStore(trading, shownStatus);
  if (status === null) return null;
  const { equity, today } = status;
  return (
    <div className="today" role="group" aria-label="Today">
      <div className="today-figure">
        <span className="quiet">Equity</span>
        <span className="figure strong">
          {formatMoney(equity)} <span className="unit">USD</span>
        </span>
      </div>
      <div className="today-figure">
        <span className="quiet">Today</span>
        <Signed value={today.pnl} format={formatMoney} unit="USD" />
      </div>
      <Meter
        label="Trades"
        text={`${today.trades}/${today.maxTrades}`}
        part={today.trades / today.maxTrades}
      />
      <Meter
        label="Loss"
        text={`${shortPercent(today.lossFraction)}/${shortPercent(today.maxLossFraction)}`}
        part={today.lossFraction / today.maxLossFraction}
      />
    </div>
  );
}
