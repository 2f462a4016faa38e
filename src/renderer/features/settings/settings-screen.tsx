/** Settings: the exchange and its key, the way to live mode, the limits, the paper account, and how one is told. */

import { AlertsPanel } from './alerts-panel.tsx';
import { BackendPanel } from './backend-panel.tsx';
import { DataPanel } from './data-panel.tsx';
import { ExchangePanel } from './exchange-panel.tsx';
import { LimitsPanel } from './limits-panel.tsx';
import { LivePanel } from './live/live-panel.tsx';
import { PaperPanel } from './paper-panel.tsx';

export function SettingsScreen() {
  return (
    <div className="settings">
      <div className="settings-column">
        <ExchangePanel />
        <LivePanel />
        <BackendPanel />
      </div>
      <div className="settings-column">
        <LimitsPanel />
        <PaperPanel />
        <AlertsPanel />
        <DataPanel />
      </div>
    </div>
  );
}
