/**
 * Compares what the books say of one coin with what the exchange holds of it, and with the trades that others made. Pure.
 * Coins have no names: whose they were that left is told by their amount, and by whose guard was taken away first. Where
 * that does not tell, nobody's are sold.
 */

import type { AccountTrade } from '../ports/exchange.ts';
import type { Finding } from './finding.ts';

/** A position in the coin as the books have it. */
export interface HeldPosition {
  readonly botId: string;
  /** In base. */
  readonly amount: number;
  /** What two amounts of it may differ by and still be the same: less than a step of the pair. */
  readonly slack: number;
  /**
   * `resting`: the exchange shows an order of ours that has its coins. `ended`: a guard or a sale of ours is gone
   * without our doing, or is not to be found. `none`: nothing was to rest there.
   */
  readonly guard: 'resting' | 'ended' | 'none';
}

export interface CoinComparison {
  /** In the books: positions, dust, and what the person has beside them. */
  readonly booked: number;
  /** At the exchange, free and locked. */
  readonly held: number;
  readonly positions: readonly HeldPosition[];
  /** Trades of the account in this coin since it was last compared that are not of our orders. */
  readonly outside: readonly AccountTrade[];
}

export interface PositionFinding {
  readonly botId: string;
  readonly finding: Finding;
}

/** Coins that left: by one order of somebody, by several, or without a trade. */
interface Leaving {
  readonly amount: number;
  /** In quote, after fees; `null` where no trade tells. */
  readonly proceeds: number | null;
  readonly time: number;
}

/** Relative: below it two amounts are the same one, summed differently. */
const ROUNDING = 1e-9;

/** More positions in one coin than this are not told apart by their amounts. */
const MOST_TOLD_APART = 10;

const AGREED = { kind: 'agreed' } as const;

export function compareCoin(coin: CoinComparison): readonly PositionFinding[] {
  const { positions } = coin;
  const loose = positions.filter(({ guard }) => guard !== 'resting');
  const noise = noiseOf(coin);
  const leavings = leavingsOf(coin, noise);
  const out = leavings.reduce((sum, { amount }) => sum + amount, 0);
  // Less than a step of a pair is a rounding of the exchange's, and no coins that anybody moved.
  const least = Math.max(noise, Math.min(...loose.map(({ slack }) => slack)));
  const found = loose.length === 0 || out <= least ? [] : judge(coin, loose, leavings, out, noise);
  return positions.map(({ botId }) => ({
    botId,
    finding: found.find((one) => one.botId === botId)?.finding ?? AGREED,
  }));
}

function judge(
  coin: CoinComparison,
  loose: readonly HeldPosition[],
  leavings: readonly Leaving[],
  out: number,
  noise: number,
): readonly PositionFinding[] {
  const all = together(leavings);
  const resting = sumOf(coin.positions) - sumOf(loose);
  const isNothingLeft = coin.held - resting <= Math.max(noise, slackOf(loose));
  if (isNothingLeft) return gone(loose, all, coin);
  const ended = loose.filter(({ guard }) => guard === 'ended');
  const own = Math.max(0, coin.booked - sumOf(coin.positions));
  const chosen = whose(ended.length > 0 ? ended : soldOf(loose, leavings), leavings, all);
  if (chosen !== null && out - chosen.leaving.amount <= own + noise) {
    return gone(chosen.positions, chosen.leaving, coin);
  }
  const [only] = loose;
  if (only !== undefined && loose.length === 1 && own <= Math.max(noise, only.slack)) {
    return partOf(only, all, coin);
  }
  const fromOwn = own + (ended.length > 0 ? sumOf(ended) : 0);
  if (ended.length === 0 && out <= own + noise) return [];
  return (out <= fromOwn + noise ? ended : loose).map(({ botId }) => ({
    botId,
    finding: quarantined(ended.length > 0),
  }));
}

/** Without a guard that was taken away, coins that left without a trade are the person's while enough are left. */
function soldOf(
  loose: readonly HeldPosition[],
  leavings: readonly Leaving[],
): readonly HeldPosition[] {
  return leavings.every(({ proceeds }) => proceeds !== null) ? loose : [];
}

/** The positions whose amounts are those that left: of one leaving, or of all. `null` where none are, or several. */
function whose(
  candidates: readonly HeldPosition[],
  leavings: readonly Leaving[],
  all: Leaving,
): { readonly positions: readonly HeldPosition[]; readonly leaving: Leaving } | null {
  if (candidates.length > MOST_TOLD_APART) return null;
  const sets = subsets(candidates);
  const matches = (leavings.length > 1 ? [...leavings, all] : [all]).flatMap((leaving) =>
    sets
      .filter((set) => Math.abs(sumOf(set) - leaving.amount) <= slackOf(set))
      .map((positions) => ({ positions, leaving })),
  );
  const [first] = matches;
  if (first === undefined) return null;
  const names = ({ positions }: { readonly positions: readonly HeldPosition[] }): string =>
    positions.map(({ botId }) => botId).join('\n');
  return matches.every((match) => names(match) === names(first)) ? first : null;
}

