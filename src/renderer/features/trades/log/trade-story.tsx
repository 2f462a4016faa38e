/** One trade: what it made, and the orders that it was made of. */

import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { OrderLine } from '../../../../contract/trading.ts';
import { useAsked } from '../../../app/use-asked.ts';
import { EXIT_WORDS } from '../../../ui/exit-words.ts';
import {
  formatAmount,
  formatDuration,
  formatExactTime,
  formatMoney,
  formatPercent,
  formatPrice,
  unitsOf,
} from '../../../ui/format.ts';
import { orderTitle, STATE_WORDS } from '../../../ui/order-words.ts';
import { Signed } from '../../../ui/signed.tsx';
import { ErrorPanel, LoadingPanel } from '../../../ui/states.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { AccountTag } from '../account-tag.tsx';
import type { Books } from '../books.ts';
import type { BooksView } from '../books-view.ts';
import { Facts } from '../facts.tsx';
import { sizeOf } from '../orders/order-columns.tsx';
import { ordersOfTrade } from '../orders/order-rows.ts';
import type { TradeRow } from './trade-rows.ts';

interface TradeStoryProps {
  readonly view: BooksView;
  readonly row: TradeRow;
  readonly onOrder: (order: OrderLine) => void;
}

export function TradeStory({ view, row, onOrder }: TradeStoryProps) {
  return (
    <div className="story">
      <Facts label="The trade" facts={factsOf(view.books, row)} />
      <section>
        <h3>Its orders</h3>
        <OrdersOf view={view} row={row} onOrder={onOrder} />
      </section>
    </div>
  );
}

function factsOf(books: Books, row: TradeRow): Readonly<Record<string, ReactNode>> {
  const { base, quote } = unitsOf(row.symbol);
  const { exitTime, exitPrice, exitReason } = row;
  return {
    Account: <AccountTag account={books.account} />,
    Bot: row.bot,
    Amount: `${formatAmount(row.amount)} ${base}`,
    Bought: `${formatExactTime(row.entryTime)} UTC at ${formatPrice(row.entryPrice)} ${quote}`,
    Cost: `${formatMoney(row.amount * row.entryPrice)} ${quote}`,
    Sold:
      exitTime === null
        ? 'still open'
        : `${formatExactTime(exitTime)} UTC at ${formatPrice(exitPrice)} ${quote}`,
    ...(exitTime === null ? {} : { Held: formatDuration(exitTime - row.entryTime) }),
    ...(exitReason === null ? {} : { 'Sold by': EXIT_WORDS[exitReason] }),
    ...(row.fees === null ? {} : { Fees: `${formatMoney(row.fees)} ${quote}` }),
    PnL: <Signed value={row.pnl} format={formatMoney} unit={quote} />,
    Return: <Signed value={row.returnPct} format={formatPercent} />,
  };
}

/** Enough to reach the orders of any trade in the list. */
const MOST_ORDERS = 5_000;

function OrdersOf({ view, row, onOrder }: TradeStoryProps) {
  const { account, accountId } = view.books;
  const input = { account, accountId, limit: MOST_ORDERS } as const;
  const { answer, reload } = useAsked('trading.orders', input, row.id);
  if (answer.status === 'loading') return <LoadingPanel label="Loading its orders" height={80} />;
  if (answer.status === 'failed') {
    return (
      <ErrorPanel
        title="Its orders cannot be shown"
        sentence={answer.error.sentence}
        onRetry={reload}
      />
    );
  }
  return (
    <ul className="story-orders">
      {ordersOfTrade(answer.value, row).map((order) => (
        <li key={order.id}>
          <UnstyledButton className="story-order" onClick={() => onOrder(order)}>
            <span>
              {orderTitle(order)}, {sizeOf(order)}
              {order.price !== null && ` at ${formatPrice(order.price)}`}
            </span>
            <Tag tone={STATE_WORDS[order.state].tone}>{STATE_WORDS[order.state].word}</Tag>
            <IconChevronRight size={14} aria-hidden="true" />
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
