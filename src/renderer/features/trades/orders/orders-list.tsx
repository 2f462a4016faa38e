/** Every order that was decided, however it ended. */

import { Button, SegmentedControl } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { OrderLine } from '../../../../contract/trading.ts';
import { useAsked } from '../../../app/use-asked.ts';
import { formatCount, formatCounted } from '../../../ui/format.ts';
import { EmptyState, ErrorPanel, LoadingPanel } from '../../../ui/states.tsx';
import { VirtualTable } from '../../../ui/virtual-table.tsx';
import type { BooksView } from '../books-view.ts';
import { FilterBar, NothingPasses } from '../filter-bar.tsx';
import { NO_FILTER, passes, type RowFilter } from '../row-filter.ts';
import { TABLE_HEIGHT } from '../table-height.ts';
import { orderColumns } from './order-columns.tsx';
import { FATES, hasFate, orderRows, type Fate, type OrderRow } from './order-rows.ts';

/** As many as are asked for at first, and at most. */
const FEW = 500;
const MOST = 5_000;

interface OrdersListProps {
  readonly view: BooksView;
  readonly onPick: (order: OrderLine) => void;
}

export function OrdersList({ view, onPick }: OrdersListProps) {
  const { books, changed } = view;
  const { account, accountId } = books;
  const [limit, setLimit] = useState(FEW);
  const { answer, reload } = useAsked('trading.orders', { account, accountId, limit }, changed);
  const rows = useMemo(
    () => (answer.status === 'ready' ? orderRows(books, answer.value) : []),
    [answer, books],
  );
  if (answer.status === 'loading') return <LoadingPanel label="Loading the orders" />;
  if (answer.status === 'failed') {
    return (
      <ErrorPanel
        title="The orders cannot be shown"
        sentence={answer.error.sentence}
        onRetry={reload}
      />
    );
  }
  if (rows.length === 0) {
    return (
      <EmptyState icon={<IconListDetails size={26} stroke={1.6} />} title="No orders yet">
        Every order that a bot or you decide on is listed here, and what became of it.
      </EmptyState>
    );
  }
  return (
    <>
      <List view={view} rows={rows} onPick={onPick} />
      {rows.length >= limit && (
        <p className="log-more">
          <span className="quiet">These are the newest {formatCount(limit)}.</span>
          {limit < MOST && (
            <Button variant="default" onClick={() => setLimit(MOST)}>
              Show up to {formatCount(MOST)}
            </Button>
          )}
        </p>
      )}
    </>
  );
}

function List({ view, rows, onPick }: OrdersListProps & { readonly rows: readonly OrderRow[] }) {
  const { books, now } = view;
  const [fate, setFate] = useState<Fate>('all');
  const [filter, setFilter] = useState<RowFilter>(NO_FILTER);
  const shown = useMemo(
    () => rows.filter((row) => hasFate(row.order, fate) && passes(row, filter, now)),
    [rows, fate, filter, now],
  );
  const columns = useMemo(() => orderColumns(books.account), [books.account]);
  const setAll = (next: RowFilter): void => {
    setFate('all');
    setFilter(next);
  };
  return (
    <>
      <FilterBar books={books} rows={rows} filter={filter} onFilter={setFilter}>
        <SegmentedControl
          aria-label="Which orders"
          data={[...FATES]}
          value={fate}
          onChange={setFate}
        />
      </FilterBar>
      <p className="log-totals" role="status">
        <span>{formatCounted(shown.length, 'order', 'orders')}</span>
        <span className="quiet">Pick one for its whole life.</span>
      </p>
      {shown.length === 0 ? (
        <NothingPasses onFilter={setAll} />
      ) : (
        <VirtualTable
          label="Orders"
          data={shown}
          columns={columns}
          rowId={({ order }) => order.id}
          initialSorting={[{ id: 'time', desc: true }]}
          onPick={({ order }) => onPick(order)}
          height={TABLE_HEIGHT}
          minWidth={1_030}
        />
      )}
    </>
  );
}
