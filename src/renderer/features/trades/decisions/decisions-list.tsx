/** What was decided and denied, with the reason of each: why a bot did what it did. */

import { SegmentedControl } from '@mantine/core';
import { IconScale } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useAsked } from '../../../app/use-asked.ts';
import { formatCount, formatCounted } from '../../../ui/format.ts';
import { EmptyState, ErrorPanel, LoadingPanel } from '../../../ui/states.tsx';
import { VirtualTable } from '../../../ui/virtual-table.tsx';
import type { BooksView } from '../books-view.ts';
import { FilterBar, NothingPasses } from '../filter-bar.tsx';
import { NO_FILTER, passes, type RowFilter } from '../row-filter.ts';
import { TABLE_HEIGHT } from '../table-height.ts';
import { decisionColumns } from './decision-columns.tsx';
import { decisionRows, isOfKind, KINDS, type DecisionRow, type Kind } from './decision-rows.ts';

const MOST = 1_000;

export function DecisionsList({ view }: { view: BooksView }) {
  const { books, changed } = view;
  const { account, accountId } = books;
  const input = { account, accountId, limit: MOST } as const;
  const { answer, reload } = useAsked('trading.decisions', input, changed);
  const rows = useMemo(
    () => (answer.status === 'ready' ? decisionRows(books, answer.value) : []),
    [answer, books],
  );
  if (answer.status === 'loading') return <LoadingPanel label="Loading the decisions" />;
  if (answer.status === 'failed') {
    return (
      <ErrorPanel
        title="The decisions cannot be shown"
        sentence={answer.error.sentence}
        onRetry={reload}
      />
    );
  }
  if (rows.length === 0) {
    return (
      <EmptyState icon={<IconScale size={26} stroke={1.6} />} title="Nothing decided yet">
        A running bot decides at the end of each bar. What it wanted, and what the risk gate denied,
        is listed here.
      </EmptyState>
    );
  }
  return <List view={view} rows={rows} />;
}

function List({ view, rows }: { view: BooksView; rows: readonly DecisionRow[] }) {
  const { books, now } = view;
  const [kind, setKind] = useState<Kind>('all');
  const [filter, setFilter] = useState<RowFilter>(NO_FILTER);
  const shown = useMemo(
    () => rows.filter((row) => isOfKind(row, kind) && passes(row, filter, now)),
    [rows, kind, filter, now],
  );
  const columns = useMemo(() => decisionColumns(books.account), [books.account]);
  const setAll = (next: RowFilter): void => {
    setKind('all');
    setFilter(next);
  };
  return (
    <>
      <FilterBar books={books} rows={rows} filter={filter} onFilter={setFilter}>
        <SegmentedControl
          aria-label="Which decisions"
          data={[...KINDS]}
          value={kind}
          onChange={setKind}
        />
      </FilterBar>
      <p className="log-totals" role="status">
        <span>{formatCounted(shown.length, 'decision', 'decisions')}</span>
        {rows.length >= MOST && (
          <span className="quiet">These are the newest {formatCount(MOST)}.</span>
        )}
      </p>
      {shown.length === 0 ? (
        <NothingPasses onFilter={setAll} />
      ) : (
        <VirtualTable
          label="Decisions"
          data={shown}
          columns={columns}
          rowId={({ id }) => id}
          initialSorting={[{ id: 'time', desc: true }]}
          height={TABLE_HEIGHT}
          minWidth={960}
        />
      )}
    </>
  );
}
