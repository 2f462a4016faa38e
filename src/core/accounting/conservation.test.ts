/** What no sequence of executions may break: cash is either realised or still in the lots. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Execution } from './execution.ts';
import { fifo, type FifoBooks } from './fifo.ts';
import { bought, sold } from './testing/execution-builder.ts';

type FeeKind = 'none' | 'quote' | 'base' | 'third';

interface Step {
  readonly side: 'buy' | 'sell';
  /** Of a buy, in units of 1e-8 of base: 300 buys stay below 99,999 coins, where one unit still counts. */
  readonly units: number;
  /** Of a sale: the fraction of what is held. */
  readonly part: number;
  readonly cents: number;
  readonly feeKind: FeeKind;
}

const UNIT = 1e8;
const FEE = 0.001;

const step: fc.Arbitrary<Step> = fc.record({
  side: fc.constantFrom('buy', 'sell'),
  units: fc.integer({ min: 10_000, max: 30_000_000_000 }),
  part: fc.oneof(fc.constant(1), fc.double({ min: 0.001, max: 1, noNaN: true })),
  cents: fc.integer({ min: 1, max: 10_000_000 }),
  feeKind: fc.constantFrom('none', 'quote', 'base', 'third'),
});
const steps = fc.array(step, { maxLength: 300, size: 'max' });

/** An exchange's decimals, counted in whole units so that a sale of all is exactly that. */
function play(drawn: readonly Step[]): Execution[] {
  let held = 0;
  return drawn.flatMap(({ side, units, part, cents, feeKind }, time) => {
    const traded = side === 'buy' ? units : Math.floor(held * part);
    const feeUnits = feeKind === 'base' ? Math.floor(traded * FEE) : 0;
    const sale = traded - (side === 'sell' ? feeUnits : 0);
    if (sale <= 0) return [];
    held += side === 'buy' ? traded - feeUnits : -traded;
    const make = side === 'buy' ? bought : sold;
    const [amount, price] = [sale / UNIT, cents / 100];
    return [make(amount, price, { time, ...feeOf(feeKind, feeUnits, amount * price) })];
  });
}

function feeOf(kind: FeeKind, feeUnits: number, cost: number) {
  const worth = kind === 'none' ? 0 : cost * FEE;
  const currency = { none: 'USDT', quote: 'USDT', base: 'BTC', third: 'BNB' }[kind];
  const amount = { none: 0, quote: worth, base: feeUnits / UNIT, third: worth / 600 }[kind];
  return { fee: { currency, amount }, feeInQuote: worth };
}

/** Cash that came in less cash that went out; a third coin counts as the cash it was worth. */
function netCash(executions: readonly Execution[]): number {
  let cash = 0;
  for (const { side, cost, fee, base, feeInQuote } of executions) {
    cash += side === 'sell' ? cost : -cost;
    if (fee.currency !== base) cash -= feeInQuote ?? 0;
  }
  return cash;
}

function turnover(executions: readonly Execution[]): number {
  return executions.reduce((sum, { cost }) => sum + cost, 0);
}

function realisedSum({ rows }: FifoBooks): number {
  return rows.reduce((sum, { realisedPnl }) => sum + (realisedPnl ?? 0), 0);
}

function heldBasis({ held }: FifoBooks): number {
  return held.reduce((sum, { basis }) => sum + basis, 0);
}

describe('conservation', () => {
  it('realised less remaining basis is net cash, and nothing held is reported as unmatched', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const executions = play(drawn);
        const books = fifo(executions);
        const error = Math.abs(realisedSum(books) - heldBasis(books) - netCash(executions));
        expect(error).toBeLessThanOrEqual(1e-9 * turnover(executions));
        expect(books.rows.filter(({ unmatchedAmount }) => unmatchedAmount !== 0)).toEqual([]);
      }),
    );
  });

  it('selling all leaves neither coins nor basis', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const all = { side: 'sell', units: 0, part: 1, cents: 100, feeKind: 'none' } as const;
        const { held } = fifo(play([...drawn, all]));
        for (const { amount, basis } of held) expect([amount, basis]).toEqual([0, 0]);
      }),
    );
  });

  it('coins from elsewhere move no profit of those bought here', () => {
    const amounts = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(amounts, amounts, (own, strange) => {
        const { rows } = fifo([bought(own / UNIT, 100), sold((own + strange) / UNIT, 150)]);
        const sale = rows[1];
        expect(sale?.realisedPnl).toBeCloseTo((own / UNIT) * 50, 9);
        expect(sale?.unmatchedAmount).toBe(strange / UNIT);
      }),
    );
  });

  it('the order of executions of different times does not matter', () => {
    const shuffled = steps
      .map(play)
      .chain((executions) =>
        fc.tuple(
          fc.constant(executions),
          fc.shuffledSubarray(executions, { minLength: executions.length }),
        ),
      );
    fc.assert(
      fc.property(shuffled, ([executions, disorderly]) => {
        expect(fifo(disorderly)).toEqual(fifo(executions));
      }),
    );
  });
});

