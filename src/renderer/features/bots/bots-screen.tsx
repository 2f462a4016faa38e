/** Bots: what each one does, and for the picked one its chart, orders by hand, prices and decisions. */

import { useState } from 'react';
import { useStore } from 'zustand';
import type { TradingStatus } from '../../../contract/trading.ts';
import { useServices } from '../../app/services.tsx';
import { ErrorPanel, LoadingPanel } from '../../ui/states.tsx';
import { StartPanel } from '../start/start-panel.tsx';
import { botsOf, pickedOf, type BotWithPosition } from './bot-of.ts';
import { ChartPanel } from './chart/chart-panel.tsx';
import { DecisionsPanel } from './decisions/decisions-panel.tsx';
import { NewBotDialog } from './form/new-bot-dialog.tsx';
import { BotsPanel } from './list/bots-panel.tsx';
import { TickerPanel } from './ticker/ticker-panel.tsx';
import { PositionPanel } from './ticket/position-panel.tsx';
import { TicketPanel } from './ticket/ticket-panel.tsx';

export function BotsScreen() {
  const { trading } = useServices();
  const loadable = useStore(trading, (view) => view[view.shown]);
  switch (loadable.status) {
    case 'loading':
      return <LoadingPanel label="Loading the bots" height={400} />;
    case 'failed':
      return (
        <div className="bots">
          <ErrorPanel title="The bots cannot be shown" sentence={loadable.error.sentence} />
        </div>
      );
    case 'ready':
      if (loadable.value === null) return <StartPanel />;
      return <Bots key={loadable.value.mode} status={loadable.value} />;
  }
}

function Bots({ status }: { status: TradingStatus }) {
  const [pickedId, setPickedId] = useState<string | null>(null);
  const [isAdding, setAdding] = useState(false);
  const picked = pickedOf(botsOf(status), pickedId);
  return (
    <div className="bots">
      <BotsPanel
        status={status}
        pickedId={picked?.bot.id ?? null}
        onPick={setPickedId}
        onNew={() => setAdding(true)}
      />
      {picked !== null && <PickedBot key={picked.bot.id} status={status} {...picked} />}
      {isAdding && (
        <NewBotDialog
          status={status}
          onClose={() => setAdding(false)}
          onAdded={(botId) => {
            setPickedId(botId);
            setAdding(false);
          }}
        />
      )}
    </div>
  );
}

function PickedBot({ status, bot, position }: BotWithPosition & { status: TradingStatus }) {
  return (
    <div className="bot-columns">
      <div className="bot-column">
        <ChartPanel status={status} bot={bot} position={position} />
        <DecisionsPanel status={status} />
      </div>
      <div className="bot-column">
        {position !== null && <PositionPanel account={status.mode} position={position} />}
        <TicketPanel status={status} bot={bot} />
        <TickerPanel venueId={status.venueId} symbol={bot.settings.symbol} />
      </div>
    </div>
  );
}
