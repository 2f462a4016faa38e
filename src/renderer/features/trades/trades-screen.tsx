/** Trades: the books of an account, paper and live apart: round trips, orders with their whole life, decisions. */

import { Select, Tabs } from '@mantine/core';
import { IconBook2 } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { TradingStatus } from '../../../contract/trading.ts';
import { valueOf } from '../../app/loadable.ts';
import { useServices } from '../../app/services.tsx';
import { useAsked } from '../../app/use-asked.ts';
import { usePaced } from '../../app/use-paced.ts';
import { Panel } from '../../ui/panel.tsx';
import { ErrorPanel, LoadingPanel } from '../../ui/states.tsx';
import { useNow } from '../../ui/use-now.ts';
import { StartPanel } from '../start/start-panel.tsx';
import { AccountTag } from './account-tag.tsx';
import { booksOf, shownBooks, type Books } from './books.ts';
import type { BooksView } from './books-view.ts';
import { DecisionsList } from './decisions/decisions-list.tsx';
import { ExportButtons } from './export-buttons.tsx';
import { TradeLog } from './log/trade-log.tsx';
import { OrdersList } from './orders/orders-list.tsx';
import { StoryDrawer, type Picked } from './story-drawer.tsx';

export function TradesScreen() {
  const { trading } = useServices();
  const shown = useStore(trading, (view) => view.shown);
  const bots = useStore(trading, (view) =>
    (['paper', 'live'] as const).map((kind) => namesIn(valueOf(view[kind]))).join(' '),
  );
  const { answer, reload } = useAsked('trading.accounts', {}, bots);
  const all = useMemo(() => booksOf(valueOf(answer) ?? []), [answer]);
  const [pickedKey, setPickedKey] = useState<string | null>(null);
  if (answer.status === 'loading') return <LoadingPanel label="Loading the books" height={400} />;
  if (answer.status === 'failed') {
    return (
      <div className="trades">
        <ErrorPanel
          title="The books cannot be shown"
          sentence={answer.error.sentence}
          onRetry={reload}
        />
      </div>
    );
  }
  const books = shownBooks(all, pickedKey, shown);
  if (books === null) return <StartPanel />;
  return <BooksPanel key={books.key} all={all} books={books} onBooks={setPickedKey} />;
}

/** Another text whenever a bot was added or removed, or another account has begun. */
function namesIn(status: TradingStatus | null): string {
  return status === null ? '-' : `${status.venueId} ${status.bots.map(({ id }) => id).join()}`;
}

interface BooksPanelProps {
  readonly all: readonly Books[];
  readonly books: Books;
  readonly onBooks: (key: string | null) => void;
}

function BooksPanel({ all, books, onBooks }: BooksPanelProps) {
  const view = useBooksView(books);
  const [picked, setPicked] = useState<Picked | null>(null);
  return (
    <div className="trades">
      <Panel
        title="Books"
        note={<AccountTag account={books.account} />}
        actions={
          <>
            <BooksSelect all={all} books={books} onBooks={onBooks} />
            <ExportButtons account={books.account} accountId={books.accountId} />
          </>
        }
        flush
      >
        <Tabs defaultValue="trades" keepMounted={false} className="trades-tabs">
          <Tabs.List aria-label="Parts of the books">
            <Tabs.Tab value="trades">Trades</Tabs.Tab>
            <Tabs.Tab value="orders">Orders</Tabs.Tab>
            <Tabs.Tab value="decisions">Decisions and alerts</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="trades">
            <TradeLog view={view} onPick={(trade) => setPicked({ trade, order: null })} />
          </Tabs.Panel>
          <Tabs.Panel value="orders">
            <OrdersList view={view} onPick={(order) => setPicked({ trade: null, order })} />
          </Tabs.Panel>
          <Tabs.Panel value="decisions">
            <DecisionsList view={view} />
          </Tabs.Panel>
        </Tabs>
      </Panel>
      {picked !== null && <StoryDrawer view={view} picked={picked} onPick={setPicked} />}
    </div>
  );
}

function BooksSelect({ all, books, onBooks }: BooksPanelProps) {
  return (
    <Select
      aria-label="Whose books"
      leftSection={<IconBook2 size={14} aria-hidden="true" />}
      w={300}
      data={all.map(({ key, title }) => ({ value: key, label: title }))}
      value={books.key}
      onChange={onBooks}
    />
  );
}

/** A book that changed ten times a second could not be read. */
const AT_MOST_EVERY_MS = 3_000;
const MINUTE_MS = 60_000;

const NO_POSITIONS: TradingStatus['positions'] = [];

function useBooksView(books: Books): BooksView {
  const { trading } = useServices();
  const status = useStore(trading, (all) => (books.isCurrent ? valueOf(all[books.account]) : null));
  const paced = usePaced(status, AT_MOST_EVERY_MS);
  const now = useNow(MINUTE_MS);
  return useMemo(
    () => ({
      books,
      positions: paced?.positions ?? NO_POSITIONS,
      changed: String(paced?.time ?? 0),
      now,
    }),
    [books, paced, now],
  );
}