describe('rounding', () => {
  it('of a large lot is no part of the small one that follows', () => {
    const books = fifo([
      bought(10_000.1, 100),
      bought(0.001, 100),
      sold(10_000.0003, 100),
      sold(0.1002, 100),
      sold(0.0005, 100),
      sold(0.00000001, 100),
    ]);
    expect(books.rows.map(({ unmatchedAmount }) => unmatchedAmount)).toEqual([0, 0, 0, 0, 0, 1e-8]);
    expect(books.held[0]).toMatchObject({ amount: 0, basis: 0 });
  });

  it('leaves no crumb of a lot that is sold in pieces', () => {
    const books = fifo([bought(0.3, 100), sold(0.1, 100), sold(0.2, 100), sold(1, 100)]);
    expect(books.rows.map(({ unmatchedAmount }) => unmatchedAmount)).toEqual([0, 0, 0, 1]);
    expect(books.rows.at(-1)?.realisedPnl).toBeNull();
  });

  it('that came with the amounts is neither held nor missing', () => {
    const sum = 0.1 + 0.2;
    expect(sum).not.toBe(0.3);
    expect(fifo([bought(sum, 100), sold(0.3, 100)]).held[0]?.amount).toBe(0);
    expect(fifo([bought(0.3, 100), sold(sum, 100)]).rows[1]?.unmatchedAmount).toBe(0);
  });

  it('misses no crumb when pieces are sold at once', () => {
    const books = fifo([bought(0.1, 100), bought(0.7, 100), sold(0.8, 100)]);
    expect(books.rows.at(-1)).toMatchObject({ unmatchedAmount: 0 });
    expect(books.held[0]).toMatchObject({ amount: 0, basis: 0 });
  });

  it('keeps a real unit of the eighth place, held or missing', () => {
    const held = fifo([bought(99_999, 1), sold(99_998.99999999, 1)]).held[0];
    expect(held?.amount).toBe(1e-8);
    const missing = fifo([bought(99_999, 1), sold(99_999.00000001, 1)]).rows[1];
    expect(missing?.unmatchedAmount).toBe(1e-8);
  });
});

describe('long sequences', () => {
  it('10,000 lots are sold at once, and one lot in 10,000 pieces, without a crumb', () => {
    const many = Array.from({ length: 10_000 }, () => bought(0.1, 100));
    const once = fifo([...many, sold(1_000, 150)]);
    expect(once.rows.at(-1)?.unmatchedAmount).toBe(0);
    expect(once.rows.at(-1)?.realisedPnl).toBeCloseTo(50_000, 6);
    expect(once.held[0]).toMatchObject({ amount: 0, basis: 0 });

    const pieces = Array.from({ length: 10_000 }, () => sold(0.1, 150));
    const piecemeal = fifo([bought(1_000, 100), ...pieces]);
    expect(piecemeal.rows.filter(({ unmatchedAmount }) => unmatchedAmount !== 0)).toEqual([]);
    expect(realisedSum(piecemeal)).toBeCloseTo(50_000, 6);
    expect(piecemeal.held[0]).toMatchObject({ amount: 0, basis: 0 });
  });

  it('200,000 executions take no time that a person would notice', { timeout: 5_000 }, () => {
    const buys = Array.from({ length: 100_000 }, () => bought(0.1, 100));
    const sales = Array.from({ length: 100_000 }, () => sold(0.1, 150));
    expect(realisedSum(fifo([...buys, ...sales]))).toBeCloseTo(500_000, 3);
  });
});
