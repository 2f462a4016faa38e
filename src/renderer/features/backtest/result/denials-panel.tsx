/** Orders that were not sent, and why. */

import { Select } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { BacktestConfig } from '../../../../core/backtest/report.ts';
import type { Denial } from '../../../../core/domain/denial.ts';
import { formatCounted, formatDateTime, formatMoney } from '../../../ui/format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { columnsOf } from '../../../ui/table-features.ts';
import { VirtualTable } from '../../../ui/virtual-table.tsx';

interface DenialsPanelProps {
  readonly denials: readonly Denial[];
  readonly quote: string;
  readonly limits: BacktestConfig['limits'];
}

export function DenialsPanel({ denials, quote, limits }: DenialsPanelProps) {
  const [code, setCode] = useState<string | null>(null);
  const codes = useMemo(() => [...new Set(denials.map((denial) => denial.code))], [denials]);
  const shown = useMemo(
    () => denials.filter((denial) => code === null || denial.code === code),
    [denials, code],
  );
  const columns = useMemo(() => denialColumns(quote), [quote]);
  if (denials.length === 0) {
    return (
      <Panel title="Denied orders">
        <EmptyState icon={<IconCircleCheck size={26} stroke={1.6} />} title="No order was denied">
          {limits === 'on'
            ? 'Every order passed the hard limits, some of them cut to size.'
            : 'Hard limits were off in this run. Turn them on in the settings to see what live trading would refuse.'}
        </EmptyState>
      </Panel>
    );
  }
  return (
    <Panel
      title="Denied orders"
      note={formatCounted(shown.length, 'order', 'orders')}
      actions={
        <Select
          aria-label="Reason"
          placeholder="All reasons"
          clearable
          allowDeselect
          w={230}
          data={codes}
          value={code}
          onChange={setCode}
        />
      }
      flush
    >
      <VirtualTable
        label="Denied orders"
        data={shown}
        columns={columns}
        rowId={denialId}
        initialSorting={[{ id: 'time', desc: false }]}
        height={420}
        minWidth={800}
      />
    </Panel>
  );
}

function denialId(_denial: Denial, index: number): string {
  return String(index);
}

function denialColumns(quote: string) {
  const column = columnsOf<Denial>();
  return column.columns([
    column.accessor('time', {
      header: 'Decided (UTC)',
      cell: ({ getValue }) => <span className="figure">{formatDateTime(getValue())}</span>,
      meta: { align: 'start', width: '140px' },
    }),
    column.accessor('code', {
      header: 'Code',
      cell: ({ getValue }) => <code className="denial-code">{getValue()}</code>,
      meta: { align: 'start', width: '210px' },
    }),
    column.accessor('askedCost', {
      header: `Asked (${quote})`,
      cell: ({ getValue }) => formatMoney(getValue()),
      meta: { align: 'end', width: '120px' },
    }),
    column.accessor('sentence', {
      header: 'Why',
      cell: ({ getValue }) => <span title={getValue()}>{getValue()}</span>,
      meta: { align: 'start', width: 'minmax(320px, 1fr)' },
    }),
  ]);
}
