/** The story of a trade or an order, beside the list it was picked from. */

import { Button, Drawer } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { OrderLine } from '../../../contract/trading.ts';
import type { BooksView } from './books-view.ts';
import { TradeStory } from './log/trade-story.tsx';
import type { TradeRow } from './log/trade-rows.ts';
import { OrderStory } from './orders/order-story.tsx';

/** What was picked. An order that was come to by its trade leads back there. */
export interface Picked {
  readonly trade: TradeRow | null;
  readonly order: OrderLine | null;
}

interface StoryDrawerProps {
  readonly view: BooksView;
  readonly picked: Picked;
  readonly onPick: (picked: Picked | null) => void;
}

export function StoryDrawer({ view, picked, onPick }: StoryDrawerProps) {
  const { trade, order } = picked;
  return (
    <Drawer
      opened
      position="right"
      size={460}
      onClose={() => onPick(null)}
      title={order === null ? `Trade in ${trade?.symbol}` : `Order in ${order.symbol}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {order !== null && trade !== null && (
        <Button
          variant="subtle"
          leftSection={<IconArrowLeft size={14} aria-hidden="true" />}
          onClick={() => onPick({ trade, order: null })}
        >
          Back to the trade
        </Button>
      )}
      {order !== null && <OrderStory books={view.books} order={order} />}
      {order === null && trade !== null && (
        <TradeStory view={view} row={trade} onOrder={(next) => onPick({ trade, order: next })} />
      )}
    </Drawer>
  );
}
