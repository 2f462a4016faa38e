import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instrument } from '../domain/instrument.ts';
import { DAY_MS } from '../domain/timeframe.ts';
import { Account, type AccountState, type PastTrade } from './account.ts';

const NOON = Date.UTC(2026, 4, 1, 12);
const MIDNIGHT = Date.UTC(2026, 4, 2);

function instrument(symbol: string): Instrument {
  const [base = '', quote = ''] = symbol.split('/');
  return { symbol, base, quote, amountStep: null, minAmount: null, priceStep: null, minCost: null };
}

/** An account in USD at noon, with 1,000 USDT. */
function account(): Account {
  const opened = new Account({ reporting: 'USD', maxDailyLoss: 0.05, opensAtPrices: false });
  opened.transfer('USDT', 1_000);
  opened.advanceTo(NOON);
  return opened;
}

function mark(of: Account, symbol: string, price: number): void {
  of.mark(of.pair(instrument(symbol)), price);
}

function trade(exitTime: number): PastTrade {
  return { botId: 'b', exitTime, exitReason: 'signal', pnl: 1 };
}

function kept(of: Account): AccountState {
  return JSON.parse(JSON.stringify(of.state())) as AccountState;
}

function restored(state: AccountState): Account {
  const opened = new Account({ reporting: 'USD', maxDailyLoss: 0.05, opensAtPrices: false });
  opened.restore(state);
  return opened;
}

describe('a fee', () => {
  const pair = (of: Account) => of.pair(instrument('BTC/USDT'));

  it('in the quote is what it is, in the base worth the price', () => {
    const of = account();
    expect(of.feeInQuote({ currency: 'USDT', amount: 0.05 }, pair(of), 50_000)).toBe(0.05);
    expect(of.feeInQuote({ currency: 'BTC', amount: 0.001 }, pair(of), 50_000)).toBe(50);
  });

  it('in a third coin is worth what that was last seen at', () => {
    const of = account();
    const fee = { currency: 'BNB', amount: 0.001 };
    expect(of.feeInQuote(fee, pair(of), 50_000)).toBeNull();
    mark(of, 'BNB/USDT', 600);
    expect(of.feeInQuote(fee, pair(of), 50_000)).toBeCloseTo(0.6, 12);
  });

  it('is converted into a quote that is no dollar either', () => {
    const of = account();
    mark(of, 'BTC/USDT', 50_000);
    mark(of, 'BNB/USDT', 500);
    const inBtc = of.feeInQuote({ currency: 'BNB', amount: 1 }, of.pair(instrument('ETH/BTC')), 1);
    expect(inBtc).toBeCloseTo(0.01, 12);
  });

  it('of nothing is nothing, whatever its currency; into a quote without a price there is no way', () => {
    const of = account();
    expect(of.feeInQuote({ currency: 'XYZ', amount: 0 }, pair(of), 1)).toBe(0);
    const strange = of.pair(instrument('ETH/XYZ'));
    mark(of, 'BNB/USDT', 500);
    expect(of.feeInQuote({ currency: 'BNB', amount: 1 }, strange, 1)).toBeNull();
  });
});

describe('worth', () => {
  it('adds up dozens of currencies, each at its last price', () => {
    const of = account();
    let expected = 1_000;
    for (let index = 1; index <= 40; index += 1) {
      of.transfer(`C${index}`, index);
      mark(of, `C${index}/USDT`, index / 4);
      expected += (index * index) / 4;
    }
    expect(of.equity()).toBe(expected);
    mark(of, 'C1/USDT', 100.25);
    expect(of.equity()).toBe(expected + 100);
    expect(of.balances.currencies).toHaveLength(41);
    expect(of.balances.amount(of.balances.slot('C40'))).toBe(40);
  });

  it('takes dollars at par, and no price of one in another moves that', () => {
    const of = account();
    of.transfer('USDC', 50);
    mark(of, 'USDC/USDT', 0.5);
    expect(of.equity()).toBe(1_050);
  });

  it('counts a coin in a coin: ETH in BTC, BTC in dollars', () => {
    const of = account();
    of.transfer('ETH', 10);
    mark(of, 'BTC/USDT', 50_000);
    mark(of, 'ETH/BTC', 0.05);
    expect(of.equity()).toBe(26_000);
  });

  it('keeps what is known of a coin when another pair of it tells nothing', () => {
    const of = account();
    of.transfer('ETH', 10);
    mark(of, 'ETH/USDT', 2_000);
    // BTC has no price yet: the pair says nothing about dollars.
    mark(of, 'ETH/BTC', 0.05);
    expect(of.equity()).toBe(21_000);
    expect(of.watch()).toBe(false);
    for (const price of [NaN, 0, -1]) mark(of, 'ETH/USDT', price);
    expect(of.equity()).toBe(21_000);
  });

  it('converts only with a price of the last minute', () => {
    const of = account();
    const btc = of.slot('BTC');
    expect(of.usdPer(btc)).toBeNull();
    mark(of, 'BTC/USDT', 50_000);
    of.advanceTo(NOON + 60_000);
    expect(of.usdPer(btc)).toBe(50_000);
    of.advanceTo(NOON + 60_001);
    expect(of.usdPer(btc)).toBeNull();
    expect(of.usdPer(of.slot('USDC'))).toBe(1);
  });
});

