/** Three hours with somebody in the same account, halts, and pairs that vanish: `SOAK_MINUTES` sets how long. */

import { expect, it } from 'vitest';
import { tradeBesideSomebody } from './testing/somebody-beside.ts';

const SEED = Number(process.env['FC_SEED'] ?? 42);
const MINUTES = Number(process.env['SOAK_MINUTES'] ?? 180);

it.each([0, 1, 2, 3])(
  `${MINUTES} minutes beside somebody cost no coin of theirs (seed ${SEED} + %i)`,
  async (more) => {
    const seed = SEED + more;
    const figures = await tradeBesideSomebody({ seed, minutes: MINUTES });
    process.stdout.write(`Beside somebody, seed ${seed}: ${JSON.stringify(figures)}\n`);
    expect(figures.trades).toBeGreaterThan(0);
  },
);
