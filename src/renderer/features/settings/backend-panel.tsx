/** Where accounts are run: on this computer, until there is a backend that does it for several people. */

import { useStore } from 'zustand';
import { valueOf } from '../../app/loadable.ts';
import { useServices } from '../../app/services.tsx';
import { Panel } from '../../ui/panel.tsx';

export function BackendPanel() {
  const { trading } = useServices();
  const paper = useStore(trading, (view) => valueOf(view.paper)?.venue ?? null);
  const gate = useStore(trading, (view) => valueOf(view.gate));
  return (
    <Panel title="Accounts and backend">
      <dl className="facts">
        <dt>Trading runs</dt>
        <dd>on this computer, as long as CryptoPiggy runs</dd>
        <dt>Paper balances</dt>
        <dd>{paper === null ? 'no paper account' : `kept here, at the prices of ${paper}`}</dd>
        <dt>Live balances</dt>
        <dd>{gate?.isConnected === true ? `from ${gate.venue.name}` : 'not connected'}</dd>
      </dl>
      <p className="quiet">
        A backend that trades for several people, and while this computer is off, is not in this
        version.
      </p>
    </Panel>
  );
}
