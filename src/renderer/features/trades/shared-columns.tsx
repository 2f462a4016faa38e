/** The columns that every list of the books begins with. */

import type { AccountKind } from '../../../contract/trading.ts';
import { columnsOf } from '../../ui/table-features.ts';
import { AccountTag } from './account-tag.tsx';

interface Listed {
  readonly bot: string | null;
  readonly symbol: string | null;
}

export function sharedColumns<Row extends Listed>(account: AccountKind) {
  const column = columnsOf<Row>();
  return {
    account: column.display({
      id: 'account',
      header: 'Account',
      cell: () => <AccountTag account={account} />,
      meta: { align: 'start', width: '72px' },
    }),
    symbol: column.accessor(({ symbol }) => symbol ?? '–', {
      id: 'symbol',
      header: 'Symbol',
      sortFn: 'text',
      cell: ({ getValue }) => <strong>{getValue()}</strong>,
      meta: { align: 'start', width: 'minmax(84px, 0.8fr)' },
    }),
    bot: column.accessor(({ bot }) => bot ?? '–', {
      id: 'bot',
      header: 'Bot',
      sortFn: 'text',
      cell: ({ getValue }) => <span title={getValue()}>{getValue()}</span>,
      meta: { align: 'start', width: 'minmax(104px, 1.2fr)' },
    }),
  };
}
