/** What a first paper bot is set up with. */

import type { InputOf } from '../../../contract/define.ts';
import type { MarketVenue } from '../../../contract/market.ts';
import type { tradingContract } from '../../../contract/trading.ts';

export interface Start {
  readonly venue: MarketVenue;
  readonly label: string;
  readonly help: string;
  readonly symbol: string;
  readonly quote: string;
  readonly timeframe: '1m' | '5m';
}

export const STARTS: readonly [Start, ...Start[]] = [
  {
    venue: 'sample',
    label: 'Practice market',
    help: 'Made-up prices that move quickly: something happens within minutes, without the internet.',
    symbol: 'BTC/USDT',
    quote: 'USDT',
    timeframe: '1m',
  },
  {
    venue: 'binanceus',
    label: 'Binance US',
    help: 'Real prices of Binance US. It may take hours until the strategy acts.',
    symbol: 'BTC/USDT',
    quote: 'USDT',
    timeframe: '5m',
  },
  {
    venue: 'kraken',
    label: 'Kraken',
    help: 'Real prices of Kraken. It may take hours until the strategy acts.',
    symbol: 'BTC/USD',
    quote: 'USD',
    timeframe: '5m',
  },
];

export function firstBot(
  { symbol, timeframe }: Start,
  strategy: string,
): InputOf<(typeof tradingContract)['bots.add']> {
  return {
    name: 'First bot',
    symbol,
    timeframe,
    // Parameters that are left out have their defaults.
    strategy: { name: strategy, params: {} },
    sizing: { kind: 'fixed', cost: 25 },
    exits: { stopDistance: 0.03, targetDistance: null, trailing: null, maxHoldMs: null },
  };
}
