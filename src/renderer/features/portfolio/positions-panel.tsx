/** What is held because it was bought to be sold: cost, price, PnL, and where its stop rests. */

import { Button } from '@mantine/core';
import { IconChartCandle } from '@tabler/icons-react';
import type { TradingStatus } from '../../../contract/trading.ts';
import { useServices } from '../../app/services.tsx';
import { formatAmount, formatMoney, formatPrice, unitsOf } from '../../ui/format.ts';
import { Panel } from '../../ui/panel.tsx';
import { PlainTable, type PlainColumn } from '../../ui/plain-table.tsx';
import { Signed } from '../../ui/signed.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { CloseButton } from './close-button.tsx';
import { GuardTag } from './guard-tag.tsx';
import { isInDoubt, SettleButtons, VerdictNote } from './verdict-note.tsx';

type Position = TradingStatus['positions'][number];

export function PositionsPanel({ status }: { status: TradingStatus }) {
  const { screen } = useServices();
  const { positions, mode } = status;
  return (
    <Panel title="Positions" flush={positions.length > 0}>
      {positions.length === 0 ? (
        <EmptyState
          icon={<IconChartCandle size={24} />}
          title="No open positions"
          action={<Button onClick={() => screen.go('bots')}>Go to the bots</Button>}
        >
          A bot that buys shows its position here, with its stop.
        </EmptyState>
      ) : (
        <PlainTable
          label="Positions"
          columns={columnsOf(mode)}
          rows={positions}
          rowId={({ botId }) => botId}
          minWidth={860}
        />
      )}
    </Panel>
  );
}

function columnsOf(account: TradingStatus['mode']): readonly PlainColumn<Position>[] {
  return [
    {
      title: 'Symbol',
      cell: ({ symbol }) => <strong>{symbol}</strong>,
      sortBy: ({ symbol }) => symbol,
    },
    { title: 'Amount', align: 'end', cell: ({ amount }) => formatAmount(amount) },
    { title: 'Entry', align: 'end', cell: ({ entryPrice }) => formatPrice(entryPrice) },
    {
      title: 'Cost',
      align: 'end',
      cell: ({ amount, entryPrice }) => formatMoney(amount * entryPrice),
      sortBy: ({ amount, entryPrice }) => amount * entryPrice,
    },
    { title: 'Price', align: 'end', cell: ({ price }) => formatPrice(price) },
    {
      title: 'PnL',
      align: 'end',
      cell: ({ unrealisedPnl, symbol }) => (
        <Signed value={unrealisedPnl} format={formatMoney} unit={unitsOf(symbol).quote} />
      ),
      sortBy: ({ unrealisedPnl }) => unrealisedPnl,
    },
    {
      title: 'Stop',
      cell: (position) =>
        isInDoubt(position) ? (
          <VerdictNote position={position} />
        ) : (
          <span className="position-stop">
            <span className="figure">{formatPrice(position.stop)}</span>
            <GuardTag place={position.guardPlace} />
          </span>
        ),
    },
    {
      title: ' ',
      align: 'end',
      cell: (position) =>
        isInDoubt(position) ? (
          <SettleButtons account={account} position={position} />
        ) : (
          <CloseButton account={account} position={position} />
        ),
    },
  ];
}
