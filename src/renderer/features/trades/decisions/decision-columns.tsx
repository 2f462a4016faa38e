/** The columns of the list of decisions. */

import type { AccountKind } from '../../../../contract/trading.ts';
import { formatExactTime } from '../../../ui/format.ts';
import { columnsOf } from '../../../ui/table-features.ts';
import { Tag } from '../../../ui/tag.tsx';
import { DECISION_WORDS } from '../../../ui/decision-words.ts';
import { sharedColumns } from '../shared-columns.tsx';
import type { DecisionRow } from './decision-rows.ts';

export function decisionColumns(account: AccountKind) {
  const column = columnsOf<DecisionRow>();
  const shared = sharedColumns<DecisionRow>(account);
  return column.columns([
    shared.account,
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
    shared.bot,
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
