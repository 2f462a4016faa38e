/** The trades: filtered by how they ended, sorted by any column. */

import { SegmentedControl } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { RunResult } from '../../../../contract/backtest.ts';
import type { Trade } from '../../../../core/domain/trade.ts';
import { decimalsFor, formatCounted, unitsOf } from '../../../ui/format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { VirtualTable } from '../../../ui/virtual-table.tsx';
import { tradeColumns } from './trade-columns.tsx';
import { filterTrades, OUTCOMES, type NumberedTrade, type Outcome } from './trade-filter.ts';

interface TradesPanelProps {
  readonly result: RunResult;
  readonly picked: Trade | null;
  readonly onPick: (trade: Trade) => void;
}

export function TradesPanel({ result, picked, onPick }: TradesPanelProps) {
  const { trades, run } = result;
  const [outcome, setOutcome] = useState<Outcome>('all');
  const { base, quote } = unitsOf(run.config.symbol);
  const numbered = useMemo(
    () => trades.map((trade, index): NumberedTrade => ({ number: index + 1, trade })),
    [trades],
  );
  const shown = useMemo(() => filterTrades(numbered, outcome), [numbered, outcome]);
  const columns = useMemo(
    () => tradeColumns(decimalsFor(trades.map(({ entryPrice }) => entryPrice))),
    [trades],
  );
  const pickedRow = numbered.find(({ trade }) => trade === picked);
  if (trades.length === 0) {
    return (
      <Panel title="Trades">
        <EmptyState icon={<IconArrowsExchange size={26} stroke={1.6} />} title="No trades">
          The strategy never entered on these candles. Try shorter lengths, more candles, or look at
          the denied orders.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <Panel
      title="Trades"
      note={`${formatCounted(shown.length, 'trade', 'trades')} · ${base}, ${quote} · pick one to see it in the chart`}
      actions={
        <SegmentedControl
          aria-label="Which trades"
          data={[...OUTCOMES]}
          value={outcome}
          onChange={setOutcome}
        />
      }
      flush
    >
      <VirtualTable
        label="Trades"
        data={shown}
        columns={columns}
        rowId={({ number }) => String(number)}
        initialSorting={[{ id: 'number', desc: false }]}
        onPick={({ trade }) => onPick(trade)}
        pickedId={pickedRow === undefined ? null : String(pickedRow.number)}
        height={420}
        minWidth={936}
      />
    </Panel>
  );
}
