/** Starting a bot that spends real money: said in red, with the most that one of its entries can cost. */

import { Button } from '@mantine/core';
import { useState } from 'react';
import { useAsked } from '../../../app/use-asked.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { formatMoney } from '../../../ui/format.ts';
import { valueOf } from '../../../app/loadable.ts';
import type { BotStatusLine } from '../bot-of.ts';

interface StartLiveProps {
  readonly bot: BotStatusLine;
  readonly isBusy: boolean;
  readonly onStart: () => void;
}

export function StartLive({ bot, isBusy, onStart }: StartLiveProps) {
  const [isAsking, setAsking] = useState(false);
  const limits = valueOf(useAsked('trading.rules', {}, '').answer)?.limits ?? null;
  const { name, symbol } = bot.settings;
  const most = limits === null ? '' : `, at most ${formatMoney(limits.maxTradeUsd)} USD a trade`;
  return (
    <>
      <Button
        variant="default"
        className="danger-outline"
        size="compact-xs"
        loading={isBusy}
        onClick={() => setAsking(true)}
      >
        Start LIVE
      </Button>
      <ConfirmDialog
        opened={isAsking}
        title={`Start ${name} with real money`}
        confirm={`Start LIVE${most}`}
        onConfirm={() => {
          setAsking(false);
          onStart();
        }}
        onClose={() => setAsking(false)}
      >
        It buys and sells {symbol} on the exchange by itself, within your limits, until you stop it.
      </ConfirmDialog>
    </>
  );
}
