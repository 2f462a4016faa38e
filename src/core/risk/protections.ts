/** Protections a person may switch on above the hard limits: they pause entries after things went badly. */

import type { PastTrade } from '../account/account.ts';
import type { DenialCode } from '../domain/denial.ts';
import { MINUTE_MS } from '../domain/timeframe.ts';

/** `null` switches a protection off. */
export interface Protections {
  /** After a losing trade the bot that made it waits this long, ms. */
  readonly cooldownMs: number | null;
  /** After `stops` stop-losses of any bots within `withinMs`, no entries for `pauseMs`. */
  readonly stopLossGuard: {
    readonly stops: number;
    readonly withinMs: number;
    readonly pauseMs: number;
  } | null;
  /** After closed trades took equity down by `fraction` from its highest within `withinMs`, no entries for `pauseMs`. */
  readonly drawdownGuard: {
    readonly fraction: number;
    readonly withinMs: number;
    readonly pauseMs: number;
  } | null;
  /** Positions open at a time, of all bots together. */
  readonly maxOpenPositions: number | null;
}

export const NO_PROTECTIONS: Protections = Object.freeze({
  cooldownMs: null,
  stopLossGuard: null,
  drawdownGuard: null,
  maxOpenPositions: null,
});

/** What the protections look at. */
export interface ProtectionView {
  readonly botId: string;
  /** ms UTC. */
  readonly time: number;
  /** In the same currency as the trades' pnl. */
  readonly equity: number;
  /** Oldest first, a week of them. */
  readonly pastTrades: readonly PastTrade[];
  /** Positions open or about to be, of all bots. */
  readonly openPositions: number;
}

export interface ProtectionDenial {
  readonly code: DenialCode;
  readonly sentence: string;
}

/** The first protection that forbids an entry now, or `null`. */
export function protect(protections: Protections, view: ProtectionView): ProtectionDenial | null {
  return (
    tooManyPositions(protections, view) ??
    coolingDown(protections, view) ??
    guardingStops(protections, view) ??
    guardingDrawdown(protections, view)
  );
}

function tooManyPositions(
  { maxOpenPositions }: Protections,
  { openPositions }: ProtectionView,
): ProtectionDenial | null {
  if (maxOpenPositions === null || openPositions < maxOpenPositions) return null;
  return {
    code: 'MAX_OPEN_POSITIONS',
    sentence: `${openPositions} positions are open, and your settings allow ${maxOpenPositions} at a time.`,
  };
}

function coolingDown(
  { cooldownMs }: Protections,
  { botId, time, pastTrades }: ProtectionView,
): ProtectionDenial | null {
  const last = pastTrades.findLast((trade) => trade.botId === botId);
  if (cooldownMs === null || last === undefined || last.pnl >= 0) return null;
  const until = last.exitTime + cooldownMs;
  if (time >= until) return null;
  return {
    code: 'COOLDOWN',
    sentence: `This bot lost its last trade and waits ${minutes(until - time)} more before the next.`,
  };
}

function guardingStops(
  { stopLossGuard }: Protections,
  { time, pastTrades }: ProtectionView,
): ProtectionDenial | null {
  if (stopLossGuard === null) return null;
  const { stops, withinMs, pauseMs } = stopLossGuard;
  const stopped = pastTrades.filter(isStopLoss);
  const last = stopped.at(-1)?.exitTime ?? -Infinity;
  const first = stopped.at(-stops)?.exitTime ?? -Infinity;
  if (last - first > withinMs || time >= last + pauseMs) return null;
  return {
    code: 'STOP_LOSS_GUARD',
    sentence: `${stops} stop-losses were hit within ${minutes(withinMs)}; entries are paused for ${minutes(last + pauseMs - time)} more.`,
  };
}

/** A trailing stop that ends in a loss is a stop-loss too. */
function isStopLoss({ exitReason, pnl }: PastTrade): boolean {
  return exitReason === 'stop-loss' || (exitReason === 'trailing-stop' && pnl < 0);
}

function guardingDrawdown(
  { drawdownGuard }: Protections,
  { time, equity, pastTrades }: ProtectionView,
): ProtectionDenial | null {
  if (drawdownGuard === null) return null;
  const { fraction, withinMs, pauseMs } = drawdownGuard;
  const recent = pastTrades.filter(({ exitTime }) => exitTime >= time - withinMs);
  const hit = deepestFall(recent, equity);
  if (hit === null || hit.fraction < fraction || time >= hit.time + pauseMs) return null;
  return {
    code: 'DRAWDOWN_GUARD',
    sentence: `Closed trades took equity ${(hit.fraction * 100).toFixed(1)} % below its highest within ${minutes(withinMs)}; entries are paused for ${minutes(hit.time + pauseMs - time)} more.`,
  };
}

/** The largest fall of equity through `trades`, walked backwards from the equity now, and when it ended. */
function deepestFall(
  trades: readonly PastTrade[],
  equityNow: number,
): { readonly fraction: number; readonly time: number } | null {
  let equity = equityNow - trades.reduce((sum, { pnl }) => sum + pnl, 0);
  let peak = equity;
  let deepest: { readonly fraction: number; readonly time: number } | null = null;
  for (const { pnl, exitTime } of trades) {
    equity += pnl;
    peak = Math.max(peak, equity);
    const fraction = peak > 0 ? (peak - equity) / peak : 0;
    if (fraction > 0 && fraction >= (deepest?.fraction ?? 0))
      deepest = { fraction, time: exitTime };
  }
  return deepest;
}

function minutes(ms: number): string {
  const count = Math.ceil(ms / MINUTE_MS);
  return count === 1 ? '1 minute' : `${count} minutes`;
}
