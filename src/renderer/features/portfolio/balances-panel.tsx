/** What the account holds, by currency. */

import type { TradingStatus } from '../../../contract/trading.ts';
import { formatAmount, formatMoney } from '../../ui/format.ts';
import { Panel } from '../../ui/panel.tsx';
import { PlainTable, type PlainColumn } from '../../ui/plain-table.tsx';

export function BalancesPanel({ status }: { status: TradingStatus }) {
  const { balances, mode, venue } = status;
  return (
    <Panel title="Balances" note={mode === 'live' ? `from ${venue}` : 'on paper'} flush>
      <PlainTable
        label="Balances"
        rows={balances}
        rowId={({ currency }) => currency}
        columns={COLUMNS}
      />
    </Panel>
  );
}

const COLUMNS: readonly PlainColumn<TradingStatus['balances'][number]>[] = [
  {
    title: 'Currency',
    cell: ({ currency }) => <strong>{currency}</strong>,
    sortBy: ({ currency }) => currency,
  },
  {
    title: 'Amount',
    align: 'end',
    cell: ({ amount }) => formatAmount(amount),
    sortBy: ({ amount }) => amount,
  },
  {
    title: 'Worth, USD',
    align: 'end',
    cell: ({ worth }) =>
      worth === null ? <span className="quiet">no price</span> : formatMoney(worth),
    sortBy: ({ worth }) => worth,
  },
];
