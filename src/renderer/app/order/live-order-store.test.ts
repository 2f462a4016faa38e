/** Confirming an order of real money: what is sent is what was shown, once. */

import { beforeEach, expect, it } from 'vitest';
import { createLiveOrder, type LiveOrderStore } from './live-order-store.ts';
import { entryPlan, refusedPlan, type PlanAnswer } from './order-plan.ts';

function planAt(price: number, cost = 50): PlanAnswer {
  return entryPlan(
    { symbol: 'BTC/USDT', cost: 100, limit: null, target: null },
    {
      kind: 'approved',
      cost,
      price,
      worstPrice: price,
      feeRate: 0.001,
      maxLoss: null,
      stop: null,
      adjustments: [],
    },
  );
}

let now: PlanAnswer;
let sent: number;
/** Lets an answer through that was held back. */
let pass: (() => void) | null;
let isHeld: boolean;
let order: LiveOrderStore;

beforeEach(async () => {
  [now, sent, pass, isHeld] = [planAt(60_000), 0, null, false];
  order = createLiveOrder({
    read: async () => {
      if (isHeld) {
        await new Promise<void>((resolve) => {
          pass = resolve;
        });
      }
      return now;
    },
    send: async () => {
      sent += 1;
    },
  });
  await order.look();
});

it('is sent where it still is what was shown', async () => {
  now = planAt(60_030);
  expect(await order.confirm()).toBe(true);
  expect(sent).toBe(1);
});

it('is not sent where the price has moved or the gate grants another amount, and says so', async () => {
  for (const changed of [planAt(61_000), planAt(61_000, 20)]) {
    now = changed;
    expect(await order.confirm()).toBe(false);
    expect(order.getState()).toMatchObject({ answer: changed, isBusy: false });
    expect(order.getState().change).not.toBeNull();
  }
  expect(sent).toBe(0);
  expect(await order.confirm()).toBe(true);
  expect([sent, order.getState().change]).toEqual([1, null]);
});

it('cannot be confirmed once it is refused, nor before it was shown', async () => {
  now = refusedPlan('COOLDOWN: The loss is fresh.');
  expect(await order.confirm()).toBe(false);
  expect(await order.confirm()).toBe(false);
  const fresh = createLiveOrder({ read: async () => planAt(60_000), send: async () => {} });
  expect(await fresh.confirm()).toBe(false);
  expect([sent, order.getState().answer]).toEqual([0, now]);
});

it('is sent once, however often it is pressed', async () => {
  isHeld = true;
  const presses = [order.confirm(), order.confirm()];
  pass?.();
  expect(await Promise.all(presses)).toEqual([true, false]);
  expect(sent).toBe(1);
});

it('is not sent behind a question that was closed', async () => {
  isHeld = true;
  const pressed = order.confirm();
  order.leave();
  pass?.();
  expect(await pressed).toBe(false);
  expect(sent).toBe(0);
});

it('shows the newest price all the while, and tells of a change that was only looked at', async () => {
  now = planAt(60_010);
  await order.look();
  expect(order.getState()).toMatchObject({ answer: now, change: null });
  now = planAt(66_000);
  await order.look();
  expect(order.getState().change).toBe('The price is 66,000.00 now; it was 60,010.00.');
});
