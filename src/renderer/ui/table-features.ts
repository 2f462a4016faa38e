/** What our tables can do, and how their columns are declared. */

import {
  createColumnHelper,
  createSortedRowModel,
  metaHelper,
  rowSortingFeature,
  sortFn_basic,
  sortFn_text,
  tableFeatures,
  type RowData,
} from '@tanstack/react-table';

export interface ColumnMeta {
  /** Figures align at the end, words at the start. */
  readonly align: 'start' | 'end';
  /** A track of CSS grid: `110px`, `minmax(120px, 1fr)`. */
  readonly width: string;
}

export const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { basic: sortFn_basic, text: sortFn_text },
  columnMeta: metaHelper<ColumnMeta>(),
});

export type Features = typeof features;

export function columnsOf<T extends RowData>() {
  return createColumnHelper<Features, T>();
}

/** Nothing to sort by, so it goes last: the table knows that of `undefined`, not of `null`. */
export function orLast<T>(value: T | null): T | undefined {
  return value ?? undefined;
}