/** These positions are not there any more. */
function gone(
  positions: readonly HeldPosition[],
  leaving: Leaving,
  coin: CoinComparison,
): readonly PositionFinding[] {
  const amount = sumOf(positions);
  const isSold = leaving.proceeds !== null && leaving.amount >= amount - slackOf(positions);
  return positions.map((position) => ({
    botId: position.botId,
    finding: isSold ? sold(position, leaving, amount) : missing(coin),
  }));
}

/** @param all what the positions that left together have: less than a step of them may not have been sold */
function sold({ amount }: HeldPosition, leaving: Leaving, all: number): Finding {
  const price = (leaving.proceeds ?? 0) / leaving.amount;
  const whole = amount * Math.min(1, leaving.amount / all);
  return { kind: 'sold-outside', amount: whole, proceeds: whole * price, time: leaving.time };
}

/** Of a position without any coins beside it: what left was its own. */
function partOf(
  { botId, amount, slack }: HeldPosition,
  leaving: Leaving,
  coin: CoinComparison,
): readonly PositionFinding[] {
  if (leaving.amount >= amount - slack) {
    return leaving.proceeds === null
      ? [{ botId, finding: missing(coin) }]
      : [{ botId, finding: quarantined(true) }];
  }
  if (leaving.proceeds === null) return [{ botId, finding: quarantined(true) }];
  const { proceeds, time } = leaving;
  return [{ botId, finding: { kind: 'sold-outside', amount: leaving.amount, proceeds, time } }];
}

function missing({ booked, held }: CoinComparison): Finding {
  return { kind: 'missing', cause: 'coins', gone: Math.max(0, booked - held) };
}

function quarantined(wasGuardTaken: boolean): Finding {
  const because = wasGuardTaken
    ? 'Its order at the exchange is gone, and so are coins of another amount than it has.'
    : 'Coins have left the account, and fewer are there than the positions need.';
  return { kind: 'quarantined', because };
}

/** What left, by the order that sold it, and in the end what no trade explains. */
function leavingsOf({ booked, held, outside }: CoinComparison, noise: number): readonly Leaving[] {
  const sales = new Map<string, Leaving>();
  let traded = 0;
  for (const trade of outside) {
    const change = coinsOut(trade);
    traded += change;
    if (trade.side === 'buy') continue;
    const key = trade.exchangeOrderId ?? `trade ${trade.id}`;
    const before = sales.get(key) ?? { amount: 0, proceeds: 0, time: 0 };
    sales.set(key, {
      amount: before.amount + change,
      proceeds: (before.proceeds ?? 0) + proceedsOf(trade),
      time: Math.max(before.time, trade.time),
    });
  }
  const moved = booked - held - traded;
  const list = [...sales.values()].filter(({ amount }) => amount > noise);
  return moved > noise ? [...list, { amount: moved, proceeds: null, time: 0 }] : list;
}

function together(leavings: readonly Leaving[]): Leaving {
  return {
    amount: leavings.reduce((sum, { amount }) => sum + amount, 0),
    proceeds: leavings.some(({ proceeds }) => proceeds === null)
      ? null
      : leavings.reduce((sum, { proceeds }) => sum + (proceeds ?? 0), 0),
    time: Math.max(...leavings.map(({ time }) => time)),
  };
}

/** What the coin lost by a trade: less than nothing where it was bought. */
function coinsOut({ symbol, side, amount, fee }: AccountTrade): number {
  const [base] = symbol.split('/');
  const paid = fee.currency === base ? fee.amount : 0;
  return side === 'sell' ? amount + paid : paid - amount;
}

function proceedsOf({ symbol, amount, price, fee }: AccountTrade): number {
  const [, quote] = symbol.split('/');
  return amount * price - (fee.currency === quote ? fee.amount : 0);
}

function noiseOf({ booked, held, positions }: CoinComparison): number {
  return ROUNDING * Math.max(booked, held, sumOf(positions));
}

function sumOf(positions: readonly HeldPosition[]): number {
  return positions.reduce((sum, { amount }) => sum + amount, 0);
}

function slackOf(positions: readonly HeldPosition[]): number {
  return positions.reduce((sum, { slack }) => sum + slack, 0);
}

/** All that are not empty. */
function subsets(positions: readonly HeldPosition[]): readonly (readonly HeldPosition[])[] {
  let sets: readonly (readonly HeldPosition[])[] = [[]];
  for (const position of positions) {
    sets = sets.flatMap((set) => [set, [...set, position]]);
  }
  return sets.filter((set) => set.length > 0);
}