describe('the day', () => {
  it('begins at midnight UTC, with what everything was worth before it', () => {
    const of = account();
    of.transfer('BTC', 1);
    mark(of, 'BTC/USDT', 100);
    of.countTrade();
    expect(of.advanceTo(MIDNIGHT - 1)).toBe(false);
    expect(of.day).toMatchObject({ trades: 1, openingEquity: 1_100 });
    mark(of, 'BTC/USDT', 90);
    expect(of.advanceTo(MIDNIGHT)).toBe(true);
    expect(of.day).toEqual({
      day: MIDNIGHT / DAY_MS,
      openingEquity: 1_090,
      trades: 0,
      lossLimitBreached: false,
    });
    expect(of.advanceTo(MIDNIGHT)).toBe(false);
  });

  it('does not begin again when the clock is set back over midnight and forward', () => {
    const of = account();
    of.advanceTo(MIDNIGHT);
    of.countTrade();
    expect(of.advanceTo(MIDNIGHT - 3_600_000)).toBe(false);
    expect(of.time).toBe(MIDNIGHT);
    expect(of.advanceTo(MIDNIGHT + 1)).toBe(false);
    expect(of.day.trades).toBe(1);
  });

  it('is moved by no time that is none', () => {
    const of = account();
    expect(of.advanceTo(NaN)).toBe(false);
    expect(of.time).toBe(NOON);
    expect(of.advanceTo(MIDNIGHT)).toBe(true);
  });

  it('is not there before the first event', () => {
    const of = new Account({ reporting: 'USD', maxDailyLoss: 0.05, opensAtPrices: false });
    expect(of.currentDay).toBeNull();
    expect(() => of.day).toThrow('The account has seen no time yet.');
  });

  it('opens higher by what is put in and lower by what is taken out: no profit and no loss', () => {
    const of = account();
    of.transfer('USDT', 500);
    expect(of.day.openingEquity).toBe(1_500);
    of.transfer('USDT', -1_400);
    expect(of.day.openingEquity).toBe(100);
    expect(of.watch()).toBe(false);
    mark(of, 'BTC/USDT', 200);
    of.transfer('BTC', 2);
    expect(of.day.openingEquity).toBe(500);
  });

  it('counts coins without a price from their first price on', () => {
    const of = account();
    of.transfer('BTC', 1);
    expect(of.day.openingEquity).toBe(1_000);
    mark(of, 'BTC/USDT', 1_000);
    expect(of.day.openingEquity).toBe(2_000);
    mark(of, 'BTC/USDT', 900);
    expect(of.watch()).toBe(false);
    mark(of, 'BTC/USDT', 899.99);
    expect(of.watch()).toBe(true);
    expect(of.watch()).toBe(false);
    expect(of.day.lossLimitBreached).toBe(true);
  });
});

