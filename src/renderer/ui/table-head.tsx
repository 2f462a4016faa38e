/** The header of a table: sticky, and a button for each column that sorts. */

import type { ReactTable, RowData } from '@tanstack/react-table';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { Features } from './table-features.ts';

interface TableHeadProps<T extends RowData> {
  readonly table: ReactTable<Features, T>;
  readonly tracks: string;
}

const ARIA_SORT = { asc: 'ascending', desc: 'descending' } as const;

export function TableHead<T extends RowData>({ table, tracks }: TableHeadProps<T>) {
  return (
    <div role="rowgroup" className="table-head">
      {table.getHeaderGroups().map((group) => (
        <div
          role="row"
          key={group.id}
          className="table-row"
          aria-rowindex={1}
          style={{ gridTemplateColumns: tracks }}
        >
          {group.headers.map((header) => {
            const sorted = header.column.getIsSorted();
            return (
              <div
                role="columnheader"
                key={header.id}
                className="table-cell"
                data-align={header.column.columnDef.meta?.align ?? 'start'}
                aria-sort={sorted === false ? 'none' : ARIA_SORT[sorted]}
              >
                {header.column.getCanSort() ? (
                  <button
                    type="button"
                    className="table-sort"
                    onClick={header.column.getToggleSortingHandler()}
                  >
                    <table.FlexRender header={header} />
                    {sorted === 'asc' && <IconArrowUp size={12} aria-hidden="true" />}
                    {sorted === 'desc' && <IconArrowDown size={12} aria-hidden="true" />}
                  </button>
                ) : (
                  <table.FlexRender header={header} />
                )}
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}
