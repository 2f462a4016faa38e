/** What the closed trades of a run have in common: how often they win, how much, how evenly. */

import { outcomeOf, type Trade } from '../domain/trade.ts';
import { finiteOrNull, ratioOrNull } from './figure.ts';
import { spreadOf } from './spread.ts';

/** Over closed trades; every figure but the count is `null` where there is nothing to take it from. */
export interface TradeStatistics {
  readonly tradeCount: number;
  /** Trades that gained as a fraction of all. */
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

/**
 * Defined in docs/backtesting.md. A trade that came out even, up to the rounding of its notional, is neither a win nor a
 * loss, but counts among all.
 */
export function tradeStatistics(trades: readonly Trade[]): TradeStatistics {
  const { tradeCount, wins, gained, losses, lost, best, worst, sqn } = tally(trades);
  return {
    tradeCount,
    winRate: ratioOrNull(wins, tradeCount),
    profitFactor: ratioOrNull(gained, lost),
    // (wins/N) × (gained/wins) − (losses/N) × (lost/losses), without the divisions by nothing.
    expectancy: ratioOrNull(gained - lost, tradeCount),
    sqn,
    averageWin: ratioOrNull(gained, wins),
    averageLoss: ratioOrNull(lost, losses),
    bestTrade: finiteOrNull(best),
    worstTrade: finiteOrNull(worst),
  };
}

interface Tally {
  readonly tradeCount: number;
  readonly wins: number;
  readonly gained: number;
  readonly losses: number;
  readonly lost: number;
  readonly best: number;
  readonly worst: number;
  readonly sqn: number | null;
}

/** One pass: a long run has tens of thousands of trades. */
function tally(trades: readonly Trade[]): Tally {
  const pnls = new Float64Array(trades.length);
  let [tradeCount, wins, gained, losses, lost] = [0, 0, 0, 0, 0];
  let [best, worst, largestNotional] = [-Infinity, Infinity, 0];
  for (const trade of trades) {
    if (trade.exitTime === null) continue;
    const outcome = outcomeOf(trade);
    const pnl = outcome === 'even' ? 0 : trade.pnl;
    const returnPct = outcome === 'even' ? 0 : trade.returnPct;
    pnls[tradeCount] = pnl;
    tradeCount += 1;
    if (outcome === 'won') {
      wins += 1;
      gained += pnl;
    } else if (outcome === 'lost') {
      losses += 1;
      lost -= pnl;
    }
    best = Math.max(best, returnPct);
    worst = Math.min(worst, returnPct);
    largestNotional = Math.max(largestNotional, trade.amount * trade.entryPrice);
  }
  const sqn = systemQuality(pnls.subarray(0, tradeCount), largestNotional);
  return { tradeCount, wins, gained, losses, lost, best, worst, sqn };
}

/** @param largestNotional a pnl is a difference of two notionals, so its rounding is theirs */
function systemQuality(pnls: Float64Array, largestNotional: number): number | null {
  const spread = spreadOf(pnls, largestNotional);
  if (spread === null) return null;
  return finiteOrNull((Math.sqrt(pnls.length) * spread.mean) / spread.deviation);
}