describe('dust', () => {
  it('adds up by symbol and is taken away with its part of the cost', () => {
    const of = account();
    of.addDust('BTC/USDT', { amount: 0.1, cost: 10 });
    of.addDust('BTC/USDT', { amount: 0.3, cost: 20 });
    of.addDust('ETH/USDT', { amount: 1, cost: 1 });
    expect(of.takeDust('BTC/USDT', 0.1).amount).toBe(0.1);
    expect(of.dust.get('BTC/USDT')?.amount).toBeCloseTo(0.3, 12);
    expect(of.dust.get('BTC/USDT')?.cost).toBeCloseTo(22.5, 12);
  });

  it('is never more than there is', () => {
    const of = account();
    expect(of.takeDust('BTC/USDT', 1).amount).toBe(0);
    of.addDust('BTC/USDT', { amount: 0.1, cost: 10 });
    expect(of.takeDust('BTC/USDT', 1).amount).toBe(0.1);
    expect(of.takeDust('BTC/USDT', 1).amount).toBe(0);
    expect(of.dust.get('BTC/USDT')).toEqual({ amount: 0, cost: 0 });
  });
});

describe('past trades', () => {
  it('are forgotten after two weeks, once there are many', () => {
    const of = account();
    for (let index = 0; index < 99; index += 1) of.remember(trade(NOON + index));
    expect(of.pastTrades).toHaveLength(99);
    of.remember(trade(NOON + 50 + 14 * DAY_MS));
    expect(of.pastTrades.map(({ exitTime }) => exitTime)[0]).toBe(NOON + 50);
    expect(of.pastTrades).toHaveLength(50);
  });
});

describe('the state', () => {
  it('comes back from JSON as it was, and goes on the same', () => {
    const of = account();
    for (const coin of ['BTC', 'ETH', 'BNB', 'SOL', 'XRP']) of.transfer(coin, 0.1 + 0.2);
    mark(of, 'BTC/USDT', 50_000.01);
    mark(of, 'ETH/BTC', 0.05);
    of.countTrade();
    of.remember(trade(NOON));
    of.addDust('BTC/USDT', { amount: 1e-9, cost: 1e-4 });
    of.tradingState = 'reducing';
    mark(of, 'BTC/USDT', 1);
    of.watch();
    const copy = restored(kept(of));
    expect(copy.state()).toEqual(of.state());
    expect(copy.equity()).toBe(of.equity());
    for (const each of [of, copy]) {
      mark(each, 'SOL/USDT', 150);
      each.advanceTo(MIDNIGHT + 5);
    }
    expect(copy.state()).toEqual(of.state());
    expect(copy.day).toMatchObject({ trades: 0, lossLimitBreached: false });
  });

  it('of an account that has seen nothing is one that has seen nothing', () => {
    const fresh = new Account({ reporting: 'USD', maxDailyLoss: 0.05, opensAtPrices: false });
    const copy = restored(kept(fresh));
    expect(copy.time).toBe(-Infinity);
    expect(copy.currentDay).toBeNull();
    expect(copy.advanceTo(NOON)).toBe(true);
  });

  it('is what it was, whatever happens afterwards', () => {
    const of = account();
    of.remember(trade(NOON));
    const state = of.state();
    const text = JSON.stringify(state);
    of.remember(trade(NOON + 1));
    of.transfer('USDT', 1);
    of.countTrade();
    of.addDust('BTC/USDT', { amount: 1, cost: 1 });
    expect(JSON.stringify(state)).toBe(text);
  });

  it('loses nothing on the way, for any money and prices', () => {
    const coin = fc.constantFrom('BTC', 'ETH', 'BNB', 'SOL', 'DOGE', 'ADA', 'USDC', 'DOT');
    const amount = fc.double({ min: -1e6, max: 1e9, noNaN: true });
    const step = fc.oneof(
      fc.record({ kind: fc.constant('transfer' as const), coin, amount }),
      fc.record({ kind: fc.constant('mark' as const), coin, quote: coin, amount }),
      fc.record({ kind: fc.constant('time' as const), ms: fc.nat(3 * DAY_MS) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const of = account();
        for (const each of steps) {
          if (each.kind === 'transfer') of.transfer(each.coin, each.amount);
          else if (each.kind === 'time') of.advanceTo(NOON + each.ms);
          else
            mark(of, `${each.coin}/${each.quote === each.coin ? 'USDT' : each.quote}`, each.amount);
        }
        const copy = restored(kept(of));
        // JSON knows no -0.
        expect(JSON.stringify(copy.state())).toBe(JSON.stringify(of.state()));
        expect(Math.abs(copy.equity() - of.equity())).toBe(0);
      }),
    );
  });
});
