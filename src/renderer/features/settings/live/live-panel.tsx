/** The way to live mode: one line for each condition, and a last step that is typed by hand. */

import { Button } from '@mantine/core';
import { IconBroadcast } from '@tabler/icons-react';
import type { LiveState } from '../../../../contract/live.ts';
import { useServices } from '../../../app/services.tsx';
import { notifyDone } from '../../../ui/notify.ts';
import { Panel } from '../../../ui/panel.tsx';
import { ErrorPanel, LoadingPanel } from '../../../ui/states.tsx';
import { KEY_PLACES } from '../key-places.ts';
import { useGate } from '../use-gate.ts';
import { ConditionList } from './condition-list.tsx';
import { ConfirmStep } from './confirm-step.tsx';
import { TestTrades } from './test-trades.tsx';

export function LivePanel() {
  const gate = useGate();
  return (
    <Panel title="Live mode" note="Off at every start.">
      {gate.status === 'loading' && <LoadingPanel label="Loading live mode" height={200} />}
      {gate.status === 'failed' && (
        <ErrorPanel title="Live mode cannot be shown" sentence={gate.error.sentence} />
      )}
      {gate.status === 'ready' && <LiveMode gate={gate.value} />}
    </Panel>
  );
}

function LiveMode({ gate }: { gate: LiveState }) {
  return (
    <div className="stack">
      {gate.isLive && <ActiveBanner gate={gate} />}
      <ConditionList conditions={gate.conditions} />
      {!gate.isLive && <ConfirmStep gate={gate} />}
      {gate.isConnected && <TestTrades gate={gate} />}
    </div>
  );
}

function ActiveBanner({ gate }: { gate: LiveState }) {
  const { tradingActions } = useServices();
  const switchOff = async (): Promise<void> => {
    const done = await tradingActions.ask('Live mode is still on', 'live.switch-off', {});
    if (done !== null) notifyDone('Live mode is off. Positions keep their stops.');
  };
  return (
    <div className="live-active" role="status">
      <IconBroadcast size={18} aria-hidden="true" />
      <div>
        <strong>LIVE TRADING ACTIVE</strong>
        <p>
          Orders go to {gate.venue.name} and move real money.
          {gate.key === null ? '' : ` The key is ${KEY_PLACES[gate.key.place]}.`}
        </p>
      </div>
      <Button variant="white" color="red.9" ml="auto" onClick={() => void switchOff()}>
        Switch live mode off
      </Button>
    </div>
  );
}
