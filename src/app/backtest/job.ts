/** What a worker thread does for one backtest, and what goes in and out of it. */

import { z } from 'zod';
import { backtestConfig, backtestSummary } from '../../contract/backtest.ts';
import { float64Column } from '../../contract/shared-schemas.ts';
import { runBacktest } from '../../core/backtest/run.ts';
import { fail, ok } from '../../core/domain/result.ts';
import type { JobAnswer, JobContext } from '../workers/worker-side.ts';
import { packOutcome } from './packed-outcome.ts';

export const backtestJobInput = z.strictObject({
  config: backtestConfig,
  candles: z.strictObject({
    length: z.number().int().min(0),
    time: float64Column,
    open: float64Column,
    high: float64Column,
    low: float64Column,
    close: float64Column,
    volume: float64Column,
  }),
});

const bytes = z.instanceof(Uint8Array<ArrayBuffer>);

export const finishedBacktest = z.strictObject({
  summary: backtestSummary,
  outcome: z.strictObject({
    trades: bytes,
    denials: bytes,
    time: bytes,
    equity: bytes,
    curve: bytes,
  }),
});

export type BacktestJobInput = z.infer<typeof backtestJobInput>;
export type FinishedBacktest = z.infer<typeof finishedBacktest>;

/** The replay's share of the work; the rest is packing. Measured with half a million bars. */
const REPLAY_SHARE = 0.6;

export function answerBacktest(
  { config, candles }: BacktestJobInput,
  context: JobContext,
): JobAnswer<FinishedBacktest> {
  const ran = runBacktest(config, candles, {
    onProgress: (fraction) => context.progress(REPLAY_SHARE * fraction),
  });
  if (!ran.ok) return ran;
  const outcome = packOutcome(ran.value, (fraction) =>
    context.progress(REPLAY_SHARE + (1 - REPLAY_SHARE) * fraction),
  );
  if (outcome === null) return fail('CANCELLED', 'The backtest was cancelled.');
  const { trades, denials, time, equity, curve } = outcome;
  const transfer = [trades, denials, time, equity, curve].map(({ buffer }) => buffer);
  return ok({ value: { summary: ran.value.summary, outcome }, transfer });
}
