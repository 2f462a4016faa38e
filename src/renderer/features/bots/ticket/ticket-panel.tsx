/** Buys by hand through the picked bot, after saying what the risk gate will make of it. */

import { Button, SegmentedControl } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { TradingStatus } from '../../../../contract/trading.ts';
import { LiveOrderDialog } from '../../../app/order/live-order-dialog.tsx';
import { entryPlan, refusedPlan, type PlanAnswer } from '../../../app/order/order-plan.ts';
import { useServices } from '../../../app/services.tsx';
import { NumberField } from '../../../ui/form/number-field.tsx';
import type { NumberEntry } from '../../../ui/form/number/number-entry.ts';
import { exactMoney, unitsOf } from '../../../ui/format.ts';
import { Panel } from '../../../ui/panel.tsx';
import type { Submitted } from '../../../ui/submitted.ts';
import type { BotStatusLine } from '../bot-of.ts';
import { PreviewLines } from './preview-lines.tsx';
import { SentLine } from './sent-line.tsx';
import { buyWords, readTicket, type TicketEntries, type TicketOrder } from './ticket-model.ts';
import { createTicketStore, type TicketStore } from './ticket-store.ts';

interface TicketPanelProps {
  readonly status: TradingStatus;
  readonly bot: BotStatusLine;
}

/** The gate's answer changes with the price, ms. */
const REFRESH_MS = 3_000;

export function TicketPanel({ status, bot }: TicketPanelProps) {
  const ticket = useTicket(status, bot.id);
  const { preview, sent } = useStore(ticket);
  const { quote } = unitsOf(bot.settings.symbol);
  const account = status.mode;
  const shown = preview.status === 'shown' ? preview.preview : null;
  const [asking, setAsking] = useState<TicketOrder | null>(null);
  const submit = (event: Submitted): void => {
    event.preventDefault();
    if (preview.status !== 'shown' || preview.preview.kind !== 'approved') return;
    if (account === 'live') setAsking(preview.order);
    else void ticket.send();
  };
  return (
    <Panel title="Order by hand" note={bot.settings.symbol}>
      <form
        className={account === 'live' ? 'stack danger-frame' : 'stack'}
        aria-label="Order by hand"
        onSubmit={submit}
        noValidate
      >
        <TicketFields ticket={ticket} quote={quote} />
        <PreviewLines preview={preview} bots={status.bots} quote={quote} />
        <Button
          type="submit"
          fullWidth
          {...(account === 'live' ? { color: 'red.8' } : {})}
          loading={sent.status === 'sending'}
          disabled={shown?.kind !== 'approved'}
        >
          {buyWords(account, shown, quote)}
        </Button>
        <SentLine sent={sent} bots={status.bots} />
      </form>
      {asking !== null && (
        <ConfirmEntry bot={bot} ticket={ticket} order={asking} onClose={() => setAsking(null)} />
      )}
    </Panel>
  );
}

interface ConfirmEntryProps {
  readonly bot: BotStatusLine;
  readonly ticket: TicketStore;
  readonly order: TicketOrder;
  readonly onClose: () => void;
}

function ConfirmEntry({ bot, ticket, order, onClose }: ConfirmEntryProps) {
  const { client } = useServices();
  const { symbol } = bot.settings;
  const read = async (): Promise<PlanAnswer> => {
    const input = { account: 'live', botId: bot.id, ...order } as const;
    const answer = await client.call('bots.preview', input);
    if (!answer.ok) return refusedPlan(answer.error.sentence);
    return entryPlan({ symbol, ...order }, answer.value);
  };
  return (
    <LiveOrderDialog
      title={`Buy ${symbol} by hand`}
      keep="Do not buy"
      read={read}
      send={() => ticket.sendConfirmed(order)}
      onClose={onClose}
    />
  );
}

function useTicket({ mode }: TradingStatus, botId: string): TicketStore {
  const { client, trading } = useServices();
  const [ticket] = useState(() => createTicketStore({ client, account: mode, botId, setTimer }));
  useEffect(() => {
    const timer = setInterval(() => void ticket.refresh(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [ticket]);
  // Whenever something has happened in the account.
  useEffect(() => trading.subscribe(() => void ticket.follow()), [trading, ticket]);
  return ticket;
}

function setTimer(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

function TicketFields({ ticket, quote }: { ticket: TicketStore; quote: string }) {
  const entries = useStore(ticket, (state) => state.entries);
  const { errors } = readTicket(entries);
  const field = (name: Exclude<keyof TicketEntries, 'type'>) => ({
    unit: quote,
    // Above, it would lie over what the field there comes to.
    helpSide: 'left' as const,
    value: entries[name],
    min: 0,
    error: errors[name],
    meaning: (value: number) => exactMoney(value, quote),
    onChange: (entry: NumberEntry) => ticket.change({ [name]: entry }),
  });
  return (
    <>
      <SegmentedControl
        fullWidth
        aria-label="Type of order"
        data={[
          { value: 'market', label: 'Market' },
          { value: 'limit', label: 'Limit' },
        ]}
        value={entries.type}
        onChange={(type) => ticket.change({ type })}
      />
      <div className="field-grid">
        <div className={entries.type === 'market' ? 'field-wide' : ''}>
          <NumberField
            label="Amount"
            help="What the order spends, in quote currency."
            step={5}
            {...field('amount')}
          />
        </div>
        {entries.type === 'limit' && (
          <NumberField
            label="Limit price"
            help="It buys at this price or a lower one."
            step={10}
            {...field('limit')}
          />
        )}
        <NumberField
          label="Stop price"
          help="Sells when the price falls to this. Empty: as the limits say."
          step={10}
          {...field('stop')}
        />
        <NumberField
          label="Target price"
          help="Sells when the price rises to this. Empty: none."
          step={10}
          {...field('target')}
        />
      </div>
    </>
  );
}
