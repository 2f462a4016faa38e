/** The columns of the list of orders. */

import type { AccountKind, OrderLine } from '../../../../contract/trading.ts';
import {
  formatAmount,
  formatDateTime,
  formatMoney,
  formatPrice,
  unitsOf,
} from '../../../ui/format.ts';
import { orderTitle, STATE_WORDS } from '../../../ui/order-words.ts';
import { columnsOf, orLast } from '../../../ui/table-features.ts';
import { Tag } from '../../../ui/tag.tsx';
import { sharedColumns } from '../shared-columns.tsx';
import { averagePrice, type OrderRow } from './order-rows.ts';

export function orderColumns(account: AccountKind) {
  const column = columnsOf<OrderRow>();
  const shared = sharedColumns<OrderRow>(account);
  return column.columns([
    shared.account,
    column.accessor('time', {
      header: 'Decided (UTC)',
      cell: ({ getValue }) => <span className="figure">{formatDateTime(getValue())}</span>,
      meta: { align: 'start', width: '136px' },
    }),
    shared.symbol,
    shared.bot,
    column.accessor(({ order }) => orderTitle(order), {
      id: 'order',
      header: 'Order',
      sortFn: 'text',
      meta: { align: 'start', width: 'minmax(104px, 1fr)' },
    }),
    column.accessor(({ order }) => sizeOf(order), {
      id: 'size',
      header: 'Asked',
      enableSorting: false,
      meta: { align: 'end', width: 'minmax(112px, 1fr)' },
    }),
    column.accessor(({ order }) => orLast(order.price), {
      id: 'price',
      header: 'Price',
      sortUndefined: 'last',
      cell: ({ getValue }) => formatPrice(getValue() ?? null),
      meta: { align: 'end', width: 'minmax(82px, 0.9fr)' },
    }),
    column.accessor(({ order }) => order.filledAmount, {
      id: 'filled',
      header: 'Filled',
      cell: ({ getValue }) => formatAmount(getValue() === 0 ? null : getValue()),
      meta: { align: 'end', width: 'minmax(82px, 0.9fr)' },
    }),
    column.accessor(({ order }) => orLast(averagePrice(order)), {
      id: 'average',
      header: 'At',
      sortUndefined: 'last',
      cell: ({ getValue }) => formatPrice(getValue() ?? null),
      meta: { align: 'end', width: 'minmax(82px, 0.9fr)' },
    }),
    column.accessor(({ order }) => STATE_WORDS[order.state].word, {
      id: 'state',
      header: 'State',
      sortFn: 'text',
      cell: ({ row, getValue }) => (
        <Tag tone={STATE_WORDS[row.original.order.state].tone}>{getValue()}</Tag>
      ),
      meta: { align: 'start', width: '110px' },
    }),
  ]);
}

/** Entries ask for money, exits for coins. */
export function sizeOf({ symbol, amount, cost }: OrderLine): string {
  const { base, quote } = unitsOf(symbol);
  if (cost !== null) return `${formatMoney(cost)} ${quote}`;
  return `${formatAmount(amount)} ${base}`;
}
