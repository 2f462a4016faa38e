/** How a person is told of what happens while they look elsewhere. */

import { useStore } from 'zustand';
import { useServices } from '../../app/services.tsx';
import { Panel } from '../../ui/panel.tsx';

const TOLD = {
  electron:
    'The system tells you when trading goes live, back to paper or to a halt, what a stop from the tray has done, and when a new version is ready. Its settings for notifications switch that off.',
  browser:
    'In the browser shell, what happens is told in this window alone: keep it open. The desktop app also tells it outside of its window.',
} as const;

export function AlertsPanel() {
  const { connection } = useServices();
  const shell = useStore(connection, ({ app }) => app?.shell ?? 'browser');
  return (
    <Panel title="Alerts">
      <div className="stack">
        <p>{TOLD[shell]}</p>
        <p className="quiet">
          Everything is also listed under Trades, Decisions and alerts. Messages by Telegram are not
          in this version.
        </p>
      </div>
    </Panel>
  );
}
