/** The trade log: every round trip of the books and what is open, narrowed, sorted, and each with its story. */

import { SegmentedControl } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { AccountKind } from '../../../../contract/trading.ts';
import { isAnythingOpen, knownExposure } from '../../../app/frame/exposure/exposure-view.ts';
import { useServices } from '../../../app/services.tsx';
import { useAsked } from '../../../app/use-asked.ts';
import { formatCounted, formatMoney } from '../../../ui/format.ts';
import { Signed } from '../../../ui/signed.tsx';
import { EmptyState, ErrorPanel, LoadingPanel } from '../../../ui/states.tsx';
import { VirtualTable } from '../../../ui/virtual-table.tsx';
import type { BooksView } from '../books-view.ts';
import { FilterBar, NothingPasses } from '../filter-bar.tsx';
import { NO_FILTER, passes, type RowFilter } from '../row-filter.ts';
import { TABLE_HEIGHT } from '../table-height.ts';
import { tradeLogColumns } from './trade-log-columns.tsx';
import {
  endedAs,
  OUTCOMES,
  totalsOf,
  tradeRows,
  type Outcome,
  type TradeRow,
} from './trade-rows.ts';

interface TradeLogProps {
  readonly view: BooksView;
  readonly onPick: (row: TradeRow) => void;
}

export function TradeLog({ view, onPick }: TradeLogProps) {
  const { books, positions, changed } = view;
  const { account, accountId } = books;
  const { answer, reload } = useAsked('trading.trades', { account, accountId }, changed);
  const rows = useMemo(
    () => (answer.status === 'ready' ? tradeRows(books, answer.value, positions) : []),
    [answer, books, positions],
  );
  if (answer.status === 'loading') return <LoadingPanel label="Loading the trades" />;
  if (answer.status === 'failed') {
    return (
      <ErrorPanel
        title="The trades cannot be shown"
        sentence={answer.error.sentence}
        onRetry={reload}
      />
    );
  }
  if (rows.length === 0) {
    return <NoTrades account={account} />;
  }
  return <Log view={view} rows={rows} onPick={onPick} />;
}

function NoTrades({ account }: { account: AccountKind }) {
  const { trading } = useServices();
  const exposure = useStore(trading, (all) => all.exposure);
  const isOpen = account === 'live' && isAnythingOpen(knownExposure(exposure));
  return (
    <EmptyState
      icon={<IconArrowsExchange size={26} stroke={1.6} />}
      title={isOpen ? 'Nothing has been sold yet' : 'No trades yet'}
    >
      {isOpen
        ? 'What is open, or may be, stands above. It is listed here while its exchange is connected, and stays when it is sold.'
        : 'A trade is listed from the moment something is bought, and stays when it is sold.'}
    </EmptyState>
  );
}

function Log({ view, rows, onPick }: TradeLogProps & { readonly rows: readonly TradeRow[] }) {
  const { books, now } = view;
  const [outcome, setOutcome] = useState<Outcome>('all');
  const [filter, setFilter] = useState<RowFilter>(NO_FILTER);
  const shown = useMemo(
    () => rows.filter((row) => endedAs(row, outcome) && passes(row, filter, now)),
    [rows, outcome, filter, now],
  );
  const columns = useMemo(() => tradeLogColumns(books.account), [books.account]);
  const setAll = (next: RowFilter): void => {
    setOutcome('all');
    setFilter(next);
  };
  return (
    <>
      <FilterBar books={books} rows={rows} filter={filter} onFilter={setFilter}>
        <SegmentedControl
          aria-label="Which trades"
          data={[...OUTCOMES]}
          value={outcome}
          onChange={setOutcome}
        />
      </FilterBar>
      <Totals rows={shown} />
      {shown.length === 0 ? (
        <NothingPasses onFilter={setAll} />
      ) : (
        <VirtualTable
          label="Trade log"
          data={shown}
          columns={columns}
          rowId={({ id }) => id}
          initialSorting={[{ id: 'exitTime', desc: true }]}
          onPick={onPick}
          height={TABLE_HEIGHT}
          minWidth={1_110}
        />
      )}
    </>
  );
}

function Totals({ rows }: { rows: readonly TradeRow[] }) {
  const totals = totalsOf(rows);
  return (
    <p className="log-totals" role="status" aria-label="What these trades come to">
      <span>{formatCounted(rows.length, 'trade', 'trades')}</span>
      {totals.map(({ quote, pnl }) => (
        <Signed key={quote} value={pnl} format={formatMoney} unit={quote} />
      ))}
      <span className="quiet">Pick one for its story.</span>
    </p>
  );
}
