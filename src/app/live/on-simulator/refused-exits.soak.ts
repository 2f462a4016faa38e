/** Exits that an exchange refuses for an hour, in every way that the table of its answers has: `SOAK_MINUTES` sets how long. */

import { describe, expect, it } from 'vitest';
import { refuseExits } from './testing/refused-exits.ts';
import { REFUSALS } from './testing/refusals.ts';

const SEED = Number(process.env['FC_SEED'] ?? 42);
const MINUTES = Number(process.env['SOAK_MINUTES'] ?? 60);

describe(`exits refused for ${MINUTES} minutes (seed ${SEED})`, () => {
  it.each(REFUSALS.map((open, index) => ({ open, index })))(
    'in the way %$',
    async ({ open, index }) => {
      const refusal = await open();
      const figures = await refuseExits({ seed: SEED + index, minutes: MINUTES, refusal });
      process.stdout.write(`Refused, ${refusal.name}: ${JSON.stringify(figures)}\n`);
      expect(figures.longestUnguardedMs).toBeGreaterThan(MINUTES * 60_000);
    },
  );
});
