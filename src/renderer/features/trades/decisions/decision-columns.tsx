/** The columns of the list of decisions. */

import type { AccountKind } from '../../../../contract/trading.ts';
import { formatExactTime } from '../../../ui/format.ts';
import { columnsOf } from '../../../ui/table-features.ts';
import { Tag } from '../../../ui/tag.tsx';
import { DECISION_WORDS } from '../../../ui/decision-words.ts';
import { AccountTag } from '../account-tag.tsx';
import type { DecisionRow } from './decision-rows.ts';

export function decisionColumns(account: AccountKind) {
  const column = columnsOf<DecisionRow>();
  return column.columns([
    column.display({
      id: 'account',
      header: 'Account',
      cell: () => <AccountTag account={account} />,
      meta: { align: 'start', width: '72px' },
    }),
    column.accessor('time', {
      header: 'Decided (UTC)',
      cell: ({ getValue }) => <span className="figure">{formatExactTime(getValue())}</span>,
      meta: { align: 'start', width: '156px' },
    }),
    column.accessor('kind', {
      header: 'Kind',
      sortFn: 'text',
      cell: ({ getValue }) => {
        const { word, tone } = DECISION_WORDS[getValue()];
        return <Tag tone={tone}>{word}</Tag>;
      },
      meta: { align: 'start', width: '92px' },
    }),
    column.accessor(({ bot }) => bot ?? '–', {
      id: 'bot',
      header: 'Bot',
      sortFn: 'text',
      cell: ({ getValue }) => <span title={getValue()}>{getValue()}</span>,
      meta: { align: 'start', width: 'minmax(110px, 0.5fr)' },
    }),
    column.accessor('sentence', {
      header: 'What, and why',
      enableSorting: false,
      cell: ({ row, getValue }) => (
        <span title={getValue()}>
          {row.original.code !== null && <code className="decision-code">{row.original.code}</code>}
          {getValue()}
        </span>
      ),
      meta: { align: 'start', width: 'minmax(460px, 3fr)' },
    }),
  ]);
}
