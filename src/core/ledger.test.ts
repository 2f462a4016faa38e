import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fill } from './domain/fill.ts';
import { Ledger } from './ledger.ts';

function fill(side: Fill['side'], amount: number, price: number, fee = 0, time = 0): Fill {
  return {
    orderId: 'o',
    side,
    time,
    amount,
    price,
    cost: amount * price,
    fee,
    liquidity: 'taker',
    reason: side === 'sell' ? 'signal' : null,
    complete: true,
  };
}

describe('Ledger', () => {
  it('books a round trip: cash, fees, pnl after both fees, return on the entry notional', () => {
    const ledger = new Ledger(1_000);
    ledger.apply(fill('buy', 2, 100, 0.2, 60_000));
    expect(ledger.cash).toBe(799.8);
    expect(ledger.entryPrice).toBe(100);
    expect(ledger.equityAt(110)).toBeCloseTo(1_019.8, 12);
    ledger.apply(fill('sell', 2, 110, 0.22, 120_000));
    expect(ledger.isOpen).toBe(false);
    expect(ledger.cash).toBeCloseTo(1_019.58, 12);
    expect(ledger.trades).toHaveLength(1);
    expect(ledger.trades[0]).toMatchObject({
      side: 'buy',
      amount: 2,
      entryTime: 60_000,
      entryPrice: 100,
      exitTime: 120_000,
      exitPrice: 110,
      exitReason: 'signal',
    });
    expect(ledger.trades[0]?.pnl).toBeCloseTo(19.58, 12);
    expect(ledger.trades[0]?.returnPct).toBeCloseTo(0.0979, 12);
    expect(ledger.trades[0]?.fees).toBeCloseTo(0.42, 12);
  });

  it('averages the cost of two buys and closes only when the last of it is sold', () => {
    const ledger = new Ledger(1_000);
    ledger.apply(fill('buy', 1, 100));
    ledger.apply(fill('buy', 3, 120));
    expect(ledger.entryPrice).toBe(115);
    ledger.apply(fill('sell', 1, 130));
    expect(ledger.trades).toHaveLength(0);
    expect(ledger.openTrade(130)?.pnl).toBe(60);
    ledger.apply(fill('sell', 3, 110));
    expect(ledger.trades[0]).toMatchObject({ amount: 4, entryPrice: 115, exitPrice: 115, pnl: 0 });
  });

  it('marks an open position as a trade without an exit', () => {
    const ledger = new Ledger(500);
    expect(ledger.openTrade(1)).toBeNull();
    ledger.apply(fill('buy', 1, 100, 0.1));
    expect(ledger.openTrade(90)).toMatchObject({
      exitTime: null,
      exitPrice: null,
      exitReason: null,
    });
    expect(ledger.openTrade(90)?.pnl).toBeCloseTo(-10.1, 12);
  });

  it('throws when more is sold than is held', () => {
    const ledger = new Ledger(100);
    expect(() => ledger.apply(fill('sell', 1, 1))).toThrow(/only 0 is held/);
    ledger.apply(fill('buy', 1, 10));
    expect(() => ledger.apply(fill('sell', 1.5, 10))).toThrow(/Sold 1.5, but only 1 is held/);
  });

  it('neither makes nor loses money: final cash is the start plus every pnl', () => {
    const round = fc.record({
      amount: fc.double({ min: 1e-6, max: 1e3, noNaN: true }),
      buy: fc.double({ min: 0.01, max: 1e5, noNaN: true }),
      sell: fc.double({ min: 0.01, max: 1e5, noNaN: true }),
      fee: fc.double({ min: 0, max: 0.01, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(round, { maxLength: 30 }), (rounds) => {
        const start = 1e9;
        const ledger = new Ledger(start);
        let turnover = 0;
        for (const { amount, buy, sell, fee } of rounds) {
          ledger.apply(fill('buy', amount, buy, amount * buy * fee));
          ledger.apply(fill('sell', amount, sell, amount * sell * fee));
          turnover += amount * (buy + sell);
        }
        const pnl = ledger.trades.reduce((sum, trade) => sum + trade.pnl, 0);
        const fees = ledger.trades.reduce((sum, trade) => sum + trade.fees, 0);
        expect(Math.abs(ledger.cash - start - pnl)).toBeLessThanOrEqual(1e-9 * (start + turnover));
        expect(Math.abs(ledger.fees - fees)).toBeLessThanOrEqual(1e-9 * (1 + turnover));
      }),
    );
  });
});
