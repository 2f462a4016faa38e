/** What an account is doing, for tests: nothing, unless said otherwise. */

import type { TradingStatus } from '../../contract/trading.ts';

export function sampleStatus(part: Partial<TradingStatus> = {}): TradingStatus {
  return {
    mode: 'paper',
    venue: 'Practice market',
    venueId: 'sample',
    connection: { up: true, sentence: 'Connected.' },
    tradingState: 'active',
    fault: null,
    time: 60_000,
    priceAt: 60_000,
    equity: 1_000,
    today: {
      day: 0,
      openingEquity: 1_000,
      pnl: 0,
      lossFraction: 0,
      maxLossFraction: 0.05,
      trades: 0,
      maxTrades: 20,
      lossLimitBreached: false,
    },
    balances: [],
    dust: [],
    positions: [],
    bots: [],
    openOrders: [],
    externalOrders: [],
    ...part,
  };
}
