/** The columns of the trade log. */

import type { AccountKind } from '../../../../contract/trading.ts';
import { EXIT_WORDS } from '../../../ui/exit-words.ts';
import {
  formatAmount,
  formatDateTime,
  formatMoney,
  formatPercent,
  formatPrice,
} from '../../../ui/format.ts';
import { Signed } from '../../../ui/signed.tsx';
import { columnsOf, orLast } from '../../../ui/table-features.ts';
import { sharedColumns } from '../shared-columns.tsx';
import type { TradeRow } from './trade-rows.ts';

export function tradeLogColumns(account: AccountKind) {
  const column = columnsOf<TradeRow>();
  const shared = sharedColumns<TradeRow>(account);
  return column.columns([
    shared.account,
    shared.symbol,
    shared.bot,
    column.accessor('entryTime', {
      header: 'Entry (UTC)',
      cell: ({ getValue }) => <span className="figure">{formatDateTime(getValue())}</span>,
      meta: { align: 'start', width: '136px' },
    }),
    column.accessor(({ exitTime }) => orLast(exitTime), {
      id: 'exitTime',
      header: 'Exit (UTC)',
      sortUndefined: 'first',
      cell: ({ getValue }) => {
        const time = getValue();
        if (time === undefined) return <span className="trade-open">Still open</span>;
        return <span className="figure">{formatDateTime(time)}</span>;
      },
      meta: { align: 'start', width: '136px' },
    }),
    column.accessor('pnl', {
      header: 'PnL',
      cell: ({ getValue }) => <Signed value={getValue()} format={formatMoney} />,
      meta: { align: 'end', width: 'minmax(76px, 0.8fr)' },
    }),
    column.accessor('returnPct', {
      header: 'Return',
      cell: ({ getValue }) => <Signed value={getValue()} format={formatPercent} />,
      meta: { align: 'end', width: 'minmax(80px, 0.7fr)' },
    }),
    column.accessor('entryPrice', {
      header: 'Entry price',
      cell: ({ getValue }) => formatPrice(getValue()),
      meta: { align: 'end', width: 'minmax(82px, 0.9fr)' },
    }),
    column.accessor(({ exitPrice }) => orLast(exitPrice), {
      id: 'exitPrice',
      header: 'Exit price',
      sortUndefined: 'last',
      cell: ({ getValue }) => formatPrice(getValue() ?? null),
      meta: { align: 'end', width: 'minmax(82px, 0.9fr)' },
    }),
    column.accessor('amount', {
      header: 'Amount',
      cell: ({ getValue }) => formatAmount(getValue()),
      meta: { align: 'end', width: 'minmax(80px, 0.9fr)' },
    }),
    column.accessor(({ exitReason }) => orLast(exitReason), {
      id: 'exitReason',
      header: 'Exit by',
      sortUndefined: 'last',
      sortFn: 'text',
      cell: ({ getValue }) => {
        const reason = getValue();
        return reason === undefined ? '–' : EXIT_WORDS[reason];
      },
      meta: { align: 'start', width: '104px' },
    }),
  ]);
}
