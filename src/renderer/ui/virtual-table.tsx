/** A sortable table of any length: only rows in sight are drawn, the header stays, arrow keys walk the rows. */

import {
  useTable,
  type RowData,
  type SortingState,
  type TableOptions,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { TableHead } from './table-head.tsx';
import { features, type Features } from './table-features.ts';
import { TableRow } from './table-row.tsx';
import { useRowFocus } from './use-row-focus.ts';

interface VirtualTableProps<T extends RowData> {
  /** What the table holds, for screen readers. */
  readonly label: string;
  readonly data: readonly T[];
  readonly columns: TableOptions<Features, T>['columns'];
  readonly rowId: (row: T, index: number) => string;
  readonly initialSorting?: SortingState;
  /** Makes rows clickable. */
  readonly onPick?: (row: T) => void;
  readonly pickedId?: string | null;
  /** Of the whole table, in px or as CSS has it; it scrolls inside. */
  readonly height: number | string;
  /** Of all columns in px: in less room the table scrolls sideways. */
  readonly minWidth: number;
}

const ROW_HEIGHT = 30;

export function VirtualTable<T extends RowData>(props: VirtualTableProps<T>) {
  const { data, columns, rowId, onPick } = props;
  const table = useTable({
    features,
    data,
    columns,
    getRowId: rowId,
    enableSortingRemoval: false,
    ...(props.initialSorting === undefined
      ? {}
      : { initialState: { sorting: props.initialSorting } }),
  });
  const scroller = useRef<HTMLDivElement>(null);
  const { rows } = table.getRowModel();
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const focus = useRowFocus(rows.length, (index) => virtualizer.scrollToIndex(index));
  const tracks = columns.map(({ meta }) => meta?.width ?? 'minmax(80px, 1fr)').join(' ');
  return (
    <div className="table-scroller" ref={scroller} style={{ maxHeight: props.height }}>
      <div
        role="grid"
        aria-label={props.label}
        aria-rowcount={rows.length + 1}
        className="table"
        style={{ minWidth: props.minWidth }}
      >
        <TableHead table={table} tracks={tracks} />
        <div role="rowgroup" className="table-body" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <TableRow
                key={row.id}
                row={row}
                index={index}
                start={start}
                tracks={tracks}
                table={table}
                picked={row.id === props.pickedId}
                focusable={index === focus.index}
                onPick={onPick}
                onWalk={focus.onKeyDown}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
