/**
 * Eight hours of trading across midnight in which something goes wrong every minute, and what they came to: `FC_SEED`
 * chooses others, `SOAK_HOURS` how many.
 */

import { expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../../core/domain/timeframe.ts';
import { NOON } from './testing/simulator-stage.ts';
import { HOUR_MS, tradeForHours } from './testing/trading-hours.ts';

const SEED = Number(process.env['FC_SEED'] ?? 42);
const HOURS = Number(process.env['SOAK_HOURS'] ?? 8);

it(`${HOURS} hours lose no order and double none, whatever goes wrong (seed ${SEED})`, async () => {
  const started = performance.now();
  const durationMs = HOURS * HOUR_MS;
  const figures = await tradeForHours({
    seed: SEED,
    start: NOON + DAY_MS / 2 - durationMs / 2,
    durationMs,
    everyMs: 2_000,
    auditMs: 10 * MINUTE_MS,
  });
  const seconds = Math.round((performance.now() - started) / 1_000);
  process.stdout.write(
    `${HOURS} hours on the simulator, seed ${SEED}: ${JSON.stringify({ ...figures, seconds })}\n`,
  );
  expect(figures.days).toBe(2);
});
