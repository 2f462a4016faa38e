/** The bots of the account: what each does, what it holds, and its buttons. */

import { Button, UnstyledButton } from '@mantine/core';
import { IconPlus, IconRobot } from '@tabler/icons-react';
import { useStore } from 'zustand';
import type { TradingStatus } from '../../../../contract/trading.ts';
import { valueOf } from '../../../app/loadable.ts';
import { useServices } from '../../../app/services.tsx';
import { formatCounted, formatMoney, unitsOf } from '../../../ui/format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { PlainTable, type PlainColumn } from '../../../ui/plain-table.tsx';
import { Signed } from '../../../ui/signed.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { botsOf, type BotStatusLine, type BotWithPosition } from '../bot-of.ts';
import { BotButtons } from './bot-buttons.tsx';
import { stateOf } from './bot-state.ts';

interface BotsPanelProps {
  readonly status: TradingStatus;
  readonly pickedId: string | null;
  readonly onPick: (botId: string) => void;
  readonly onNew: () => void;
}

export function BotsPanel({ status, pickedId, onPick, onNew }: BotsPanelProps) {
  const bots = botsOf(status);
  const titleOf = useStrategyTitles();
  if (bots.length === 0) return <NoBots onNew={onNew} />;
  return (
    <Panel
      title="Bots"
      note={`${formatCounted(bots.length, 'bot', 'bots')} ${status.mode === 'live' ? 'with real money' : 'on paper'}`}
      actions={<NewBotButton onNew={onNew} />}
      flush
    >
      <div className="bots-rows">
        <PlainTable
          label="Bots"
          rows={bots}
          rowId={({ bot }) => bot.id}
          pickedId={pickedId}
          minWidth={820}
          columns={columnsOf({ account: status.mode, pickedId, onPick, titleOf })}
        />
      </div>
    </Panel>
  );
}

function NoBots({ onNew }: { onNew: () => void }) {
  return (
    <Panel title="Bots">
      <EmptyState
        icon={<IconRobot size={24} />}
        title="No bots yet"
        action={<NewBotButton onNew={onNew} />}
      >
        A bot trades one symbol: by a strategy, or only by your own orders. Set one up, and pause or
        stop it at any moment.
      </EmptyState>
    </Panel>
  );
}

function NewBotButton({ onNew }: { onNew: () => void }) {
  return (
    <Button leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={onNew}>
      New bot
    </Button>
  );
}

function useStrategyTitles(): (name: string) => string {
  const { strategies } = useServices().backtest;
  const known = useStore(strategies, (state) => valueOf(state.strategies));
  return (name) => known?.find((one) => one.name === name)?.title ?? name;
}

interface ColumnsContext {
  readonly account: TradingStatus['mode'];
  readonly pickedId: string | null;
  readonly onPick: (botId: string) => void;
  readonly titleOf: (name: string) => string;
}

function columnsOf(context: ColumnsContext): readonly PlainColumn<BotWithPosition>[] {
  const { account, pickedId, onPick, titleOf } = context;
  return [
    {
      title: 'Bot',
      cell: ({ bot }) => (
        <UnstyledButton
          className="bot-name"
          aria-pressed={bot.id === pickedId}
          onClick={() => onPick(bot.id)}
        >
          {bot.settings.name}
        </UnstyledButton>
      ),
      sortBy: ({ bot }) => bot.settings.name,
    },
    {
      title: 'Strategy',
      cell: ({ bot: { settings } }) =>
        settings.strategy === null ? (
          <span className="quiet">orders by hand</span>
        ) : (
          titleOf(settings.strategy.name)
        ),
      sortBy: ({ bot: { settings } }) =>
        settings.strategy === null ? null : titleOf(settings.strategy.name),
    },
    {
      title: 'Symbol',
      cell: ({ bot: { settings } }) => (
        <>
          <strong>{settings.symbol}</strong> <span className="quiet">{settings.timeframe}</span>
        </>
      ),
      sortBy: ({ bot: { settings } }) => settings.symbol,
    },
    { title: 'Status', cell: ({ bot }) => <StatusCell bot={bot} /> },
    {
      title: 'Position PnL',
      align: 'end',
      cell: ({ position }) =>
        position === null ? (
          <span className="quiet">no position</span>
        ) : (
          <Signed
            value={position.unrealisedPnl}
            format={formatMoney}
            unit={unitsOf(position.symbol).quote}
          />
        ),
      sortBy: ({ position }) => position?.unrealisedPnl ?? null,
    },
    {
      title: 'Actions',
      align: 'end',
      cell: (row) => <BotButtons account={account} {...row} />,
    },
  ];
}

function StatusCell({ bot }: { bot: BotStatusLine }) {
  const { word, tone, sentence } = stateOf(bot);
  return (
    <>
      <span title={sentence}>
        <Tag tone={tone}>{word}</Tag>
      </span>
      {tone === 'bad' && <p className="bot-fault">{sentence}</p>}
    </>
  );
}
