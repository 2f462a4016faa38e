/** What somebody who watches an account is told, and how often. */

import { describe, expect, it } from 'vitest';
import { settled } from './testing/live-clock.ts';
import { LiveStage } from './testing/live-stage.ts';

describe('trading.watch', () => {
  it('tells that there is no account, and of the one that is set up', async () => {
    const stage = await LiveStage.open();
    const seen = stage.watch();
    await settled();
    expect(seen).toEqual([null]);
    await stage.begin();
    await stage.clock.advance(250);
    expect(seen.at(-1)).toMatchObject({ venue: 'Hand-driven', equity: 1_000 });
  });

  it('tells of many prices at most four times a second, and of the last one always', async () => {
    const stage = await LiveStage.open();
    await stage.begin({ BTC: 1 });
    await stage.addBot();
    const seen = stage.watch();
    for (let tenth = 1; tenth <= 100; tenth += 1) {
      await stage.quote(100 + tenth);
      await stage.clock.advance(10);
    }
    expect(seen.length).toBeLessThanOrEqual(5);
    await stage.clock.advance(250);
    expect(seen.at(-1)).toMatchObject({ equity: 200 });
    const told = seen.length;
    await stage.clock.advance(5_000);
    expect(seen).toHaveLength(told);
  });

  it('tells that the market is lost and comes back, and when the first price has come', async () => {
    const stage = await LiveStage.open();
    await stage.begin();
    await stage.addBot();
    const seen = stage.watch();
    await settled();
    expect(seen.at(-1)?.connection).toEqual({ up: true, sentence: 'Waiting for the first price.' });
    await stage.quote(100);
    await stage.clock.advance(250);
    const prices = { up: true, sentence: 'Prices come from Hand-driven.' };
    expect(seen.at(-1)?.connection).toEqual(prices);
    stage.market.tellConnection(false, 'It is away.');
    await stage.clock.advance(250);
    expect(seen.at(-1)?.connection).toEqual({ up: false, sentence: 'It is away.' });
    // A new subscription hears of no return: it never knew that the market was away.
    await stage.addBot();
    await stage.quote(101);
    await stage.clock.advance(250);
    expect(seen.at(-1)?.connection).toEqual(prices);
  });

  it('goes on over other rules and another account', async () => {
    const stage = await LiveStage.open();
    await stage.begin();
    const seen = stage.watch();
    const rules = await stage.call('trading.rules', {});
    await stage.call('trading.configure', {
      ...rules,
      limits: { ...rules.limits, maxTradesPerDay: 3 },
    });
    await stage.clock.advance(250);
    expect(seen.at(-1)).toMatchObject({ today: { maxTrades: 3 } });
    await stage.begin({ USDT: 70 });
    await stage.clock.advance(250);
    expect(seen.at(-1)).toMatchObject({ equity: 70 });
  });
});
