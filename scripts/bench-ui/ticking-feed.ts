/** A market of four symbols that ticks as fast as it is told to, so that an hour of prices takes a minute. */

import type { CandleRow } from '../../src/core/domain/candles.ts';
import type { FeedEvent, FeedWants } from '../../src/core/ports/market-feed.ts';
import { ok } from '../../src/core/domain/result.ts';
import type { OpenFeed } from '../../src/app/trading/trading-side.ts';

export const SYMBOLS = ['BTC/USDT', 'ETH/USDT', 'SOL/USDT', 'BTC/USDC'] as const;

/** Prices that went out so far, over all symbols and subscribers. */
export interface TickCount {
  ticks: number;
}

/** @param everyMs real time between two ticks of each symbol */
export function tickingFeed(everyMs: number, count: TickCount): OpenFeed {
  const timers = new Set<NodeJS.Timeout>();
  const subscribe = (wants: FeedWants, listener: (event: FeedEvent) => void): (() => void) => {
    let step = 0;
    const timer = setInterval(() => {
      step += 1;
      for (const symbol of wants.quotes) {
        const price = 100 + 10 * Math.sin(step / 97);
        const quote = { symbol, time: Date.now(), bid: price, ask: price, depth: null };
        listener({ kind: 'quote', quote });
        count.ticks += 1;
      }
    }, everyMs);
    timers.add(timer);
    return () => {
      clearInterval(timer);
      timers.delete(timer);
    };
  };
  return {
    name: 'Bench',
    instrument: async (symbol) => {
      const [base = '', quote = ''] = symbol.split('/');
      const rules = { amountStep: null, minAmount: null, priceStep: null, minCost: null };
      return ok({ symbol, base, quote, ...rules });
    },
    closedBars: async () => ok<readonly CandleRow[]>([]),
    subscribe,
    close() {
      for (const timer of timers) clearInterval(timer);
      timers.clear();
    },
  };
}
