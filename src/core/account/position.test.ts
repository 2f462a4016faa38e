import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fill } from '../domain/fill.ts';
import { Position } from './position.ts';

function fill(side: Fill['side'], amount: number, price: number, time = 0): Fill {
  return {
    id: 'f',
    orderId: 'o',
    side,
    time,
    amount,
    price,
    cost: amount * price,
    fee: { currency: 'USDT', amount: 0 },
    liquidity: 'taker',
    reason: side === 'sell' ? 'signal' : null,
    complete: true,
  };
}

describe('Position', () => {
  it('books a round trip: pnl after both fees, return on the entry notional', () => {
    const position = new Position();
    position.buy(fill('buy', 2, 100, 60_000), 0.2, 0);
    expect(position.entryPrice).toBe(100);
    expect(position.entryTime).toBe(60_000);
    const trade = position.sell(fill('sell', 2, 110, 120_000), 0.22);
    expect(position.isOpen).toBe(false);
    expect(position.trades).toEqual([trade]);
    expect(trade).toMatchObject({
      side: 'buy',
      amount: 2,
      entryTime: 60_000,
      entryPrice: 100,
      exitTime: 120_000,
      exitPrice: 110,
      exitReason: 'signal',
    });
    expect(trade?.pnl).toBeCloseTo(19.58, 12);
    expect(trade?.returnPct).toBeCloseTo(0.0979, 12);
    expect(trade?.fees).toBeCloseTo(0.42, 12);
  });

  it('averages the cost of two buys and closes only when the last of it is sold', () => {
    const position = new Position();
    position.buy(fill('buy', 1, 100), 0, 0);
    position.buy(fill('buy', 3, 120), 0, 0);
    expect(position.entryPrice).toBe(115);
    expect(position.sell(fill('sell', 1, 130), 0)).toBeNull();
    expect(position.openTrade(130)?.pnl).toBe(60);
    expect(position.sell(fill('sell', 3, 110), 0)).toMatchObject({
      amount: 4,
      entryPrice: 115,
      exitPrice: 115,
      pnl: 0,
    });
  });

  it('takes a fee in the coin out of what is held, and counts it once in the pnl', () => {
    // 1 coin for 100, of which 0.01 goes to the exchange; the other 0.99 sell for 100 each.
    const position = new Position();
    position.buy(fill('buy', 1, 100), 1, 0.01);
    expect(position.amount).toBeCloseTo(0.99, 12);
    expect(position.unrealisedPnl(100)).toBeCloseTo(-1, 12);
    const trade = position.sell(fill('sell', 0.99, 100), 0);
    expect(trade?.pnl).toBeCloseTo(-1, 12);
    expect(trade?.fees).toBe(1);
  });

  it('marks an open position as a trade without an exit', () => {
    const position = new Position();
    expect(position.openTrade(1)).toBeNull();
    position.buy(fill('buy', 1, 100), 0.1, 0);
    expect(position.openTrade(90)).toMatchObject({
      exitTime: null,
      exitPrice: null,
      exitReason: null,
    });
    expect(position.openTrade(90)?.pnl).toBeCloseTo(-10.1, 12);
  });

  it('leaves dust with its part of the cost, so that the pnl is that of what was sold', () => {
    const position = new Position();
    position.buy(fill('buy', 10, 100), 0, 0);
    position.sell(fill('sell', 9, 110), 0);
    const { trade, dust } = position.leaveDust(7, 'signal');
    expect(dust).toEqual({ amount: 1, cost: 100 });
    expect(trade).toMatchObject({ amount: 9, pnl: 90, exitPrice: 110, exitTime: 7 });
    expect(position.isOpen).toBe(false);
  });

  it('throws when more is sold than is held', () => {
    const position = new Position();
    expect(() => position.sell(fill('sell', 1, 1), 0)).toThrow(/only 0 is held/);
    position.buy(fill('buy', 1, 10), 0, 0);
    expect(() => position.sell(fill('sell', 1.5, 10), 0)).toThrow(/Sold 1.5, but only 1 is held/);
  });

  it('comes back from its state as it was', () => {
    const position = new Position();
    position.buy(fill('buy', 3, 100, 5), 0.3, 0);
    position.sell(fill('sell', 1, 120, 6), 0.1);
    const copy = new Position();
    copy.restore(position.state());
    expect(copy.state()).toEqual(position.state());
    expect(copy.openTrade(90)).toEqual(position.openTrade(90));
  });

  it('neither makes nor loses money: the pnl of every round trip is its proceeds less its cost and fees', () => {
    const round = fc.record({
      amount: fc.double({ min: 1e-6, max: 1e3, noNaN: true }),
      buy: fc.double({ min: 0.01, max: 1e5, noNaN: true }),
      sell: fc.double({ min: 0.01, max: 1e5, noNaN: true }),
      fee: fc.double({ min: 0, max: 0.01, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(round, { maxLength: 30 }), (rounds) => {
        const position = new Position();
        let cash = 0;
        let turnover = 0;
        for (const { amount, buy, sell, fee } of rounds) {
          position.buy(fill('buy', amount, buy), amount * buy * fee, 0);
          position.sell(fill('sell', amount, sell), amount * sell * fee);
          cash += amount * (sell - buy) - amount * (buy + sell) * fee;
          turnover += amount * (buy + sell);
        }
        const pnl = position.trades.reduce((sum, trade) => sum + trade.pnl, 0);
        const fees = position.trades.reduce((sum, trade) => sum + trade.fees, 0);
        expect(Math.abs(cash - pnl)).toBeLessThanOrEqual(1e-9 * (1 + turnover));
        expect(Math.abs(position.fees - fees)).toBeLessThanOrEqual(1e-9 * (1 + turnover));
      }),
    );
  });
});
