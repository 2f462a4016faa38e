/** 500 trades with fees of 0.1 to 1.2 %, in coins as well: what one may lose and what a day may. `SOAK_TRADES` sets how many. */

import { expect, it } from 'vitest';
import { tradeDearly } from './testing/dear-trades.ts';

const SEED = Number(process.env['FC_SEED'] ?? 42);
const TRADES = Number(process.env['SOAK_TRADES'] ?? 500);

it.each(['binanceus', 'kraken'] as const)(
  `%s: ${TRADES} trades lose no more than they may (seed ${SEED})`,
  async (venue) => {
    const figures = await tradeDearly({ seed: SEED, venue, trades: TRADES });
    process.stdout.write(`Dear trades, ${venue}, seed ${SEED}: ${JSON.stringify(figures)}\n`);
    expect(figures.trades).toBeGreaterThanOrEqual(TRADES);
    expect(figures.worstTradePercent).toBeGreaterThan(0.5);
  },
);
