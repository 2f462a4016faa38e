/** One order: what was asked, what the risk gate made of it, and everything that the journal says of it. */

import { CopyButton, ActionIcon, Timeline, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { OrderLine } from '../../../../contract/trading.ts';
import { useAsked } from '../../../app/use-asked.ts';
import {
  formatAmount,
  formatExactTime,
  formatMoney,
  formatPrice,
  unitsOf,
} from '../../../ui/format.ts';
import { orderTitle, STATE_WORDS } from '../../../ui/order-words.ts';
import { ErrorPanel, LoadingPanel } from '../../../ui/states.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { AccountTag } from '../account-tag.tsx';
import { botNameIn, type Books } from '../books.ts';
import { Facts } from '../facts.tsx';
import { sizeOf } from './order-columns.tsx';
import { averagePrice } from './order-rows.ts';

interface OrderStoryProps {
  readonly books: Books;
  readonly order: OrderLine;
}

export function OrderStory({ books, order }: OrderStoryProps) {
  return (
    <div className="story">
      <Facts label="The order" facts={factsOf(books, order)} />
      <section>
        <h3>Its life, as the journal has it</h3>
        <Life books={books} order={order} />
      </section>
    </div>
  );
}

function factsOf(books: Books, order: OrderLine): Readonly<Record<string, ReactNode>> {
  const { base, quote } = unitsOf(order.symbol);
  const { word, tone } = STATE_WORDS[order.state];
  const filled = `${formatAmount(order.filledAmount)} ${base} for ${formatMoney(order.filledCost)} ${quote}`;
  return {
    Account: <AccountTag account={books.account} />,
    Order: `${orderTitle(order)}, ${order.symbol}`,
    Bot: botNameIn(books, order.botId),
    State: <Tag tone={tone}>{word}</Tag>,
    ...(order.askedCost === null ? {} : { Asked: `${formatMoney(order.askedCost)} ${quote}` }),
    ...(order.adjustments.length === 0 ? {} : { 'Risk gate': order.adjustments.join(' ') }),
    Sent: sizeOf(order),
    ...(order.price === null ? {} : { Price: `${formatPrice(order.price)} ${quote}` }),
    Filled: order.filledAmount > 0 ? filled : 'nothing',
    ...(order.filledAmount > 0
      ? { 'Average price': `${formatPrice(averagePrice(order))} ${quote}` }
      : {}),
    ...(order.note === null ? {} : { Note: order.note }),
    'Order id': <CopiedId id={order.id} />,
  };
}

function CopiedId({ id }: { id: string }) {
  return (
    <span className="copied-id">
      <code>{id}</code>
      <CopyButton value={id}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? 'Copied' : 'Copy the id'}>
            <ActionIcon size="sm" aria-label="Copy the id" onClick={copy}>
              {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </span>
  );
}

function Life({ books, order }: OrderStoryProps) {
  const { account, accountId } = books;
  const input = { account, accountId, orderId: order.id } as const;
  const { answer, reload } = useAsked(
    'trading.order-life',
    input,
    `${order.state} ${order.updatedAt}`,
  );
  if (answer.status === 'loading') return <LoadingPanel label="Loading its life" height={120} />;
  if (answer.status === 'failed') {
    return (
      <ErrorPanel
        title="Its life cannot be shown"
        sentence={answer.error.sentence}
        onRetry={reload}
      />
    );
  }
  return (
    <Timeline
      bulletSize={12}
      lineWidth={2}
      active={answer.value.length}
      aria-label="Life of the order"
    >
      {answer.value.map(({ time, sentence }, index) => (
        // Several lines share a moment, and none has an id.
        // oxlint-disable-next-line react/no-array-index-key
        <Timeline.Item key={`${time} ${index}`}>
          <p>{sentence}</p>
          <p className="quiet figure story-when">{formatExactTime(time)} UTC</p>
        </Timeline.Item>
      ))}
    </Timeline>
  );
}
