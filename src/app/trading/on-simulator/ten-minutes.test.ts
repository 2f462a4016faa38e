/** The long run of `eight-hours.soak.ts`, short: what goes wrong in ten minutes around midnight. */

import { expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../../core/domain/timeframe.ts';
import { NOON } from './testing/simulator-stage.ts';
import { tradeForHours } from './testing/trading-hours.ts';

const SEED = Number(process.env['FC_SEED'] ?? 42);

it('ten minutes of trading lose no order and double none, whatever goes wrong', async () => {
  const figures = await tradeForHours({
    seed: SEED,
    start: NOON + DAY_MS / 2 - 5 * MINUTE_MS,
    durationMs: 10 * MINUTE_MS,
    everyMs: 2_000,
    auditMs: 5 * MINUTE_MS,
  });
  expect(figures).toMatchObject({ days: 2 });
  expect(figures.orders).toBeGreaterThan(10);
}, 120_000);
