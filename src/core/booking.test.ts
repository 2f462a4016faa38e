import { expect, it } from 'vitest';
import { rememberTrade } from './booking.ts';
import type { Trade } from './domain/trade.ts';
import { Stage } from './testing/stage.ts';

const TRADE: Trade = {
  side: 'buy',
  amount: 0.3,
  entryTime: 0,
  entryPrice: 100,
  exitTime: 60_000,
  exitPrice: 100,
  exitReason: 'signal',
  fees: 0,
  pnl: 0,
  returnPct: 0,
};

it('a round trip counts for the protections with what it won or lost, and what rounding has left is neither', () => {
  const stage = new Stage();
  stage.quote(100);
  const { account } = stage.engine;
  for (const pnl of [-1e-12, 1e-12, -0.01, 0.02]) {
    rememberTrade(account, stage.bot(), { ...TRADE, pnl });
  }
  expect(account.pastTrades.map(({ pnl }) => pnl)).toEqual([0, 0, -0.01, 0.02]);
  expect(() => rememberTrade(account, stage.bot(), { ...TRADE, exitTime: null })).toThrow(
    'The trade has no exit.',
  );
});
