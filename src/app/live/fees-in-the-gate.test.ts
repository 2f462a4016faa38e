/** The gate reckons with what the exchange takes of this account, and with the most it takes until it tells. */

import { expect, it } from 'vitest';
import type { TradingFees } from '../../core/domain/costs.ts';
import { ok } from '../../core/domain/result.ts';
import { FeeWatch } from './fee-watch.ts';
import { LiveExchange } from './testing/live-exchange.ts';

it('asks for the fees of what is traded once it is connected, and every hour again', async () => {
  const stage = await LiveExchange.live();
  await stage.check();
  const session = stage.live.account()?.session;
  if (session === undefined) throw new Error('There is no account.');
  const told = () => session.engine.fees.state()['BTC/USDT']?.told ?? null;
  await stage.until(() => told() !== null);
  expect(told()).toEqual({ maker: 0.001, taker: 0.001 });

  const asked: string[] = [];
  const answers: TradingFees[] = [{ maker: 0.006, taker: 0.012 }];
  let now = stage.clock.now;
  const gateway = {
    fees: async (symbol: string) => {
      asked.push(symbol);
      const answer = answers.shift();
      const error = { code: 'EXCHANGE_UNAVAILABLE', sentence: 'No.' } as const;
      return answer === undefined ? ({ ok: false, error } as const) : ok(answer);
    },
  };
  const watch = new FeeWatch({ gateway, session, clock: { now: () => now } });
  await watch.look();
  await watch.look();
  expect(asked).toEqual(['BTC/USDT']);
  expect(session.engine.fees.of('BTC/USDT').taker).toBe(0.012);
  now += 3_600_001;
  await watch.look();
  await watch.look();
  expect(asked).toHaveLength(2);
  now += 60_001;
  await watch.look();
  expect(asked).toHaveLength(3);
  // What cannot be asked for stays what it was.
  expect(session.engine.fees.of('BTC/USDT').taker).toBe(0.012);
});
