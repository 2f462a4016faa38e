/** Settings: the exchange and its key, the way to live mode, the limits, and the paper account. */

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
      </div>
      <div className="settings-column">
        <LimitsPanel />
        <PaperPanel />
        <DataPanel />
      </div>
    </div>
  );
}
