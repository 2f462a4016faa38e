/** A backtest told in a few bars: what the strategy wants at each close, and what comes of it. */

import { NO_ATTACHED_EXITS, type AttachedExits } from '../../bot/attached-exits.ts';
import { candlesFromRows, type CandleRow } from '../../domain/candles.ts';
import type { Costs } from '../../domain/costs.ts';
import { instrumentFromSymbol } from '../../domain/instrument.ts';
import { NO_PROTECTION } from '../../domain/order.ts';
import type { Sizing } from '../../domain/sizing.ts';
import type { Trade } from '../../domain/trade.ts';
import { Engine } from '../../engine.ts';
import { SimulatedMarket } from '../../matching/simulated-market.ts';
import { HARD_LIMITS } from '../../risk/hard-limits.ts';
import type { RiskPolicy } from '../../risk/policy.ts';
import { NO_PROTECTIONS } from '../../risk/protections.ts';
import type { Intent } from '../../strategies/strategy.ts';
import { replay, type Replayed } from '../replay.ts';

export const MINUTE = 60_000;
const FREE: Costs = { takerFee: 0, makerFee: 0, slippageBps: 0, halfSpreadBps: 0 };
export const LIMITS: RiskPolicy = {
  kind: 'hard-limits',
  whitelist: new Set(['BTC/USDT']),
  limits: HARD_LIMITS,
  protections: NO_PROTECTIONS,
};

export type Bar = readonly [open: number, high: number, low: number, close: number];

interface Scenario {
  readonly bars: readonly Bar[];
  /** What the strategy wants at the close of bar i. */
  readonly plan: Readonly<Record<number, Intent>>;
  readonly costs?: Partial<Costs>;
  readonly sizing?: Sizing;
  readonly cash?: number;
  readonly policy?: RiskPolicy;
  readonly exits?: AttachedExits;
  readonly start?: number;
  readonly barMs?: number;
}
type Outcome = Replayed & { readonly trades: readonly Trade[]; readonly cash: number };

export function run(scenario: Scenario): Outcome {
  const { bars, plan, cash = 1_000, start = 0, barMs = MINUTE } = scenario;
  const candles = candlesFromRows(
    bars.map((bar, index): CandleRow => [start + index * barMs, ...bar, 1]),
  );
  const instrument = instrumentFromSymbol('BTC/USDT');
  if (!instrument.ok) throw new Error(instrument.error.sentence);
  const costs = { ...FREE, ...scenario.costs };
  const cursor = { index: 0 };
  const engine = new Engine({
    account: { reporting: 'USD', maxDailyLoss: HARD_LIMITS.maxDailyLoss },
    policy: scenario.policy ?? { kind: 'none' },
    costs,
    highestFees: null,
    restingExits: 'pair',
    pricesFrom: 'bars',
    orderId: (count) => `o${count}`,
    rememberedOrders: 0,
    audit: null,
    liveBots: null,
  });
  engine.account.transfer('USDT', cash);
  const bot = engine.addBot({
    id: 'bot',
    instrument: instrument.value,
    timeframe: '1m',
    candles,
    cursor,
    strategy: { next: () => plan[cursor.index] ?? null },
    sizing: scenario.sizing ?? { kind: 'all-in' },
    exits: scenario.exits ?? NO_ATTACHED_EXITS,
  });
  const market = new SimulatedMarket(candles, costs, 'USDT');
  const replayed = replay(candles, engine, bot, market, () => true);
  if (replayed === null) throw new Error('ended early');
  const { position } = bot.holding;
  const open = position.openTrade(candles.close[candles.length - 1] ?? NaN);
  const trades = open === null ? position.trades : [...position.trades, open];
  const { balances } = engine.account;
  return { ...replayed, trades, cash: balances.amount(balances.slot('USDT')) };
}

export function flat(price: number): Bar {
  return [price, price, price, price];
}

export function enter(over: Partial<Extract<Intent, { kind: 'enter' }>>): Intent {
  return { kind: 'enter', limit: null, ...NO_PROTECTION, ...over };
}
