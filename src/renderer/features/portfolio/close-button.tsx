/** Sells what a bot holds, after a question that says how much. */

import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AccountKind, TradingStatus } from '../../../contract/trading.ts';
import { LiveOrderDialog } from '../../app/order/live-order-dialog.tsx';
import { readExit } from '../../app/order/read-plans.ts';
import { useServices } from '../../app/services.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { formatAmount, unitsOf } from '../../ui/format.ts';
import { notifyDone } from '../../ui/notify.ts';

interface CloseButtonProps {
  readonly account: AccountKind;
  readonly position: TradingStatus['positions'][number];
}

export function CloseButton({ account, position }: CloseButtonProps) {
  const { client, tradingActions } = useServices();
  const [isAsking, setAsking] = useState(false);
  const { botId, symbol, amount } = position;
  const { base } = unitsOf(symbol);
  const what = `${formatAmount(amount)} ${base}`;
  const close = async (): Promise<void> => {
    const done = await tradingActions.ask('The position was not closed', 'bots.close', {
      account,
      botId,
    });
    if (done !== null) notifyDone(`${what} is being sold at the market.`);
  };
  return (
    <>
      <Button
        variant="default"
        className={account === 'live' ? 'danger-outline' : ''}
        size="compact-xs"
        onClick={() => setAsking(true)}
      >
        {account === 'live' ? 'Close LIVE' : 'Close'}
      </Button>
      {account === 'live' ? (
        isAsking && (
          <LiveOrderDialog
            title={`Close the position in ${symbol}`}
            keep="Keep"
            read={() => readExit(client, botId)}
            send={close}
            onClose={() => setAsking(false)}
          />
        )
      ) : (
        <ConfirmDialog
          opened={isAsking}
          title={`Close the position in ${symbol}`}
          confirm={`Sell ${what} on paper`}
          onConfirm={() => {
            setAsking(false);
            void close();
          }}
          onClose={() => setAsking(false)}
        >
          {what} is sold at the market, and its stop is withdrawn.
        </ConfirmDialog>
      )}
    </>
  );
}
