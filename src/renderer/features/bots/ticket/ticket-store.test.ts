/** Typing an order, seeing what the gate makes of it, sending it, and hearing of its fill. */

import { beforeEach, expect, it } from 'vitest';
import type { Contract } from '../../../../contract/contract.ts';
import type { InputOf, OutputOf } from '../../../../contract/define.ts';
import { contractFailure, type ContractResult } from '../../../../contract/errors.ts';
import { FakeApp, settled } from '../../../testing/fake-app.ts';
import { sampleOrder } from '../testing/sample-bots.ts';
import { createTicketStore, type TicketStore } from './ticket-store.ts';

type PreviewAnswer = ContractResult<OutputOf<Contract['bots.preview']>>;
type EnterAnswer = ContractResult<OutputOf<Contract['bots.enter']>>;

const CAPPED: PreviewAnswer = {
  ok: true,
  value: {
    kind: 'approved',
    worstPrice: 60_000,
    feeRate: 0.001,
    maxLoss: null,
    cost: 50,
    price: 50_000,
    stop: 47_500,
    adjustments: ['Capped at 50 USD.'],
  },
};

let previewed: InputOf<Contract['bots.preview']>[];
let entered: InputOf<Contract['bots.enter']>[];
let previewAnswer: PreviewAnswer;
let enterAnswer: EnterAnswer;
let orders: ReturnType<typeof sampleOrder>[];
let pause: (() => void) | null;
let ticket: TicketStore;

beforeEach(() => {
  [previewed, entered, orders] = [[], [], []];
  previewAnswer = CAPPED;
  enterAnswer = { ok: true, value: { kind: 'submitted', order: sampleOrder() } };
  const app = new FakeApp({
    'bots.preview': (input) => {
      previewed.push(input);
      return previewAnswer;
    },
    'bots.enter': (input) => {
      entered.push(input);
      return enterAnswer;
    },
    'trading.orders': () => ({ ok: true, value: orders }),
  });
  pause = null;
  ticket = createTicketStore({
    client: app.client,
    account: 'paper',
    botId: 'bot-1',
    setTimer: (_ms, run) => {
      pause = run;
      return () => {
        pause = null;
      };
    },
  });
});

/** As after a pause in typing. */
async function paused(): Promise<void> {
  pause?.();
  await settled();
}

it('asks the gate once typing has paused, for what was typed last', async () => {
  ticket.change({ amount: 1 });
  ticket.change({ amount: 10 });
  ticket.change({ amount: 100 });
  expect(ticket.getState().preview).toEqual({ status: 'asking' });
  await paused();
  expect(previewed).toEqual([
    { account: 'paper', botId: 'bot-1', cost: 100, limit: null, stop: null, target: null },
  ]);
  expect(ticket.getState().preview).toMatchObject({ status: 'shown', preview: { cost: 50 } });
});

it('shows no answer to what has been typed over meanwhile', async () => {
  ticket.change({ amount: 100 });
  pause?.();
  ticket.change({ amount: 20 });
  await settled();
  expect(ticket.getState().preview).toEqual({ status: 'asking' });
});

it('asks nothing while a field is wrong', async () => {
  ticket.change({ amount: -5 });
  await paused();
  expect(previewed).toEqual([]);
  expect(ticket.getState().preview).toEqual({ status: 'none' });
});

it('sends nothing that was not previewed', async () => {
  ticket.change({ amount: 100 });
  await ticket.send();
  expect(entered).toEqual([]);
});

it('sends once, and empties the amount, so that a second press buys nothing', async () => {
  ticket.change({ amount: 100 });
  await paused();
  await Promise.all([ticket.send(), ticket.send()]);
  await ticket.send();
  expect(entered).toHaveLength(1);
  expect(ticket.getState().entries.amount).toBe('');
});

it('follows the order until it is filled', async () => {
  ticket.change({ amount: 100 });
  await paused();
  await ticket.send();
  await ticket.follow();
  expect(ticket.getState().sent).toMatchObject({ answer: { order: { state: 'submitting' } } });
  orders = [sampleOrder({ state: 'filled', filledAmount: 0.001, filledCost: 49.98 })];
  await ticket.follow();
  expect(ticket.getState().sent).toMatchObject({ answer: { order: { state: 'filled' } } });
});

it('keeps what was typed where the gate denies it', async () => {
  enterAnswer = {
    ok: true,
    value: { kind: 'denied', code: 'NO_FRESH_PRICE', sentence: 'The price is old.' },
  };
  ticket.change({ amount: 100 });
  await paused();
  await ticket.send();
  expect(ticket.getState()).toMatchObject({
    entries: { amount: 100 },
    sent: { status: 'answered', answer: { kind: 'denied' } },
  });
});

it("shows the app's sentence when it cannot answer", async () => {
  previewAnswer = contractFailure('NO_ACCOUNT', 'No paper account is set up.');
  ticket.change({ amount: 100 });
  await paused();
  expect(ticket.getState().preview).toEqual({
    status: 'failed',
    sentence: 'No paper account is set up.',
  });
});
