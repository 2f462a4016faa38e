/** An entry that has waited its turn is sent by a price that is fresh when it leaves, or not at all. */

import { expect, it } from 'vitest';
import { isOpen, type OrderRecord } from '../../core/orders/order-record.ts';
import { LiveExchange } from './testing/live-exchange.ts';

async function entering(quoted: (stage: LiveExchange) => void): Promise<LiveExchange> {
  const stage = await LiveExchange.live();
  const { control } = stage.simulator;
  await stage.pass(2_000);
  stage.quote(60_000);
  await stage.clock.advance(9_000);
  // Asked to wait for two seconds, whatever is sent meanwhile waits for as long.
  control.fault({ kind: 'rate-limit', retryAfterSeconds: 2, path: '/account' });
  const timers = stage.clock.timers;
  void stage.live.account()?.session.compare();
  // It has been told to wait, and will ask again.
  await stage.until(() => stage.clock.timers > timers);
  void stage.buy(20);
  await stage.until(() => entryIn(stage) !== undefined);
  // Before it can leave: the one that it was decided by is too old by then.
  quoted(stage);
  await stage.clock.advance(1_500);
  return stage;
}

function bought({ simulator }: LiveExchange): number {
  return simulator.control.truth().fills.filter(({ side }) => side === 'BUY').length;
}

function entryIn({ live }: LiveExchange): OrderRecord | undefined {
  return live.account()?.session.engine.orders.all.find(({ order }) => order.purpose === 'entry');
}

function isWaiting(stage: LiveExchange): boolean {
  const entry = entryIn(stage);
  return entry === undefined || isOpen(entry);
}

it('is not sent by a price that has grown old while it waited', async () => {
  const stage = await entering(() => {});
  do {
    await stage.elapse(1_000);
  } while (isWaiting(stage));
  expect(entryIn(stage)?.state).toBe('rejected');
  expect(entryIn(stage)?.note).toMatch(/nothing is bought by a price older than 10 s/);
  expect(bought(stage)).toBe(0);
  expect(stage.simulator.control.truth().orders).toEqual([]);
});

it('is sent where a new price has come meanwhile', async () => {
  const stage = await entering((each) => each.quote(60_010));
  do {
    // The story's time runs on while answers are under way.
    stage.quote(60_010);
    await stage.elapse(1_000);
  } while (isWaiting(stage));
  expect([entryIn(stage)?.state, entryIn(stage)?.note, bought(stage)]).toEqual(['filled', null, 1]);
});
