/** What rests on the exchange's book: ours, and what somebody else placed. */

import type { OrderLine, TradingStatus } from '../../../contract/trading.ts';
import { formatAmount, formatMoney, formatPrice } from '../../ui/format.ts';
import { orderTitle, STATE_WORDS } from '../../ui/order-words.ts';
import { Panel } from '../../ui/panel.tsx';
import { PlainTable, type PlainColumn } from '../../ui/plain-table.tsx';
import { Tag } from '../../ui/tag.tsx';

interface OpenOrder {
  readonly id: string;
  readonly symbol: string;
  /** `null` for one that is not ours. */
  readonly ours: OrderLine | null;
}

export function OpenOrdersPanel({ status }: { status: TradingStatus }) {
  const rows: readonly OpenOrder[] = [
    ...status.openOrders.map((order) => ({ id: order.id, symbol: order.symbol, ours: order })),
    ...status.externalOrders.map(({ exchangeId, symbol }, index) => ({
      id: exchangeId ?? `external ${index}`,
      symbol,
      ours: null,
    })),
  ];
  return (
    <Panel title="Open orders" flush={rows.length > 0}>
      {rows.length === 0 ? (
        <p className="quiet portfolio-hint">Nothing rests on the book.</p>
      ) : (
        <PlainTable label="Open orders" rows={rows} rowId={({ id }) => id} columns={COLUMNS} />
      )}
    </Panel>
  );
}

const COLUMNS: readonly PlainColumn<OpenOrder>[] = [
  {
    title: 'Symbol',
    cell: ({ symbol }) => <strong>{symbol}</strong>,
    sortBy: ({ symbol }) => symbol,
  },
  {
    title: 'Order',
    cell: ({ ours }) => (ours === null ? <Tag tone="quiet">not ours</Tag> : orderTitle(ours)),
  },
  {
    title: 'Size',
    align: 'end',
    cell: ({ ours }) =>
      ours === null ? '–' : ours.cost === null ? formatAmount(ours.amount) : formatMoney(ours.cost),
  },
  {
    title: 'Price',
    align: 'end',
    cell: ({ ours }) => formatPrice(ours?.price ?? null),
    sortBy: ({ ours }) => ours?.price ?? null,
  },
  {
    title: 'State',
    cell: ({ ours }) => (
      <span className="quiet">{STATE_WORDS[ours?.state ?? 'accepted'].word}</span>
    ),
  },
];
