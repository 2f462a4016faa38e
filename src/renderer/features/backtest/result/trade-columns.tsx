/** The columns of the trades table. */

import type { Trade } from '../../../../core/domain/trade.ts';
import {
  formatAmount,
  formatDateTime,
  formatDuration,
  formatMoney,
  formatPercent,
  formatPrice,
} from '../../../ui/format.ts';
import { EXIT_WORDS } from '../../../ui/exit-words.ts';
import { Signed } from '../../../ui/signed.tsx';
import { columnsOf, orLast } from '../../../ui/table-features.ts';
import type { NumberedTrade } from './trade-filter.ts';

/** @param decimals - Of all prices. */
export function tradeColumns(decimals: number) {
  const column = columnsOf<NumberedTrade>();
  return column.columns([
    column.accessor('number', {
      header: '#',
      meta: { align: 'end', width: '40px' },
    }),
    column.accessor(({ trade }) => trade.entryTime, {
      id: 'entryTime',
      header: 'Entry (UTC)',
      cell: ({ getValue }) => <span className="figure">{formatDateTime(getValue())}</span>,
      meta: { align: 'start', width: 'minmax(130px, 1.1fr)' },
    }),
    column.accessor(({ trade }) => orLast(trade.exitTime), {
      id: 'exitTime',
      header: 'Exit (UTC)',
      sortUndefined: 'last',
      cell: ({ getValue }) => {
        const time = getValue();
        if (time === undefined) return <span className="trade-open">Still open</span>;
        return <span className="figure">{formatDateTime(time)}</span>;
      },
      meta: { align: 'start', width: 'minmax(130px, 1.1fr)' },
    }),
    column.accessor(({ trade }) => trade.pnl, {
      id: 'pnl',
      header: 'PnL',
      cell: ({ getValue }) => <Signed value={getValue()} format={formatMoney} />,
      meta: { align: 'end', width: 'minmax(88px, 1fr)' },
    }),
    column.accessor(({ trade }) => trade.returnPct, {
      id: 'returnPct',
      header: 'Return',
      cell: ({ getValue }) => <Signed value={getValue()} format={formatPercent} />,
      meta: { align: 'end', width: 'minmax(84px, 0.8fr)' },
    }),
    column.accessor(({ trade }) => trade.entryPrice, {
      id: 'entryPrice',
      header: 'Entry price',
      cell: ({ getValue }) => formatPrice(getValue(), decimals),
      meta: { align: 'end', width: 'minmax(78px, 1fr)' },
    }),
    column.accessor(({ trade }) => orLast(trade.exitPrice), {
      id: 'exitPrice',
      header: 'Exit price',
      sortUndefined: 'last',
      cell: ({ getValue }) => formatPrice(getValue() ?? null, decimals),
      meta: { align: 'end', width: 'minmax(78px, 1fr)' },
    }),
    column.accessor(({ trade }) => trade.amount, {
      id: 'amount',
      header: 'Amount',
      cell: ({ getValue }) => formatAmount(getValue()),
      meta: { align: 'end', width: 'minmax(78px, 1fr)' },
    }),
    column.accessor(({ trade }) => trade.fees, {
      id: 'fees',
      header: 'Fees',
      cell: ({ getValue }) => formatMoney(getValue()),
      meta: { align: 'end', width: 'minmax(60px, 0.8fr)' },
    }),
    column.accessor(({ trade }) => orLast(heldFor(trade)), {
      id: 'held',
      header: 'Held',
      sortUndefined: 'last',
      cell: ({ getValue }) => formatDuration(getValue() ?? null),
      meta: { align: 'end', width: 'minmax(88px, 0.8fr)' },
    }),
    column.accessor(({ trade }) => orLast(trade.exitReason), {
      id: 'exitReason',
      header: 'Exit by',
      sortUndefined: 'last',
      sortFn: 'text',
      cell: ({ getValue }) => {
        const reason = getValue();
        return reason === undefined ? '–' : EXIT_WORDS[reason];
      },
      meta: { align: 'start', width: '72px' },
    }),
  ]);
}

function heldFor({ entryTime, exitTime }: Trade): number | null {
  return exitTime === null ? null : exitTime - entryTime;
}
