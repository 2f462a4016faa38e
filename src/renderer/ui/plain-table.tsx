/** A short table, all of whose rows are drawn: words at the start, figures at the end. */

import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

export interface PlainColumn<Row> {
  readonly title: string;
  readonly align?: 'end';
  readonly cell: (row: Row) => ReactNode;
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
  return (
    <div className="table-sideways">
      <Table aria-label={label} verticalSpacing={6} horizontalSpacing="sm" miw={minWidth}>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ title, align }) => (
              <Table.Th key={title} data-align={align}>
                {title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
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
