/** Portfolio: what one has, what it was worth, what is open, and how the days went. */

import { useStore } from 'zustand';
import { useServices } from '../../app/services.tsx';
import { shownStatus } from '../../app/trading-store.ts';
import { LoadingPanel } from '../../ui/states.tsx';
import { StartPanel } from '../start/start-panel.tsx';
import { AllocationPanel } from './allocation-panel.tsx';
import { BalancesPanel } from './balances-panel.tsx';
import { DaysPanel } from './days-panel.tsx';
import { EquityPanel } from './equity-panel.tsx';
import { OpenOrdersPanel } from './open-orders-panel.tsx';
import { PositionsPanel } from './positions-panel.tsx';

export function PortfolioScreen() {
  const { trading } = useServices();
  const isLoading = useStore(trading, (view) => view[view.shown].status === 'loading');
  const status = useStore(trading, shownStatus);
  if (isLoading) return <LoadingPanel label="Loading the portfolio" height={400} />;
  if (status === null) return <StartPanel />;
  return (
    <div className="portfolio">
      <div className="portfolio-top">
        <EquityPanel status={status} />
        <AllocationPanel status={status} />
      </div>
      <PositionsPanel status={status} />
      <div className="portfolio-halves">
        <BalancesPanel status={status} />
        <OpenOrdersPanel status={status} />
      </div>
      <DaysPanel status={status} />
    </div>
  );
}
