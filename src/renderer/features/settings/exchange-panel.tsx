/** The exchange that live trading is meant for, whether it is well, and the key to it. */

import { Button, Group, Select } from '@mantine/core';
import { IconPlugConnected, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { VENUE_IDS, VENUE_NAMES, type LiveState, type VenueId } from '../../../contract/live.ts';
import { useServices } from '../../app/services.tsx';
import { notifyDone } from '../../ui/notify.ts';
import { Panel } from '../../ui/panel.tsx';
import { ErrorPanel, LoadingPanel } from '../../ui/states.tsx';
import { KeyForm } from './key-form.tsx';
import { KeptKeyLine } from './kept-key-line.tsx';
import { useGate } from './use-gate.ts';
import { useRules } from './use-rules.ts';

export function ExchangePanel() {
  const gate = useGate();
  return (
    <Panel title="Exchange and key" note="For live trading. Paper trading needs no key.">
      {gate.status === 'loading' && <LoadingPanel label="Loading the exchange" height={160} />}
      {gate.status === 'failed' && (
        <ErrorPanel title="The exchange cannot be shown" sentence={gate.error.sentence} />
      )}
      {gate.status === 'ready' && <Exchange gate={gate.value} />}
    </Panel>
  );
}

function Exchange({ gate }: { gate: LiveState }) {
  return (
    <div className="stack">
      <TargetFields gate={gate} />
      <HealthLine gate={gate} />
      <KeptKeyLine gate={gate} />
      <ConnectButtons gate={gate} />
      <KeyForm key={gate.venue.id} gate={gate} />
    </div>
  );
}

function TargetFields({ gate }: { gate: LiveState }) {
  const { tradingActions } = useServices();
  const { rules } = useRules();
  const whitelist = rules.status === 'ready' ? rules.value.whitelist : [];
  const symbols = [...new Set([gate.symbol, ...whitelist])];
  const choose = (venue: VenueId, symbol: string): void => {
    void tradingActions.ask('The exchange was not changed', 'live.choose', {
      venue,
      symbol,
      revision: gate.revision,
    });
  };
  return (
    <div className="field-pair">
      <Select
        label="Exchange"
        data={VENUE_IDS.map((id) => ({ value: id, label: VENUE_NAMES[id] }))}
        value={gate.venue.id}
        onChange={(id) => {
          const venue = VENUE_IDS.find((one) => one === id);
          if (venue !== undefined) choose(venue, gate.symbol);
        }}
      />
      <Select
        label="Symbol for test trades"
        data={symbols}
        value={gate.symbol}
        searchable
        onChange={(symbol) => {
          if (symbol !== null) choose(gate.venue.id, symbol);
        }}
      />
    </div>
  );
}

function HealthLine({ gate }: { gate: LiveState }) {
  const { health, isConnected } = gate;
  const state = health === null ? 'quiet' : health.isHealthy ? 'up' : 'lost';
  const sentence =
    health?.sentence ?? `${gate.venue.name} has not been asked since the start of the app.`;
  return (
    <p className="connection" data-state={state} role="status" aria-label="Health of the exchange">
      <span className="connection-dot" aria-hidden="true" />
      <span>
        {sentence} {isConnected ? 'Connected.' : 'Not connected.'}
      </span>
    </p>
  );
}

function ConnectButtons({ gate }: { gate: LiveState }) {
  const { tradingActions } = useServices();
  const [isBusy, setBusy] = useState(false);
  const act = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    await work();
    setBusy(false);
  };
  const connect = (): Promise<void> =>
    act(async () => {
      const done = await tradingActions.ask('Not validated', 'live.connect', {});
      if (done !== null) notifyDone(done.sentence);
    });
  const disconnect = (): Promise<void> =>
    act(async () => {
      const done = await tradingActions.ask('Still connected', 'live.disconnect', {});
      if (done !== null) notifyDone('Disconnected. Nothing of the exchange is watched any more.');
    });
  return (
    <Group gap="sm">
      <Button
        leftSection={gate.isConnected ? <IconRefresh size={14} /> : <IconPlugConnected size={14} />}
        loading={isBusy}
        disabled={gate.key === null}
        onClick={() => void connect()}
      >
        Validate & Sync
      </Button>
      {gate.isConnected && (
        <Button variant="default" disabled={isBusy} onClick={() => void disconnect()}>
          Disconnect
        </Button>
      )}
    </Group>
  );
}
