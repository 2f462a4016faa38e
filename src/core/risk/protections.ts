/** Protections a person may switch on above the hard limits: they pause entries after things went badly. */

import type { PastTrade } from '../account/account.ts';
import type { DenialCode } from '../domain/denial.ts';
import { inWords } from './time-span.ts';

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
  const open = openPositions === 1 ? '1 position is' : `${openPositions} positions are`;
  return {
    code: 'MAX_OPEN_POSITIONS',
    sentence: `${open} open, and your settings allow ${maxOpenPositions} at a time.`,
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
    sentence: `This bot lost its last trade and waits ${inWords(until - time)} more before the next.`,
  };
}

/** A stop that follows on a pause, of a position that was open already, does not shorten it. */
function guardingStops(
  { stopLossGuard }: Protections,
  { time, pastTrades }: ProtectionView,
): ProtectionDenial | null {
  if (stopLossGuard === null) return null;
  const { stops, withinMs, pauseMs } = stopLossGuard;
  const stopped = pastTrades.filter(isStopLoss);
  const last = stopped.findLast(({ exitTime }, index) => {
    const first = stopped[index - stops + 1];
    return first !== undefined && exitTime - first.exitTime <= withinMs;
  });
  if (last === undefined || time >= last.exitTime + pauseMs) return null;
  const hit = stops === 1 ? '1 stop-loss was' : `${stops} stop-losses were`;
  return {
    code: 'STOP_LOSS_GUARD',
    sentence: `${hit} hit within ${inWords(withinMs)}; ${pausedFor(last.exitTime + pauseMs - time)}`,
  };
}

/** A trailing stop that ends in a loss is a stop-loss too. */
function isStopLoss({ exitReason, pnl }: PastTrade): boolean {
  return exitReason === 'stop-loss' || (exitReason === 'trailing-stop' && pnl < 0);
}

function guardingDrawdown(
  { drawdownGuard }: Protections,
  view: ProtectionView,
): ProtectionDenial | null {
  if (drawdownGuard === null) return null;
  const { fraction, withinMs, pauseMs } = drawdownGuard;
  const { time, pastTrades } = view;
  let equity = view.equity;
  // Backwards from the equity now. What is older than the pause pauses nothing any more.
  for (let index = pastTrades.length - 1; index >= 0; index -= 1) {
    const trade = pastTrades[index];
    if (trade === undefined || time >= trade.exitTime + pauseMs) return null;
    const fall = trade.pnl < 0 ? fallAt(pastTrades, index, equity, withinMs) : 0;
    if (fall > 0 && fall >= fraction) {
      return {
        code: 'DRAWDOWN_GUARD',
        sentence: `Closed trades took equity ${(fall * 100).toFixed(1)} % below its highest within ${inWords(withinMs)}; ${pausedFor(trade.exitTime + pauseMs - time)}`,
      };
    }
    equity -= trade.pnl;
  }
  return null;
}

/** How far trade `index` left equity below its highest in the time before, a fraction. @param equity after the trade */
function fallAt(
  trades: readonly PastTrade[],
  index: number,
  equity: number,
  withinMs: number,
): number {
  const since = (trades[index]?.exitTime ?? NaN) - withinMs;
  let before = equity;
  let highest = equity;
  for (let at = index; at >= 0; at -= 1) {
    const trade = trades[at];
    if (trade === undefined || trade.exitTime < since) break;
    before -= trade.pnl;
    highest = Math.max(highest, before);
  }
  return highest > 0 ? (highest - equity) / highest : 0;
}

function pausedFor(ms: number): string {
  return `entries are paused for ${inWords(ms)} more.`;
}
