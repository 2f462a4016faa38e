/** Starting a bot that spends real money: asked the way every order of real money is. */

import { Button } from '@mantine/core';
import { useState } from 'react';
import { LiveOrderDialog } from '../../../app/order/live-order-dialog.tsx';
import { readStart } from '../../../app/order/read-plans.ts';
import { useServices } from '../../../app/services.tsx';
import type { BotStatusLine } from '../bot-of.ts';

interface StartLiveProps {
  readonly bot: BotStatusLine;
  readonly isBusy: boolean;
  readonly onStart: () => Promise<void>;
}

export function StartLive({ bot, isBusy, onStart }: StartLiveProps) {
  const { client } = useServices();
  const [isAsking, setAsking] = useState(false);
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
      {isAsking && (
        <LiveOrderDialog
          title={`Start ${bot.settings.name} with real money`}
          keep="Do not start"
          read={() => readStart(client, bot.id)}
          send={onStart}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
