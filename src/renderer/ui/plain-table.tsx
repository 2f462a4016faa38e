/** A short table, all of whose rows are drawn: words at the start, figures at the end. */

import { Table } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { nextSorting, sortRows, type Sorting, type SortValue } from './sort-rows.ts';

export interface PlainColumn<Row> {
  readonly title: string;
  readonly align?: 'end';
  readonly cell: (row: Row) => ReactNode;
  /** Makes the column one that sorts. */
  readonly sortBy?: (row: Row) => SortValue;
}

interface PlainTableProps<Row> {
  readonly label: string;
  readonly columns: readonly PlainColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  /** Of all columns in px: in less room the table scrolls sideways. */
  readonly minWidth?: number;
  /** The row that the rest of the screen is about. */
  readonly pickedId?: string | null;
}

export function PlainTable<Row>(props: PlainTableProps<Row>) {
  const { label, columns, rows, rowId, minWidth = 0, pickedId = null } = props;
  const [sorting, setSorting] = useState<Sorting | null>(null);
  return (
    <div className="table-sideways">
      <Table aria-label={label} verticalSpacing={6} horizontalSpacing="sm" miw={minWidth}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Head
                key={column.title}
                column={column}
                sorting={sorting}
                onSort={() => setSorting(nextSorting(sorting, column.title))}
              />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {inOrder(rows, columns, sorting).map((row) => (
            <Table.Tr key={rowId(row)} data-picked={rowId(row) === pickedId}>
              {columns.map(({ title, align, cell }) => (
                <Table.Td
                  key={title}
                  data-align={align}
                  className={align === 'end' ? 'figure' : ''}
                >
                  {cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

interface HeadProps<Row> {
  readonly column: PlainColumn<Row>;
  readonly sorting: Sorting | null;
  readonly onSort: () => void;
}

function Head<Row>({ column: { title, align, sortBy }, sorting, onSort }: HeadProps<Row>) {
  if (sortBy === undefined) return <Table.Th data-align={align}>{title}</Table.Th>;
  const direction = sorting?.column === title ? sorting.direction : null;
  return (
    <Table.Th data-align={align} aria-sort={direction ?? 'none'}>
      <button type="button" className="table-sort" onClick={onSort}>
        {title}
        {direction === 'ascending' && <IconArrowUp size={12} aria-hidden="true" />}
        {direction === 'descending' && <IconArrowDown size={12} aria-hidden="true" />}
      </button>
    </Table.Th>
  );
}

function inOrder<Row>(
  rows: readonly Row[],
  columns: readonly PlainColumn<Row>[],
  sorting: Sorting | null,
): readonly Row[] {
  const sortBy = columns.find(({ title }) => title === sorting?.column)?.sortBy;
  if (sorting === null || sortBy === undefined) return rows;
  return sortRows(rows, sortBy, sorting.direction);
}
