/** Eight hours of trading across midnight in which something goes wrong every minute, and what they came to. */

import { expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../../core/domain/timeframe.ts';
import { NOON } from './testing/simulator-stage.ts';
import { HOUR_MS, tradeForHours } from './testing/trading-hours.ts';

const SEED = Number(process.env['FC_SEED'] ?? 42);

it(`eight hours lose no order and double none, whatever goes wrong (seed ${SEED})`, async () => {
  const started = performance.now();
  const figures = await tradeForHours({
    seed: SEED,
    start: NOON + DAY_MS / 2 - 4 * HOUR_MS,
    durationMs: Number(process.env['SOAK_HOURS'] ?? 8) * HOUR_MS,
    everyMs: 2_000,
    auditMs: 10 * MINUTE_MS,
  });
  const seconds = Math.round((performance.now() - started) / 1_000);
  process.stdout.write(`Eight hours, seed ${SEED}: ${JSON.stringify({ ...figures, seconds })}\n`);
  expect(figures.days).toBe(2);
});
