/** The order ticket of one bot: what is typed, what the gate would make of it, and what became of the last order. */

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../../../contract/contract.ts';
import type { ContractClient } from '../../../../contract/rpc/client-types.ts';
import type { AccountKind, EntryAnswer, EntryPreviewWire } from '../../../../contract/trading.ts';
import {
  EMPTY_TICKET,
  isSettled,
  readTicket,
  type TicketEntries,
  type TicketOrder,
} from './ticket-model.ts';

export type Preview =
  | { readonly status: 'none' }
  /** Something was typed, and the gate has not answered. */
  | { readonly status: 'asking' }
  | { readonly status: 'shown'; readonly order: TicketOrder; readonly preview: EntryPreviewWire }
  | { readonly status: 'failed'; readonly sentence: string };

export type Sent =
  | { readonly status: 'none' }
  | { readonly status: 'sending' }
  | { readonly status: 'answered'; readonly answer: EntryAnswer }
  | { readonly status: 'failed'; readonly sentence: string };

export interface TicketState {
  readonly entries: TicketEntries;
  readonly preview: Preview;
  readonly sent: Sent;
}

export interface TicketStore extends StoreApi<TicketState> {
  change(part: Partial<TicketEntries>): void;
  /** Asks the gate again: its answer depends on the price. */
  refresh(): Promise<void>;
  /** Sends what the preview shows, and nothing else. */
  send(): Promise<void>;
  /** Sends what a person has confirmed, whatever has been typed since. */
  sendConfirmed(order: TicketOrder): Promise<void>;
  /** Looks what has become of an order that was not settled yet. */
  follow(): Promise<void>;
}

export interface TicketOptions {
  readonly client: ContractClient<Contract>;
  readonly account: AccountKind;
  readonly botId: string;
  /** @returns calls it off */
  readonly setTimer: (ms: number, run: () => void) => () => void;
}

/** Typing pauses this long before the gate is asked, ms. */
const PAUSE_MS = 300;
/** As many of the newest orders as are looked through for the one that was sent. */
const NEWEST_ORDERS = 50;
const NONE = { status: 'none' } as const;

export function createTicketStore(options: TicketOptions): TicketStore {
  const { client, account, botId } = options;
  const store = createStore<TicketState>(() => ({
    entries: EMPTY_TICKET,
    preview: NONE,
    sent: NONE,
  }));
  let callOff = (): void => {};
  let asked = 0;

  const refresh = async (): Promise<void> => {
    const { order } = readTicket(store.getState().entries);
    if (order === null) return;
    asked += 1;
    const turn = asked;
    const answer = await client.call('bots.preview', { account, botId, ...order });
    // What was typed meanwhile is asked for on its own.
    if (turn !== asked) return;
    store.setState({
      preview: answer.ok
        ? { status: 'shown', order, preview: answer.value }
        : { status: 'failed', sentence: answer.error.sentence },
    });
  };

  const change = (part: Partial<TicketEntries>): void => {
    callOff();
    asked += 1;
    const entries = { ...store.getState().entries, ...part };
    const { order } = readTicket(entries);
    store.setState({ entries, sent: NONE, preview: order === null ? NONE : { status: 'asking' } });
    if (order !== null) callOff = options.setTimer(PAUSE_MS, () => void refresh());
  };

  const sendConfirmed = async (order: TicketOrder): Promise<void> => {
    if (store.getState().sent.status === 'sending') return;
    store.setState({ sent: { status: 'sending' } });
    const answer = await client.call('bots.enter', { account, botId, ...order });
    // A second press shall not buy again.
    if (answer.ok && answer.value.kind === 'submitted') change({ amount: '' });
    store.setState({
      sent: answer.ok
        ? { status: 'answered', answer: answer.value }
        : { status: 'failed', sentence: answer.error.sentence },
    });
  };

  return {
    ...store,
    change,
    refresh,
    sendConfirmed,
    async send() {
      const { preview } = store.getState();
      if (preview.status === 'shown') await sendConfirmed(preview.order);
    },
    async follow() {
      const { sent } = store.getState();
      if (sent.status !== 'answered' || sent.answer.kind !== 'submitted') return;
      if (isSettled(sent.answer)) return;
      const { id } = sent.answer.order;
      const answer = await client.call('trading.orders', { account, limit: NEWEST_ORDERS });
      const order = answer.ok ? answer.value.find((one) => one.id === id) : undefined;
      if (order === undefined || store.getState().sent !== sent) return;
      store.setState({ sent: { status: 'answered', answer: { kind: 'submitted', order } } });
    },
  };
}
