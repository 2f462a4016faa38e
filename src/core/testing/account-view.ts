/** The account as the gate sees it, for tests: rich, on recorded bars, with nothing that stands against an entry. */

import type { AccountView } from '../risk/policy.ts';
import { openDay } from '../risk/trading-day.ts';

export const WELL: AccountView = {
  time: 7,
  price: 100,
  market: { kind: 'bars' },
  cash: 10_000,
  equity: 10_000,
  feeRate: 0.001,
  day: openDay(0, 10_000),
  isDayKnown: true,
  usdPerQuote: 1,
  tradingState: 'active',
  isPaused: false,
  isInDoubt: false,
  botId: 'b',
  now: 0,
  pastTrades: [],
  openPositions: 0,
};
