/** What one reads before everything is sold. */

import { describe, expect, it } from 'vitest';
import type { TradingStatus } from '../../../../contract/trading.ts';
import { sampleStatus } from '../../../testing/sample-status.ts';
import { saleOf, worthWords } from './sale.ts';

const POSITION = {
  botId: 'bot-1',
  symbol: 'BTC/USDT',
  amount: 0.0005,
  entryPrice: 60_000,
  entryTime: 0,
  price: 61_000,
  unrealisedPnl: 0.5,
  stop: 57_000,
  target: null,
  trailing: null,
  sellAt: null,
  guardPlace: 'exchange',
  verdict: { kind: 'agreed', since: null, sentence: 'Agreed.', waysOut: [] },
} as const satisfies TradingStatus['positions'][number];

function saleIn(part: Partial<TradingStatus>) {
  return saleOf([{ account: 'live', status: sampleStatus({ mode: 'live', ...part }) }]);
}

describe('a sale of everything', () => {
  it('sells each position, at what it is worth now', () => {
    const { sold, left } = saleIn({
      positions: [POSITION],
      balances: [
        { currency: 'USDT', amount: 900, worth: 900, heldBefore: 0 },
        { currency: 'BTC', amount: 0.0005, worth: 30.5, heldBefore: 0 },
      ],
    });
    expect(sold).toEqual([
      { account: 'live', botId: 'bot-1', symbol: 'BTC/USDT', amount: 0.0005, worth: 30.5 },
    ]);
    expect(left).toEqual([]);
    expect(worthWords(sold)).toBe('30.50 USDT');
  });

  it('leaves the coins that the app did not buy, beside its own and alone', () => {
    const { left } = saleIn({
      positions: [POSITION],
      balances: [
        { currency: 'BTC', amount: 0.1005, worth: 6_130, heldBefore: 0 },
        { currency: 'ETH', amount: 2, worth: null, heldBefore: 0 },
      ],
    });
    expect(left.map(({ what }) => what)).toEqual(['0.100000 BTC', '2.0000 ETH']);
    expect(left[0]?.why).toBe('CryptoPiggy did not buy it, and leaves it alone.');
  });

  it('names dust, which is no coin of the person', () => {
    const { left } = saleIn({
      dust: [{ symbol: 'BTC/USDT', amount: 0.00000012, worth: 0.01 }],
      balances: [{ currency: 'BTC', amount: 0.00000012, worth: 0.01, heldBefore: 0 }],
    });
    expect(left).toEqual([
      { account: 'live', what: '0.00000012 BTC', why: 'It is too little to be sold.' },
    ]);
  });

  it('takes no rounding of sums for a coin', () => {
    const { left } = saleIn({
      positions: [
        { ...POSITION, amount: 0.1 },
        { ...POSITION, botId: 'bot-2', amount: 0.2 },
      ],
      balances: [{ currency: 'BTC', amount: 0.1 + 0.2 + 1e-17, worth: 1, heldBefore: 0 }],
    });
    expect(left).toEqual([]);
  });

  it('leaves the orders of others', () => {
    const external = { exchangeId: '7', symbol: 'ETH/USDT' };
    expect(saleIn({ externalOrders: [external, external] }).left).toEqual([
      {
        account: 'live',
        what: '2 orders in ETH/USDT',
        why: 'CryptoPiggy did not place it, and leaves it alone.',
      },
    ]);
  });

  it('says what may have to wait: an exchange that does not answer, an account that has a fault', () => {
    const down = { up: false, sentence: 'Kraken does not answer.' };
    expect(saleIn({ positions: [POSITION], connection: down }).left[0]?.why).toBe(down.sentence);
    expect(saleIn({ positions: [POSITION], fault: 'The disk is full.' }).left[0]?.why).toBe(
      'The disk is full.',
    );
    expect(saleIn({ connection: down }).left).toEqual([]);
  });

  it('sells what cannot be looked into as soon as it can be reached, and names what is known of it', () => {
    const outOfReach = 'Binance US is not connected.';
    expect(saleOf([{ account: 'live', status: null, outOfReach }])).toEqual({
      sold: [],
      later: [{ account: 'live', what: 'Everything there', why: outOfReach }],
      left: [],
    });
    const what = ['0.0005 BTC on Binance US', '1 order'];
    expect(saleOf([{ account: 'live', status: null, outOfReach, what }]).later).toEqual([
      { account: 'live', what: '0.0005 BTC on Binance US', why: outOfReach },
      { account: 'live', what: '1 order', why: outOfReach },
    ]);
  });

  it('has no worth for what has no price', () => {
    const positions = [POSITION, { ...POSITION, botId: 'b', symbol: 'X/USD', price: Number.NaN }];
    const { sold } = saleIn({ positions });
    expect(sold.map(({ worth }) => worth)).toEqual([30.5, null]);
    expect(worthWords(sold)).toBe('30.50 USDT and X/USD');
    expect(worthWords([])).toBeNull();
  });
});
