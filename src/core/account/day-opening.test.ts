import { describe, expect, it } from 'vitest';
import type { Instrument } from '../domain/instrument.ts';
import { DAY_MS, utcDay } from '../domain/timeframe.ts';
import { Account } from './account.ts';

const MIDNIGHT = Date.UTC(2026, 4, 2);

function instrument(symbol: string): Instrument {
  const [base = '', quote = ''] = symbol.split('/');
  return { symbol, base, quote, amountStep: null, minAmount: null, priceStep: null, minCost: null };
}

describe('a day that began while nobody looked', () => {
  const btc = instrument('BTC/USDT');

  /** Closed at 16,000: 0.2 BTC at 30,000 and 10,000 USDT. */
  function closed(): Account {
    const opened = new Account({ reporting: 'USD', maxDailyLoss: 0.05, opensAtPrices: true });
    opened.advanceTo(MIDNIGHT - 3 * DAY_MS);
    opened.transfer('USDT', 10_000);
    opened.transfer('BTC', 0.2);
    opened.mark(opened.pair(btc), 30_000);
    return opened;
  }

  const today = utcDay(MIDNIGHT + 1);

  it('opens at its prices of 00:00, and its loss is noticed', () => {
    const account = closed();
    account.advanceTo(MIDNIGHT + 9 * 3_600_000);
    expect(account.isDayKnown).toBe(false);
    account.openAt(today, { 'BTC/USDT': 60_000 });
    expect(account.isDayKnown).toBe(true);
    expect(account.day.openingEquity).toBe(22_000);
    // Until a price comes, what is held is worth what it was at 00:00: the night is no loss and no gain.
    expect(account.watch()).toBe(false);
    account.mark(account.pair(btc), 33_060);
    expect(account.watch()).toBe(true);
  });

  it('is lost from the highest that it may have opened at while nobody can tell', () => {
    const account = closed();
    account.advanceTo(MIDNIGHT + 1);
    account.mark(account.pair(btc), 60_000);
    expect(account.watch()).toBe(false);
    expect(account.day.openingEquity).toBe(22_000);
    account.mark(account.pair(btc), 33_060);
    expect(account.watch()).toBe(true);
  });

  it('counts what a fill of before moved as held then, and a deposit at the prices of 00:00', () => {
    const account = closed();
    account.advanceTo(MIDNIGHT + 1);
    const { base, quote } = account.pair(btc);
    account.book(base, -0.1, MIDNIGHT - 1);
    account.book(quote, 3_000, MIDNIGHT - 1);
    account.transfer('BTC', 1);
    account.book(base, -0.1, MIDNIGHT + 1);
    account.book(quote, 7_000, MIDNIGHT + 1);
    account.openAt(today, { 'BTC/USDT': 60_000 });
    expect(account.day.openingEquity).toBe(13_000 + 1.1 * 60_000);
  });

  it('is known where the last minute before it had a price, and where another day opens', () => {
    const account = closed();
    account.advanceTo(MIDNIGHT - 59_000);
    account.mark(account.pair(btc), 50_000);
    account.advanceTo(MIDNIGHT + 1);
    expect(account.isDayKnown).toBe(true);
    expect(account.day.openingEquity).toBe(20_000);
    account.openAt(today, { 'BTC/USDT': 1 });
    expect(account.day.openingEquity).toBe(20_000);
    const late = closed();
    late.advanceTo(MIDNIGHT + 1);
    late.openAt(today - 1, { 'BTC/USDT': 1 });
    expect(late.isDayKnown).toBe(false);
  });

  it('survives a restart before its prices are known, and a state of before they were asked for', () => {
    const account = closed();
    account.advanceTo(MIDNIGHT + 1);
    const again = new Account({ reporting: 'USD', maxDailyLoss: 0.05, opensAtPrices: true });
    again.restore(account.state());
    again.openAt(today, { 'BTC/USDT': 60_000 });
    expect(again.day.openingEquity).toBe(22_000);
    const { heldAtOpening: _, quotes: __, unpricedFees: ___, ...older } = closed().state();
    const old = new Account({ reporting: 'USD', maxDailyLoss: 0.05, opensAtPrices: true });
    old.restore(older);
    expect(old.isDayKnown).toBe(true);
  });

  it('is worth what coins are worth in other coins', () => {
    const account = closed();
    account.transfer('ETH', 2);
    account.mark(account.pair(instrument('ETH/BTC')), 0.05);
    account.advanceTo(MIDNIGHT + 1);
    account.openAt(today, { 'ETH/BTC': 0.04, 'BTC/USDT': 50_000 });
    expect(account.day.openingEquity).toBe(10_000 + 10_000 + 4_000);
  });
});

describe('a fee in a coin without a price', () => {
  it('is a loss of the day as soon as it has one', () => {
    const account = new Account({ reporting: 'USD', maxDailyLoss: 0.05, opensAtPrices: true });
    account.advanceTo(MIDNIGHT);
    account.transfer('USDT', 1_000);
    account.transfer('BNB', 1);
    account.owe({ currency: 'BNB', amount: 0.1 });
    account.book(account.slot('BNB'), -0.1, MIDNIGHT);
    account.mark(account.pair(instrument('BNB/USDT')), 600);
    expect(account.day.openingEquity - account.equity()).toBeCloseTo(60, 9);
    expect(account.watch()).toBe(false);
  });
});
