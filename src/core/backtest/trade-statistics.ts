/** What the closed trades of a run have in common: how often they win, how much, how evenly. */

import type { Trade } from '../domain/trade.ts';
import { finiteOrNull, ratioOrNull } from './figure.ts';
import { spreadOf } from './spread.ts';

/** Over closed trades; every figure but the count is `null` where there is nothing to take it from. */
export interface TradeStatistics {
  readonly tradeCount: number;
  /** Trades that gained (pnl above 0) as a fraction of all. */
  readonly winRate: number | null;
  /** Σ wins / |Σ losses| in money; `null` without losses. */
  readonly profitFactor: number | null;
  /** win% × average win − loss% × average loss, in quote a trade. */
  readonly expectancy: number | null;
  /** System quality number (Van Tharp): √N × mean(pnl) / std(pnl), ddof 1; `null` where pnl does not vary. */
  readonly sqn: number | null;
  /** In quote. */
  readonly averageWin: number | null;
  /** In quote, a positive number. */
  readonly averageLoss: number | null;
  /** Highest and lowest gain as a fraction of the entry's notional. */
  readonly bestTrade: number | null;
  readonly worstTrade: number | null;
}

/** DESIGN §7. A trade that came out even is neither a win nor a loss, but counts among all. */
export function tradeStatistics(trades: readonly Trade[]): TradeStatistics {
  const closed = trades.filter((trade) => trade.exitTime !== null);
  const { wins, gained, losses, lost, best, worst } = tally(closed);
  const tradeCount = closed.length;
  return {
    tradeCount,
    winRate: ratioOrNull(wins, tradeCount),
    profitFactor: ratioOrNull(gained, lost),
    // (wins/N) × (gained/wins) − (losses/N) × (lost/losses), without the divisions by nothing.
    expectancy: ratioOrNull(gained - lost, tradeCount),
    sqn: systemQuality(closed),
    averageWin: ratioOrNull(gained, wins),
    averageLoss: ratioOrNull(lost, losses),
    bestTrade: finiteOrNull(best),
    worstTrade: finiteOrNull(worst),
  };
}

interface Tally {
  readonly wins: number;
  readonly gained: number;
  readonly losses: number;
  readonly lost: number;
  readonly best: number;
  readonly worst: number;
}

function tally(closed: readonly Trade[]): Tally {
  let [wins, gained, losses, lost] = [0, 0, 0, 0];
  let [best, worst] = [-Infinity, Infinity];
  for (const { pnl, returnPct } of closed) {
    if (pnl > 0) {
      wins += 1;
      gained += pnl;
    } else if (pnl < 0) {
      losses += 1;
      lost -= pnl;
    }
    if (returnPct > best) best = returnPct;
    if (returnPct < worst) worst = returnPct;
  }
  return { wins, gained, losses, lost, best, worst };
}

function systemQuality(closed: readonly Trade[]): number | null {
  let largestNotional = 0;
  const pnls = Float64Array.from(closed, (trade) => trade.pnl);
  for (const { amount, entryPrice } of closed) {
    largestNotional = Math.max(largestNotional, amount * entryPrice);
  }
  // A pnl is a difference of two notionals: its rounding is theirs.
  const spread = spreadOf(pnls, largestNotional);
  if (spread === null) return null;
  return finiteOrNull((Math.sqrt(closed.length) * spread.mean) / spread.deviation);
}
