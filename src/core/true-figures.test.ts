/** What an entry is decided by is true: the account's own fees, a price of now, and what is really offered. */

import { describe, expect, it } from 'vitest';
import { NO_PROTECTION } from './domain/order.ts';
import { alerts, denials, manualBot, sent, Stage } from './testing/stage.ts';

const HIGHEST = { maker: 0.006, taker: 0.012 };

/** Notional of the one entry that 300 USD of equity can carry, with a stop 10 % below. */
function approvedCost(stage: Stage): number {
  const [order] = sent(stage.buy({ stop: { kind: 'distance', fraction: 0.1 } }));
  if (order?.purpose !== 'entry') throw new Error('Nothing was sent.');
  stage.cancelled(order.id, 0);
  return order.size.cost;
}

/** What an entry of that size may lose: a tenth and the stop's slack, and both fees. */
function lossAt(fee: number): number {
  return 1 - 0.9 * 0.99 + fee * (1 + 0.9 * 0.99);
}

describe('the fees that an entry is judged by', () => {
  it('are the highest of the exchange until it tells the account, and then those', () => {
    const stage = new Stage({ cash: 300, highestFees: HIGHEST });
    stage.quote(100);
    expect(approvedCost(stage) * lossAt(0.012)).toBeCloseTo(3, 9);
    const fees = { maker: 0.002, taker: 0.004 };
    stage.tell({ kind: 'fees-known', time: stage.now, symbol: 'BTC/USDT', fees });
    expect(approvedCost(stage) * lossAt(0.004)).toBeCloseTo(3, 9);
    stage.restart();
    expect(approvedCost(stage) * lossAt(0.004)).toBeCloseTo(3, 9);
  });

  it('are never less than a person has set', () => {
    const stage = new Stage({ cash: 300, highestFees: HIGHEST });
    stage.quote(100);
    const fees = { maker: 0, taker: 0.0001 };
    stage.tell({ kind: 'fees-known', time: stage.now, symbol: 'BTC/USDT', fees });
    expect(approvedCost(stage) * lossAt(0.001)).toBeCloseTo(3, 9);
  });

  it('are what a fill has paid, where that is more than was told', () => {
    const stage = new Stage({ cash: 300 });
    stage.quote(100);
    const [order] = sent(stage.buy({ cost: 10 }));
    const fee = { currency: 'USDT', amount: 10 * 0.012 };
    stage.filled(order?.id ?? '', 0.1, 100, { fee });
    const [, exit] = [
      stage.tell({ kind: 'position-close', time: stage.now, botId: 'b' }),
      stage.cancelled(stage.bot().holding.state().orders.stop ?? ''),
    ];
    stage.filled(sent(exit)[0]?.id ?? '', 0.1, 100, { fee });
    expect(stage.bot().isIdle).toBe(true);
    const equity = stage.engine.account.equity();
    expect(approvedCost(stage) * lossAt(0.012)).toBeCloseTo(equity * 0.01, 9);
    const fees = { maker: 0.001, taker: 0.001 };
    stage.tell({ kind: 'fees-known', time: stage.now, symbol: 'BTC/USDT', fees });
    expect(approvedCost(stage) * lossAt(0.012)).toBeCloseTo(equity * 0.01, 9);
    stage.now += 86_400_001;
    stage.tell({ kind: 'fees-known', time: stage.now, symbol: 'BTC/USDT', fees });
    stage.quote(100);
    expect(approvedCost(stage) * lossAt(0.001)).toBeCloseTo(equity * 0.01, 9);
  });
});

describe('the price that an entry is judged by', () => {
  it('is none any more once prices are lost, until the next one comes', () => {
    const stage = new Stage();
    stage.quote(100);
    stage.tell({ kind: 'prices-lost', time: stage.now });
    expect(denials(stage.buy())).toEqual(['NO_FRESH_PRICE']);
    stage.restart();
    expect(denials(stage.buy({ limit: 90 }))).toEqual(['NO_FRESH_PRICE']);
    stage.quote(100);
    expect(sent(stage.buy())).toHaveLength(1);
  });

  it('is too old after ten seconds, a restart or not, and a tick is no price', () => {
    const stage = new Stage();
    stage.quote(100);
    stage.now += 10_001;
    stage.tell({ kind: 'tick', time: stage.now });
    stage.restart();
    expect(denials(stage.buy())).toEqual(['NO_FRESH_PRICE']);
  });

  it('is judged anew when an entry has waited for the one before it to be withdrawn', () => {
    const stage = new Stage();
    stage.quote(100);
    const [first] = sent(stage.buy({ limit: 90 }));
    const sizing = { kind: 'fixed', cost: 20 } as const;
    const wish = { time: stage.now, price: 100, limit: null, protection: NO_PROTECTION, sizing };
    stage.bot().wish(wish);
    stage.now += 11_000;
    expect(denials(stage.cancelled(first?.id ?? '', 0))).toEqual(['NO_FRESH_PRICE']);
  });

  it('bounds what is paid, by what is asked at the moment and not by the bar that decided', () => {
    const stage = new Stage();
    stage.tell({ kind: 'quote', symbol: 'BTC/USDT', time: stage.now, bid: 99, ask: 101 });
    const [order] = sent(stage.buy());
    expect(order?.bound).toBeCloseTo(101 * 1.005, 9);
    expect(order?.type).toBe('market');
  });

  it('may have gone: then nothing is bought, and the order says why', () => {
    const stage = new Stage();
    stage.quote(100);
    const [order] = sent(stage.buy());
    const orderId = order?.id ?? '';
    stage.accepted(orderId);
    const { now: time } = stage;
    const told = stage.tell({
      kind: 'order-expired',
      orderId,
      time,
      filledAmount: 0,
      sentence: 'EXPIRED',
    });
    expect(alerts(told)).toEqual([]);
    const record = stage.engine.orders.get(orderId);
    expect(record?.state).toBe('expired');
    expect(record?.note).toContain('Not bought: nothing was offered at 100.5 or less');
    expect(stage.bot().isIdle).toBe(true);
  });
});

describe('a fee in a third coin without a price', () => {
  it('counts in the trade and in the day when the price comes, whatever may be traded', () => {
    const stage = new Stage({ bots: [manualBot('b')] });
    stage.tell({ kind: 'transfer', time: stage.now, currency: 'BNB', amount: 1 });
    stage.quote(100);
    const [order] = sent(stage.buy());
    stage.filled(order?.id ?? '', 0.5, 100, { fee: { currency: 'BNB', amount: 0.001 } });
    expect(stage.audited.some((row) => row.kind === 'fill' && row.feeInQuote === null)).toBe(true);
    const { position } = stage.bot().holding;
    expect(position.unrealisedPnl(100)).toBe(0);
    stage.restart();
    stage.quote(600, 'BNB/USDT');
    const kept = stage.bot().holding.position;
    expect(kept.fees).toBeCloseTo(0.6, 9);
    expect(kept.unrealisedPnl(100)).toBeCloseTo(-0.6, 9);
    const { account } = stage.engine;
    expect(account.day.openingEquity - account.equity()).toBeCloseTo(0.6, 9);
  });
});
