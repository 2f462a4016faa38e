/** What trading costs: what is set, what the exchange tells, what fills have paid; never less than the most of these. */

import { describe, expect, it } from 'vitest';
import type { Fill } from '../domain/fill.ts';
import type { Liquidity } from '../domain/order.ts';
import { DAY_MS } from '../domain/timeframe.ts';
import { KnownFees } from './known-fees.ts';

const BTC = 'BTC/USDT';
const SET = { takerFee: 0.001, makerFee: 0.0005, slippageBps: 0, halfSpreadBps: 0 };
const HIGHEST = { maker: 0.004, taker: 0.008 };

/** A fill of 20 in quote, unless it says otherwise. */
function fill(time = 0, liquidity: Liquidity = 'taker', cost = 20): Fill {
  const fee = { currency: 'USDT', amount: 0 };
  const rest = { id: 'f', orderId: 'o', side: 'buy', reason: null, complete: true } as const;
  return { ...rest, time, amount: 1, price: cost, cost, fee, liquidity };
}

describe('before the exchange has told', () => {
  it('is the most that the exchange takes of anybody', () => {
    expect(new KnownFees(SET, HIGHEST).of(BTC)).toEqual(HIGHEST);
  });

  it('is what is set where there is nothing else, or where that is more', () => {
    expect(new KnownFees(SET, null).of(BTC)).toEqual({ maker: 0.0005, taker: 0.001 });
    const dear = { ...SET, makerFee: 0.01, takerFee: 0.02 };
    expect(new KnownFees(dear, HIGHEST).of(BTC)).toEqual({ maker: 0.01, taker: 0.02 });
  });
});

describe('what the exchange tells', () => {
  it('counts for its pair, and never lowers what is set', () => {
    const fees = new KnownFees(SET, HIGHEST);
    fees.tell(BTC, { maker: 0.0001, taker: 0.006 }, 0);
    expect(fees.of(BTC)).toEqual({ maker: 0.0005, taker: 0.006 });
    expect(fees.of('ETH/USDT')).toEqual(HIGHEST);
  });
});

describe('what a fill has paid', () => {
  const told = (): KnownFees => {
    const fees = new KnownFees(SET, HIGHEST);
    fees.tell(BTC, { maker: 0.001, taker: 0.002 }, 0);
    return fees;
  };

  it('counts from then on where it is more, for its side of the market alone', () => {
    const fees = told();
    fees.pay(BTC, fill(), 0.1, 1);
    expect(fees.of(BTC)).toEqual({ maker: 0.001, taker: 0.005 });
    fees.pay(BTC, fill(0, 'maker'), 0.06, 1);
    expect(fees.of(BTC)).toEqual({ maker: 0.003, taker: 0.005 });
    expect(fees.of('ETH/USDT')).toEqual(HIGHEST);
  });

  it('counts where nothing was told, too', () => {
    const fees = new KnownFees(SET, HIGHEST);
    fees.pay(BTC, fill(), 0.4, 1);
    expect(fees.of(BTC).taker).toBe(0.02);
    fees.tell(BTC, { maker: 0.001, taker: 0.002 }, 0);
    expect(fees.of(BTC).taker).toBe(0.02);
  });

  it('is nothing new within what an exchange rounds', () => {
    const fees = told();
    fees.pay(BTC, fill(), 0.002 * 1.01 * 20, 1);
    expect(fees.of(BTC).taker).toBe(0.002);
    fees.pay(BTC, fill(), 0.002 * 1.011 * 20, 1);
    expect(fees.of(BTC).taker).toBeGreaterThan(0.002);
  });

  it('says nothing of fills under a dollar, by what the quote is worth', () => {
    const fees = told();
    fees.pay(BTC, fill(0, 'taker', 0.99), 0.5, 1);
    fees.pay(BTC, fill(0, 'taker', 1.9), 0.5, 0.5);
    expect(fees.of(BTC).taker).toBe(0.002);
    fees.pay(BTC, fill(0, 'taker', 0.001), 0.000_01, 1_000);
    expect(fees.of(BTC).taker).toBe(0.01);
  });

  it('counts a day against what the exchange tells, and another day each time that it is paid again', () => {
    const fees = told();
    fees.pay(BTC, fill(1_000), 0.1, 1);
    fees.tell(BTC, { maker: 0.001, taker: 0.002 }, 1_000 + DAY_MS);
    expect(fees.of(BTC).taker).toBe(0.005);
    // Paid again, within what an exchange rounds, and not forgotten by less.
    fees.pay(BTC, fill(DAY_MS), 0.0995, 1);
    fees.pay(BTC, fill(2 * DAY_MS), 0.05, 1);
    fees.tell(BTC, { maker: 0.001, taker: 0.002 }, 2 * DAY_MS);
    expect(fees.of(BTC).taker).toBe(0.005);
    fees.tell(BTC, { maker: 0.001, taker: 0.002 }, 2 * DAY_MS + 1);
    expect(fees.of(BTC).taker).toBe(0.002);
  });

  it('of one side is not begun anew by what the other side pays without being dearer', () => {
    const fees = told();
    fees.pay(BTC, fill(0), 0.1, 1);
    fees.pay(BTC, fill(DAY_MS, 'maker'), 0, 1);
    fees.tell(BTC, { maker: 0.001, taker: 0.002 }, DAY_MS + 1);
    expect(fees.of(BTC).taker).toBe(0.002);
  });
});

it('is kept over a restart', () => {
  const fees = new KnownFees(SET, HIGHEST);
  fees.tell(BTC, { maker: 0.001, taker: 0.002 }, 0);
  fees.pay(BTC, fill(5), 0.1, 1);
  const again = new KnownFees(SET, HIGHEST);
  again.restore(structuredClone(fees.state()));
  expect(again.of(BTC)).toEqual({ maker: 0.001, taker: 0.005 });
  expect(again.state()).toEqual(fees.state());
});
