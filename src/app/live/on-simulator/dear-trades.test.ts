/** The soak of `dear-trades.soak.ts`, short: a dozen trades at the dearest fee. */

import { expect, it } from 'vitest';
import { tradeDearly } from './testing/dear-trades.ts';

const SEED = Number(process.env['FC_SEED'] ?? 42);

it('trades at a fee of 1.2 % lose no more than one percent each, and a day no more than it may', async () => {
  const figures = await tradeDearly({ seed: SEED, venue: 'binanceus', trades: 12, fees: [1.2] });
  expect(figures.trades).toBeGreaterThanOrEqual(12);
}, 120_000);
