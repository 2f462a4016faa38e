/** Realised profit and loss: what a sale brought, less what the coins bought first had cost. */

import { coins, coinUnits, unitRatio } from './coin-units.ts';
import type { Execution } from './execution.ts';
import { Lots } from './lots.ts';

export interface RealisedExecution {
  readonly execution: Execution;
  /**
   * In quote, after fees: 0 for a buy, `null` where no coin of a sale has a known cost. Where only some
   * have, it is theirs, with their share of the proceeds.
   */
  readonly realisedPnl: number | null;
  /** In base: how much of a sale, and of its fee in base, was bought elsewhere, at an unknown cost. */
  readonly unmatchedAmount: number;
  /** Whether a fee is left out because it had no price: this one's, or that of a purchase it sells. */
  readonly feeUnpriced: boolean;
}

/** What is left of a pair's lots. */
export interface HeldLots {
  readonly base: string;
  readonly quote: string;
  /** In base. */
  readonly amount: number;
  /** What it cost, in quote, fees included. */
  readonly basis: number;
}

export interface FifoBooks {
  /** By time; executions of the same time in the order given. */
  readonly rows: readonly RealisedExecution[];
  readonly held: readonly HeldLots[];
}

interface PairLots {
  readonly base: string;
  readonly quote: string;
  readonly lots: Lots;
}

/**
 * First in, first out, in lots of a base *and* a quote currency: BTC bought with USDT is not sold for EUR
 * here. Deposits and transfers are no executions: coins that came that way have no lot, and coins that
 * left keep theirs. The same holds for a third coin that pays fees: its own lots do not shrink.
 * A buy's basis is cost + fee; a sale's proceeds are cost − fee. A fee in base moves no quote, so it changes
 * the coins instead: fewer are bought for the same basis, more are used up for the same proceeds.
 *
 * Needs all executions since the first: to export one year, choose from the rows.
 * @throws RangeError where an execution holds what no exchange reports
 */
export function fifo(executions: readonly Execution[]): FifoBooks {
  const pairs = new Map<string, PairLots>();
  const rows = executions
    .toSorted((a, b) => a.time - b.time)
    .map((execution) => {
      checkNumbers(execution);
      const { lots } = lotsOf(pairs, execution);
      return execution.side === 'buy' ? buy(lots, execution) : sell(lots, execution);
    });
  const held = [...pairs.values()].map(({ base, quote, lots }) => ({
    base,
    quote,
    ...lots.held(),
  }));
  return { rows, held };
}

function buy(lots: Lots, execution: Execution): RealisedExecution {
  const { amount, cost } = execution;
  const fee = feeInQuote(execution);
  const feeUnpriced = fee === null;
  const basis = cost + (fee ?? 0);
  const kept = coinUnits(amount) - feeInBase(execution);
  if (kept > 0n) lots.add(kept, basis, feeUnpriced);
  // A fee that takes all that was bought leaves no lot to carry its cost.
  const realisedPnl = kept > 0n ? 0 : -basis;
  return { execution, realisedPnl, unmatchedAmount: 0, feeUnpriced };
}

function sell(lots: Lots, execution: Execution): RealisedExecution {
  const fee = feeInQuote(execution);
  const proceeds = execution.cost - (fee ?? 0);
  const given = coinUnits(execution.amount) + feeInBase(execution);
  const taken = lots.take(given);
  const matched = unitRatio(given - taken.missing, given);
  return {
    execution,
    realisedPnl: matched === 0 ? null : proceeds * matched - taken.basis,
    unmatchedAmount: coins(taken.missing),
    feeUnpriced: fee === null || taken.feeUnpriced,
  };
}

/** What the fee takes from the quote side; `null` where a third coin had no price. */
function feeInQuote({ fee, base, quote, feeInQuote: worth }: Execution): number | null {
  if (fee.amount === 0 || fee.currency === base) return 0;
  return fee.currency === quote ? fee.amount : worth;
}

/** In coin units. */
function feeInBase({ fee, base }: Execution): bigint {
  return fee.currency === base ? coinUnits(fee.amount) : 0n;
}

function lotsOf(pairs: Map<string, PairLots>, { base, quote }: Execution): PairLots {
  const key = `${base}/${quote}`;
  const known = pairs.get(key);
  if (known !== undefined) return known;
  const opened = { base, quote, lots: new Lots() };
  pairs.set(key, opened);
  return opened;
}

/** One NaN would make every later figure of its pair NaN. */
function checkNumbers(execution: Execution): void {
  const { time, amount, cost, fee, feeInQuote: worth, fillId, orderId } = execution;
  const finite = [time, amount, cost, fee.amount, worth ?? 0].every(Number.isFinite);
  if (finite && cost >= 0 && fitsItsFee(execution)) return;
  throw new RangeError(`Fill ${fillId} of order ${orderId} holds numbers that no fill can have.`);
}

function fitsItsFee(execution: Execution): boolean {
  const traded = coinUnits(execution.amount);
  const fee = feeInBase(execution);
  return traded > 0n && -traded < fee && fee <= traded;
}
