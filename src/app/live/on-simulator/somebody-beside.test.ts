/** The soak of `somebody-beside.soak.ts`, short: five minutes with somebody in the same account. */

import { expect, it } from 'vitest';
import { tradeBesideSomebody } from './testing/somebody-beside.ts';

const SEED = Number(process.env['FC_SEED'] ?? 42);

it('five minutes beside somebody cost no coin of theirs', async () => {
  const figures = await tradeBesideSomebody({ seed: SEED, minutes: 5 });
  expect(figures.trades).toBeGreaterThan(0);
}, 120_000);
