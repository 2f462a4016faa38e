/** Bots and what they hold, for tests. */

import type { MarketBars } from '../../../../contract/market.ts';
import type { OrderLine } from '../../../../contract/trading.ts';
import type { BotStatusLine, Position } from '../bot-of.ts';

export function sampleBot(part: Partial<BotStatusLine> = {}): BotStatusLine {
  return {
    id: 'bot-1',
    settings: {
      name: 'First bot',
      symbol: 'BTC/USDT',
      timeframe: '1m',
      strategy: { name: 'sma-cross', params: { fast: 10, slow: 30 } },
      sizing: { kind: 'fixed', cost: 25 },
      exits: { stopDistance: 0.03, targetDistance: null, trailing: null, maxHoldMs: null },
    },
    status: 'running',
    error: null,
    isWarm: true,
    lastBar: 60_000,
    ...part,
  };
}

export function samplePosition(part: Partial<Position> = {}): Position {
  return {
    botId: 'bot-1',
    symbol: 'BTC/USDT',
    amount: 0.0005,
    entryPrice: 50_000,
    entryTime: 60_000,
    price: 51_000,
    unrealisedPnl: 0.45,
    stop: 48_500,
    target: null,
    trailing: null,
    sellAt: null,
    guardPlace: 'engine',
    verdict: {
      kind: 'agreed',
      since: null,
      sentence: 'The exchange and the books agree.',
      waysOut: [],
    },
    ...part,
  };
}

export function sampleOrder(part: Partial<OrderLine> = {}): OrderLine {
  return {
    id: 'order-1',
    botId: 'bot-1',
    symbol: 'BTC/USDT',
    side: 'buy',
    type: 'market',
    state: 'submitting',
    amount: null,
    cost: 50,
    price: null,
    filledAmount: 0,
    filledCost: 0,
    createdAt: 60_000,
    updatedAt: 60_000,
    askedCost: 100,
    adjustments: [],
    note: null,
    ...part,
  };
}

/** One bar a minute with these closes. */
export function sampleBars(closes: readonly number[]): MarketBars {
  const column = (of: (close: number, bar: number) => number) => Float64Array.from(closes, of);
  return {
    time: column((_, bar) => bar * 60_000),
    open: column((close) => close),
    high: column((close) => close + 1),
    low: column((close) => close - 1),
    close: column((close) => close),
    volume: column(() => 10),
    lines: [],
  };
}
