/** Paper or live, in word and colour, on every row: nobody shall take one for the other. */

import type { AccountKind } from '../../../contract/trading.ts';
import { Tag } from '../../ui/tag.tsx';

export function AccountTag({ account }: { account: AccountKind }) {
  return <Tag tone={account}>{account === 'live' ? 'LIVE' : 'PAPER'}</Tag>;
}
