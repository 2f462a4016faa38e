/** One row of a virtual table, placed where the scrolling puts it. */

import type { ReactTable, Row, RowData } from '@tanstack/react-table';
import type { KeyboardEvent } from 'react';
import type { Features } from './table-features.ts';

interface TableRowProps<T extends RowData> {
  readonly row: Row<Features, T>;
  readonly table: ReactTable<Features, T>;
  readonly index: number;
  /** px from the top of the body. */
  readonly start: number;
  readonly tracks: string;
  readonly picked: boolean;
  /** Whether it is the one row in the tab order. */
  readonly focusable: boolean;
  readonly onPick: ((row: T) => void) | undefined;
  /** Arrow keys, Home and End. */
  readonly onWalk: (event: KeyboardEvent<HTMLElement>) => void;
}

export function TableRow<T extends RowData>(props: TableRowProps<T>) {
  const { row, table, index, start, tracks, picked, focusable, onPick, onWalk } = props;
  const pickable = onPick !== undefined;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'Enter' && event.key !== ' ') {
      onWalk(event);
      return;
    }
    event.preventDefault();
    onPick?.(row.original);
  };
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className="table-row"
      data-row={index}
      data-pickable={pickable}
      data-picked={picked}
      style={{ gridTemplateColumns: tracks, transform: `translateY(${start}px)` }}
      tabIndex={focusable ? 0 : -1}
      onKeyDown={onKeyDown}
      {...(pickable ? { 'aria-selected': picked, onClick: () => onPick(row.original) } : {})}
    >
      {row.getAllCells().map((cell) => (
        <div
          role="cell"
          key={cell.id}
          className="table-cell"
          data-align={cell.column.columnDef.meta?.align ?? 'start'}
        >
          <table.FlexRender cell={cell} />
        </div>
      ))}
    </div>
  );
}
