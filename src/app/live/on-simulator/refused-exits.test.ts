/** The soak of `refused-exits.soak.ts`, short: two minutes in which nothing is taken. */

import { expect, it } from 'vitest';
import { refuseExits } from './testing/refused-exits.ts';
import { REFUSALS } from './testing/refusals.ts';

const SEED = Number(process.env['FC_SEED'] ?? 42);

// A halt, a busy server, Coinbase's answer, and Kraken's.
it.each([0, 3, 7, 8])(
  'exits that are refused for two minutes send few orders and few alerts (kind %i)',
  async (index) => {
    const refusal = await REFUSALS[index]?.();
    if (refusal === undefined) throw new Error('There is no such refusal.');
    const figures = await refuseExits({ seed: SEED, minutes: 2, refusal });
    expect(figures.longestUnguardedMs).toBeGreaterThan(2 * 60_000);
  },
  120_000,
);
