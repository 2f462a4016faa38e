/** What will be sold, and what will not. */

import type { AccountKind } from '../../../../contract/trading.ts';
import { formatAmount, formatMoney, unitsOf } from '../../../ui/format.ts';
import { Tag } from '../../../ui/tag.tsx';
import type { LeftLine, Sale } from './sale.ts';

export function SaleList({ sale: { sold, later, left } }: { sale: Sale }) {
  const isLive = [...sold, ...later].some(({ account }) => account === 'live');
  return (
    <div className={isLive ? 'sale danger-frame' : 'sale'}>
      <h3>Will be sold</h3>
      {sold.length === 0 ? (
        <p className="quiet">
          {later.length === 0
            ? 'Nothing: CryptoPiggy holds nothing that it knows of.'
            : 'Nothing at once.'}
        </p>
      ) : (
        <ul aria-label="What will be sold">
          {sold.map(({ account, botId, symbol, amount, worth }) => (
            <li key={`${account} ${botId}`}>
              <AccountWord account={account} />
              <span className="figure">
                {formatAmount(amount)} {unitsOf(symbol).base}
              </span>
              <span className="quiet figure">
                {worth === null
                  ? 'no price is known'
                  : `about ${formatMoney(worth)} ${unitsOf(symbol).quote}`}
              </span>
            </li>
          ))}
        </ul>
      )}
      <Lines
        title="Will be sold as soon as it can be reached"
        label="What will be sold later"
        lines={later}
      />
      <Lines title="Will not be sold" label="What will not be sold" lines={left} />
    </div>
  );
}

interface LinesProps {
  readonly title: string;
  readonly label: string;
  readonly lines: readonly LeftLine[];
}

function Lines({ title, label, lines }: LinesProps) {
  if (lines.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul aria-label={label}>
        {lines.map(({ account, what, why }) => (
          <li key={`${account} ${what} ${why}`}>
            <AccountWord account={account} />
            <span>
              {what}. <span className="quiet">{why}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

export function AccountWord({ account }: { account: AccountKind }) {
  return <Tag tone={account}>{account === 'live' ? 'LIVE' : 'Paper'}</Tag>;
}
