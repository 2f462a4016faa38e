import { describe, expect, it } from 'vitest';
import type { TradingStatus } from '../../../../contract/trading.ts';
import type { Trade } from '../../../../core/domain/trade.ts';
import type { Books } from '../books.ts';
import { endedAs, totalsOf, tradeRows, type Outcome } from './trade-rows.ts';

const BOOKS: Books = {
  key: 'paper 1',
  account: 'paper',
  accountId: 1,
  isCurrent: true,
  title: 'Paper',
  bots: [{ id: 'b1', name: 'Rosa' }],
};

function kept(symbol: string, pnl: number, over: Partial<Trade> = {}) {
  const trade: Trade = {
    side: 'buy',
    amount: 0.5,
    entryTime: 1_000,
    entryPrice: 100,
    exitTime: 2_000,
    exitPrice: 100 + 2 * pnl,
    exitReason: 'signal',
    fees: 0.1,
    pnl,
    returnPct: pnl / 50,
    ...over,
  };
  return { botId: 'b1', symbol, trade };
}

const POSITION: TradingStatus['positions'][number] = {
  botId: 'b1',
  symbol: 'BTC/USDT',
  amount: 0.2,
  entryPrice: 100,
  entryTime: 5_000,
  price: 110,
  unrealisedPnl: 1.5,
  stop: 95,
  target: null,
  trailing: null,
  sellAt: null,
  guardPlace: 'exchange',
  verdict: {
    kind: 'agreed',
    since: null,
    sentence: 'The exchange and the books agree.',
    waysOut: [],
  },
};

const ROWS = tradeRows(
  BOOKS,
  [kept('BTC/USDT', 3), kept('BTC/USDT', -1), kept('ETH/USD', 0)],
  [POSITION],
);

describe('the trade log', () => {
  it('begins with what is open, then the newest', () => {
    expect(ROWS.map(({ id, pnl, exitTime }) => [id, pnl, exitTime])).toEqual([
      ['open b1', 1.5, null],
      ['2', 0, 2_000],
      ['1', -1, 2_000],
      ['0', 3, 2_000],
    ]);
    expect(ROWS[0]).toMatchObject({ bot: 'Rosa', time: 5_000, fees: null, returnPct: 1.5 / 20 });
  });

  it('gives each row an id that stays when a trade is added', () => {
    const more = tradeRows(BOOKS, [kept('BTC/USDT', 3), kept('BTC/USDT', -1)], []);
    expect(more.map(({ id }) => id)).toEqual(['1', '0']);
  });

  it('tells the outcomes apart; a trade that made nothing was neither won nor lost', () => {
    const ids = (outcome: Outcome) =>
      ROWS.filter((row) => endedAs(row, outcome)).map(({ id }) => id);
    expect(ids('all')).toHaveLength(4);
    expect(ids('open')).toEqual(['open b1']);
    expect(ids('won')).toEqual(['0']);
    expect(ids('lost')).toEqual(['1']);
  });

  it('adds up what is over, each quote by itself', () => {
    expect(totalsOf(ROWS)).toEqual([
      { quote: 'USD', pnl: 0 },
      { quote: 'USDT', pnl: 2 },
    ]);
    expect(totalsOf(ROWS.slice(0, 1))).toEqual([]);
  });
});
