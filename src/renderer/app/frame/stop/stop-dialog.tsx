/** What the emergency stop does, and what selling everything would sell, before either is done. */

import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useServices } from '../../services.tsx';
import { worthWords, type Sale } from './sale.ts';
import { SaleList } from './sale-list.tsx';
import { ABOVE_OTHERS, TopDialog } from './top-dialog.tsx';

interface StopDialogProps {
  readonly opened: boolean;
  readonly sale: Sale;
  /** Trading is stopped already, and what is held was kept: what is left is to sell it. */
  readonly isStopped: boolean;
  readonly onClose: () => void;
}

const RUNNING =
  'Bots fall silent and open entries are withdrawn, on paper and live. Stops that protect a position stay. Nothing is bought until you arm trading again.';

const STOPPED =
  'Trading is stopped, and what was bought was kept. Selling everything withdraws the stops that protect it and sells it at the market price, on paper and live. Trading stays stopped.';

export function StopDialog({ opened, sale, isStopped, onClose }: StopDialogProps) {
  const { tradingActions } = useServices();
  const [isBusy, setBusy] = useState(false);
  const worth = worthWords(sale.sold.filter(({ account }) => account === 'live'));
  const stop = async (flatten: boolean): Promise<void> => {
    // It fades away once it is closed: the second half of a double click shall not do it twice.
    if (!opened) return;
    setBusy(true);
    await tradingActions.stop(flatten);
    setBusy(false);
    onClose();
  };
  return (
    <TopDialog
      opened={opened}
      onClose={onClose}
      title={isStopped ? 'Sell everything' : 'Stop everything'}
    >
      <p>{isStopped ? STOPPED : RUNNING}</p>
      <SaleList sale={sale} />
      <Group className="dialog-foot" justify="flex-end" gap="sm">
        <Button variant="default" {...ABOVE_OTHERS} onClick={onClose} disabled={isBusy}>
          {isStopped ? 'Keep it' : 'Go on trading'}
        </Button>
        <Button
          variant="default"
          className="danger-outline"
          {...ABOVE_OTHERS}
          loading={isBusy}
          onClick={() => void stop(true)}
        >
          {isStopped ? 'Sell everything' : 'Stop and sell everything'}
          {worth === null ? '' : `: LIVE about ${worth}`}
        </Button>
        {!isStopped && (
          <Button
            color="red.8"
            {...ABOVE_OTHERS}
            loading={isBusy}
            onClick={() => void stop(false)}
            data-autofocus
          >
            Stop
          </Button>
        )}
      </Group>
    </TopDialog>
  );
}
