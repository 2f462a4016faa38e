/** The exchange simulator with a clock that stands still, and a history that reads it through ccxt without waiting. */

import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { startSimulator, type Simulator } from '../../../../e2e/exchange-simulator/simulator.ts';
import type { CandleRow } from '../../../core/domain/candles.ts';
import { openBarHistory, type BarHistory } from '../../../exchanges/ccxt/bar-history.ts';
import { toSimulator } from '../../../exchanges/ccxt/simulator-fetch.ts';

/** Half past noon: the bar of the hour is forming. */
export const NOW = Date.UTC(2026, 0, 15, 12, 30);

export interface SimulatedExchange {
  readonly simulator: Simulator;
  /** Path and query of every request for bars. */
  readonly asked: readonly string[];
  /** ms that were waited for, one after another. */
  readonly waits: readonly number[];
  /** @param timeoutMs real ms until a request is given up */
  readonly open: (timeoutMs?: number) => BarHistory;
  /** The simulator's own bars of an hour, asked for without ccxt. */
  readonly hours: (from: number, to: number) => Promise<readonly CandleRow[]>;
}

export async function aSimulatedExchange(): Promise<SimulatedExchange> {
  const simulator = await startSimulator({ market: { kind: 'still', seed: 7 }, now: () => NOW });
  onTestFinished(simulator.close);
  const asked: string[] = [];
  const waits: number[] = [];
  let waited = 0;
  const redirected = toSimulator(simulator.restUrl);
  return {
    simulator,
    asked,
    waits,
    open: (timeoutMs = 30_000) => {
      const history = openBarHistory({
        venue: 'binanceus',
        // Whoever waits is told at once that the time is over.
        clock: {
          now: () => NOW + waited,
          setTimer: (ms, callback) => {
            waits.push(ms);
            waited += ms;
            const timer = setImmediate(callback);
            return () => clearImmediate(timer);
          },
        },
        random: () => 0,
        fetch: (url, init) => {
          if (url.includes('/klines')) asked.push(new URL(url).search);
          return redirected(url, init);
        },
        timeoutMs,
        requestGapMs: 1,
      });
      onTestFinished(() => history.close());
      return history;
    },
    hours: (from, to) => hoursOf(simulator.restUrl, from, to),
  };
}

const rows = z.array(
  z
    .tuple([z.number(), z.string(), z.string(), z.string(), z.string(), z.string()])
    .rest(z.unknown()),
);

async function hoursOf(address: string, from: number, to: number): Promise<readonly CandleRow[]> {
  const bars: CandleRow[] = [];
  for (let since = from; since < to;) {
    const query = `symbol=BTCUSDT&interval=1h&startTime=${since}&endTime=${to - 1}&limit=1000`;
    const answer = await fetch(`${address}/api/v3/klines?${query}`);
    const page = rows.parse(await answer.json());
    for (const [time, open, high, low, close, volume] of page)
      bars.push([time, Number(open), Number(high), Number(low), Number(close), Number(volume)]);
    since = (page.at(-1)?.[0] ?? to) + 3_600_000;
  }
  return bars;
}
