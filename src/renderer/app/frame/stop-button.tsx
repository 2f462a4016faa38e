/** The emergency stop: always in the same place, one click and a confirmation that Enter accepts. */

import { Button, Group, Modal } from '@mantine/core';
import { IconHandStop, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { notifyDone } from '../../ui/notify.ts';
import { useServices } from '../services.tsx';
import { modeOf, type TradingView } from '../trading-store.ts';

export function StopButton() {
  const { trading } = useServices();
  const isHalted = useStore(trading, (view) => modeOf(view) === 'halted');
  const canStop = useStore(trading, hasAccount);
  const [isAsking, setAsking] = useState(false);
  if (isHalted) return <ArmButton />;
  return (
    <>
      <Button
        className="stop-button"
        color="red.8"
        size="sm"
        leftSection={<IconHandStop size={16} />}
        disabled={!canStop}
        onClick={() => setAsking(true)}
      >
        Emergency stop
      </Button>
      <StopDialog opened={isAsking} onClose={() => setAsking(false)} />
    </>
  );
}

function StopDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { tradingActions } = useServices();
  const [isBusy, setBusy] = useState(false);
  const stop = async (flatten: boolean): Promise<void> => {
    setBusy(true);
    await tradingActions.stop(flatten);
    setBusy(false);
    onClose();
  };
  return (
    <Modal opened={opened} onClose={onClose} title="Stop everything" size="md">
      <p>
        Bots fall silent and open entries are withdrawn, on paper and live. Stops that protect a
        position stay. Nothing is bought until you arm trading again.
      </p>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={onClose} disabled={isBusy}>
          Go on trading
        </Button>
        <Button
          variant="default"
          className="danger-outline"
          loading={isBusy}
          onClick={() => void stop(true)}
        >
          Stop and sell everything
        </Button>
        <Button color="red.8" loading={isBusy} onClick={() => void stop(false)} data-autofocus>
          Stop
        </Button>
      </Group>
    </Modal>
  );
}

function ArmButton() {
  const { trading, tradingActions } = useServices();
  const arm = async (): Promise<void> => {
    const { paper, live } = trading.getState();
    for (const account of ['paper', 'live'] as const) {
      const loadable = account === 'paper' ? paper : live;
      if (loadable.status !== 'ready' || loadable.value?.tradingState !== 'halted') continue;
      const armed = await tradingActions.ask('Trading was not armed', 'trading.arm', { account });
      if (armed === null) return;
    }
    notifyDone('Armed: running bots may trade again on paper. Live mode is confirmed in Settings.');
  };
  return (
    <Button
      className="stop-button"
      variant="default"
      size="sm"
      leftSection={<IconPlayerPlay size={16} />}
      onClick={() => void arm()}
    >
      Arm trading again
    </Button>
  );
}

function hasAccount({ paper, live }: TradingView): boolean {
  return [paper, live].some((each) => each.status === 'ready' && each.value !== null);
}
