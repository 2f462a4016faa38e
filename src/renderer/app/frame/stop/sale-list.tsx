/** What will be sold, and what will not. */

import type { AccountKind } from '../../../../contract/trading.ts';
import { formatAmount, formatMoney, unitsOf } from '../../../ui/format.ts';
import { Tag } from '../../../ui/tag.tsx';
import type { Sale } from './sale.ts';

export function SaleList({ sale: { sold, left } }: { sale: Sale }) {
  const isLive = sold.some(({ account }) => account === 'live');
  return (
    <div className={isLive ? 'sale danger-frame' : 'sale'}>
      <h3>Stop and sell everything sells</h3>
      {sold.length === 0 ? (
        <p className="quiet">Nothing: CryptoPiggy holds nothing that it knows of.</p>
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
      {left.length > 0 && (
        <>
          <h3>It does not sell</h3>
          <ul aria-label="What will not be sold">
            {left.map(({ account, what, why }) => (
              <li key={`${account} ${what} ${why}`}>
                <AccountWord account={account} />
                <span>
                  {what}. <span className="quiet">{why}</span>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

export function AccountWord({ account }: { account: AccountKind }) {
  return <Tag tone={account}>{account === 'live' ? 'LIVE' : 'Paper'}</Tag>;
}
