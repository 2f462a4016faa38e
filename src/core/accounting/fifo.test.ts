import { describe, expect, it } from 'vitest';
import type { Execution } from './execution.ts';
import { fifo } from './fifo.ts';
import { bought, sold } from './testing/execution-builder.ts';

function realised(...executions: readonly Execution[]): (number | null)[] {
  return fifo(executions).rows.map(({ realisedPnl }) => realisedPnl);
}

const usdt = (amount: number) => ({ fee: { currency: 'USDT', amount }, feeInQuote: amount });
const btc = (amount: number, worth: number) => ({
  fee: { currency: 'BTC', amount },
  feeInQuote: worth,
});
const bnb = (worth: number | null) => ({
  fee: { currency: 'BNB', amount: 0.01 },
  feeInQuote: worth,
});

describe('coins bought at 100 and at 120, then sold at 150', () => {
  it('sells the oldest first: 1 × 50 and 0.5 × 30', () => {
    const books = fifo([bought(1, 100), bought(1, 120), sold(1.5, 150)]);
    expect(books.rows.map(({ realisedPnl }) => realisedPnl)).toEqual([0, 0, 65]);
    expect(books.held).toEqual([{ base: 'BTC', quote: 'USDT', amount: 0.5, basis: 60 }]);
  });

  it('counts fees in quote: into the basis of a buy, out of the proceeds of a sale', () => {
    const books = fifo([bought(1, 100, usdt(1)), bought(1, 120, usdt(2)), sold(1.5, 150, usdt(3))]);
    // 225 − 3 brought, 101 + 122 / 2 paid.
    expect(books.rows.at(-1)?.realisedPnl).toBe(60);
    expect(books.held[0]?.basis).toBe(61);
  });

  it('knows a fee in quote without being told its worth', () => {
    const fee = { fee: { currency: 'USDT', amount: 1 }, feeInQuote: null };
    expect(fifo([bought(1, 100, fee), sold(1, 150)]).rows.at(-1)).toMatchObject({
      realisedPnl: 49,
      feeUnpriced: false,
    });
  });

  it('takes a fee in base out of the coins bought, and does not count its worth again', () => {
    const books = fifo([bought(1, 100, btc(0.5, 50)), bought(1, 120), sold(1, 150)]);
    // The half that was kept cost 100, half of the second lot 60.
    expect(books.rows.at(-1)?.realisedPnl).toBe(-10);
    expect(books.held).toEqual([{ base: 'BTC', quote: 'USDT', amount: 0.5, basis: 60 }]);
  });

  it('uses up coins for a fee in base of a sale', () => {
    const books = fifo([bought(1, 100), bought(1, 120), sold(1, 150, btc(0.5, 75))]);
    expect(books.rows.at(-1)).toMatchObject({ realisedPnl: -10, unmatchedAmount: 0 });
    expect(books.held[0]).toMatchObject({ amount: 0.5, basis: 60 });
  });

  it('counts a fee in a third coin at its worth', () => {
    expect(
      realised(bought(1, 100, bnb(1)), bought(1, 120, bnb(2)), sold(1.5, 150, bnb(3))),
    ).toEqual([0, 0, 60]);
  });

  it('credits a rebate', () => {
    expect(realised(bought(1, 100, usdt(-1)), sold(1, 150, usdt(-2)))).toEqual([0, 53]);
  });
});

describe('a fee without a price', () => {
  it('is left out and told, by the buy and by each sale of its coins, and by no other', () => {
    const { rows } = fifo([
      bought(1, 100, bnb(null)),
      sold(0.5, 150),
      bought(1, 120),
      sold(0.5, 150),
      sold(1, 150),
    ]);
    expect(rows.map(({ feeUnpriced }) => feeUnpriced)).toEqual([true, true, false, true, false]);
    expect(rows.map(({ realisedPnl }) => realisedPnl)).toEqual([0, 25, 0, 25, 30]);
  });

  it('is told by the sale that paid it', () => {
    expect(fifo([bought(1, 100), sold(1, 150, bnb(null))]).rows.at(-1)).toMatchObject({
      realisedPnl: 50,
      feeUnpriced: true,
    });
  });

  it('is nothing where the fee is nothing', () => {
    const free = { fee: { currency: 'BNB', amount: 0 }, feeInQuote: null };
    expect(fifo([bought(1, 100, free)]).rows[0]?.feeUnpriced).toBe(false);
  });
});

describe('coins bought elsewhere', () => {
  it('have no profit that is known', () => {
    expect(fifo([sold(1, 150)]).rows[0]).toMatchObject({ realisedPnl: null, unmatchedAmount: 1 });
  });

  it('leave the profit of those bought here, with their share of the proceeds', () => {
    const books = fifo([bought(1, 100), sold(4, 150, usdt(8)), bought(1, 120)]);
    // A quarter of 600 − 8 came from the coin that cost 100.
    expect(books.rows[1]).toMatchObject({ realisedPnl: 48, unmatchedAmount: 3 });
    // What is bought later does not fill the gap.
    expect(books.held[0]).toMatchObject({ amount: 1, basis: 120 });
  });

  it('are those of another quote currency too', () => {
    const inEuro = { symbol: 'BTC/EUR', quote: 'EUR', fee: { currency: 'EUR', amount: 0 } };
    const books = fifo([bought(1, 100), sold(1, 150, inEuro), bought(1, 90, inEuro)]);
    expect(books.rows[1]?.realisedPnl).toBeNull();
    expect(books.held.map(({ quote, basis }) => [quote, basis])).toEqual([
      ['USDT', 100],
      ['EUR', 90],
    ]);
  });
});

describe('order', () => {
  it('is that of time', () => {
    const late = bought(1, 120, { time: 2 });
    const early = bought(1, 100, { time: 1 });
    const { rows } = fifo([sold(1, 150, { time: 3 }), late, early]);
    expect(rows.map(({ execution }) => execution.time)).toEqual([1, 2, 3]);
    expect(rows.at(-1)?.realisedPnl).toBe(50);
  });

  it('is that of the input at the same time', () => {
    expect(realised(bought(1, 100), bought(1, 120), sold(1, 150))).toEqual([0, 0, 50]);
    expect(realised(bought(1, 120), bought(1, 100), sold(1, 150))).toEqual([0, 0, 30]);
    expect(realised(sold(1, 150), bought(1, 100))).toEqual([null, 0]);
  });
});

describe('numbers that no fill can have', () => {
  it.each([
    { amount: NaN },
    { amount: 0 },
    { cost: Infinity },
    { cost: -1 },
    { time: NaN },
    { fee: { currency: 'BNB', amount: NaN } },
    { feeInQuote: NaN },
    { fee: { currency: 'BTC', amount: 1.5 } },
  ])('are refused, with the fill named: %o', (given) => {
    expect(() => fifo([bought(1, 100, { fillId: 'f7', ...given })])).toThrow(/Fill f7 of order o1/);
  });

  it('are not those of a fee that takes all that was bought: its cost is lost', () => {
    const books = fifo([bought(1, 100, btc(1, 100))]);
    expect(books.rows[0]?.realisedPnl).toBe(-100);
    expect(books.held).toEqual([{ base: 'BTC', quote: 'USDT', amount: 0, basis: 0 }]);
  });
});
