/** Start, pause, stop and remove, as far as each makes sense for a bot now. */

import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AccountKind } from '../../../../contract/trading.ts';
import { useServices } from '../../../app/services.tsx';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { notifyDone } from '../../../ui/notify.ts';
import { useBusy } from '../../../ui/use-busy.ts';
import type { BotWithPosition } from '../bot-of.ts';
import { ordersFor, type BotOrder } from './bot-state.ts';
import { StartLive } from './start-live.tsx';

interface BotButtonsProps extends BotWithPosition {
  readonly account: AccountKind;
}

const ORDERS = {
  start: { word: 'Start', done: 'is started', failed: 'The bot was not started' },
  pause: { word: 'Pause', done: 'is paused', failed: 'The bot was not paused' },
  stop: { word: 'Stop', done: 'is stopped', failed: 'The bot was not stopped' },
} as const satisfies Record<BotOrder, unknown>;

export function BotButtons({ account, bot, position }: BotButtonsProps) {
  const { tradingActions } = useServices();
  const { isBusy, run } = useBusy();
  const { name } = bot.settings;
  const ask = (order: BotOrder): Promise<void> =>
    run(async () => {
      const { failed, done } = ORDERS[order];
      const input = { account, botId: bot.id };
      const answer = await tradingActions.ask(failed, `bots.${order}`, input);
      if (answer !== null) notifyDone(`${name} ${done}.`);
    });
  return (
    <div className="bot-buttons" role="group" aria-label={`${name}: what to do`}>
      {ordersFor(bot.status).map((order) =>
        order === 'start' && account === 'live' ? (
          <StartLive key={order} bot={bot} isBusy={isBusy} onStart={() => ask('start')} />
        ) : (
          <Button
            key={order}
            variant="default"
            size="compact-xs"
            loading={isBusy}
            onClick={() => void ask(order)}
          >
            {ORDERS[order].word}
          </Button>
        ),
      )}
      <RemoveButton account={account} bot={bot} position={position} />
    </div>
  );
}

function RemoveButton({ account, bot, position }: BotButtonsProps) {
  const { tradingActions } = useServices();
  const [isAsking, setAsking] = useState(false);
  const { name } = bot.settings;
  const remove = async (): Promise<void> => {
    setAsking(false);
    const input = { account, botId: bot.id };
    const done = await tradingActions.ask('The bot was not removed', 'bots.remove', input);
    if (done !== null) notifyDone(`${name} is removed.`);
  };
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        size="compact-xs"
        disabled={position !== null}
        title={position === null ? undefined : 'It holds a position. Close that first.'}
        onClick={() => setAsking(true)}
      >
        Remove
      </Button>
      <ConfirmDialog
        opened={isAsking}
        title={`Remove ${name}`}
        confirm="Remove the bot"
        onConfirm={() => void remove()}
        onClose={() => setAsking(false)}
      >
        The bot and its settings are gone. Its trades stay in the books.
      </ConfirmDialog>
    </>
  );
}
