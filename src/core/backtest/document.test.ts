import { describe, expect, it } from 'vitest';
import { backtestDocument, type DocumentRun } from './document.ts';
import type { BacktestSummary } from './report.ts';

const SUMMARY: BacktestSummary = {
  denialCount: 1,
  bars: 2,
  firstTime: 0,
  lastTime: 60_000,
  startingBalance: 1_000,
  finalBalance: 1_010.5,
  totalReturn: 0.0105,
  buyAndHoldReturn: -0,
  cagr: null,
  volatility: null,
  sharpe: null,
  sortino: null,
  calmar: null,
  maxDrawdown: 0,
  maxDrawdownDurationMs: 0,
  exposureTime: 0.5,
  tradeCount: 0,
  winRate: null,
  profitFactor: null,
  expectancy: null,
  sqn: null,
  averageWin: null,
  averageLoss: null,
  bestTrade: null,
  worstTrade: null,
  fees: 0.1,
};

const RUN: DocumentRun = {
  config: {
    symbol: 'BTC/USDT',
    timeframe: '1m',
    strategy: 'sma-cross',
    params: { fast: 2, slow: 3 },
    startingBalance: 1_000,
    costs: { halfSpreadBps: 1, slippageBps: 2, makerFee: 0.001, takerFee: 0.002 },
    sizing: { kind: 'fixed', cost: 50 },
    limits: 'off',
    whitelist: ['BTC/USDT'],
  },
  candles: { name: 'two "bars".csv', sha256: 'ab12', synthetic: false, warnings: [] },
  summary: SUMMARY,
  trades: [
    {
      side: 'buy',
      amount: 0.5,
      entryTime: 60_000,
      entryPrice: 100,
      exitTime: null,
      exitPrice: null,
      exitReason: null,
      fees: 0.1,
      pnl: 10.5,
      returnPct: 0.21,
    },
  ],
  denials: [
    {
      time: 0,
      side: 'buy',
      code: 'DAILY_TRADE_LIMIT',
      sentence: 'Twenty trades\nare enough.',
      askedCost: 50,
    },
  ],
  time: Float64Array.of(0, 60_000),
  equity: Float64Array.of(1_000, 1_010.5),
};

const textOf = (run: DocumentRun): string => [...backtestDocument(run)].join('');

describe('the backtest document', () => {
  it('is this text', () => {
    expect(textOf(RUN)).toBe(
      [
        '{',
        '"schema":"cryptopiggy.backtest/1",',
        '"input":{"candles":{"name":"two \\"bars\\".csv","sha256":"ab12","synthetic":false,"bars":2,"warnings":[]},"symbol":"BTC/USDT","timeframe":"1m","strategy":"sma-cross","params":{"fast":2,"slow":3},"startingBalance":1000,"costs":{"takerFee":0.002,"makerFee":0.001,"slippageBps":2,"halfSpreadBps":1},"sizing":{"kind":"fixed","cost":50},"limits":"off","whitelist":["BTC/USDT"]},',
        '"summary":{"bars":2,"firstTime":0,"lastTime":60000,"startingBalance":1000,"finalBalance":1010.5,"totalReturn":0.0105,"buyAndHoldReturn":0,"cagr":null,"volatility":null,"sharpe":null,"sortino":null,"calmar":null,"maxDrawdown":0,"maxDrawdownDurationMs":0,"exposureTime":0.5,"tradeCount":0,"winRate":null,"profitFactor":null,"expectancy":null,"sqn":null,"averageWin":null,"averageLoss":null,"bestTrade":null,"worstTrade":null,"fees":0.1,"denialCount":1},',
        '"trades":[',
        '{"side":"buy","amount":0.5,"entryTime":60000,"entryPrice":100,"exitTime":null,"exitPrice":null,"exitReason":null,"fees":0.1,"pnl":10.5,"returnPct":0.21}',
        '],',
        '"equity":[',
        '[0,1000],',
        '[60000,1010.5]',
        '],',
        '"denials":[',
        '{"time":0,"side":"buy","code":"DAILY_TRADE_LIMIT","sentence":"Twenty trades\\nare enough.","askedCost":50}',
        ']',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('is JSON without any trade or denial, too', () => {
    expect(JSON.parse(textOf({ ...RUN, trades: [], denials: [] }))).toMatchObject({
      trades: [],
      denials: [],
    });
  });

  it('writes no property that its schema does not name, and leaves out columns beyond the last bar', () => {
    const config = {
      ...RUN.config,
      sizing: { kind: 'fixed', cost: 50, secret: 1 } as const,
      path: '/home/ann',
    };
    const candles = { ...RUN.candles, path: '/home/ann/two.csv' };
    const equity = Float64Array.of(1_000, 1_010.5, NaN);
    expect(textOf({ ...RUN, config, candles, equity })).toBe(textOf(RUN));
  });

  it('comes in pieces of moderate size, whatever its length', () => {
    const bars = 50_000;
    const time = Float64Array.from({ length: bars }, (_, index) => index * 60_000);
    const equity = time.map((ms) => 1_000 + Math.sin(ms));
    const pieces = [...backtestDocument({ ...RUN, time, equity, summary: { ...SUMMARY, bars } })];
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(40_000);
    const points = Array.from(time, (ms, index) => [ms, equity[index]]);
    expect(JSON.parse(pieces.join(''))).toMatchObject({ equity: points });
  });
});

describe('a figure that is no number is never written', () => {
  const trade = RUN.trades[0];
  const denial = RUN.denials[0];
  if (trade === undefined || denial === undefined)
    throw new Error('The example has lost its rows.');
  it.each([
    ['sharpe', { summary: { ...SUMMARY, sharpe: NaN } }],
    ['pnl', { trades: [{ ...trade, pnl: Infinity }] }],
    ['askedCost', { denials: [{ ...denial, askedCost: -Infinity }] }],
    ['equity', { equity: Float64Array.of(1_000, NaN) }],
    ['equity', { equity: Float64Array.of(1_000) }],
    ['time', { time: Float64Array.of(0, Infinity) }],
    ['fast', { config: { ...RUN.config, params: { fast: NaN } } }],
    ['takerFee', { config: { ...RUN.config, costs: { ...RUN.config.costs, takerFee: NaN } } }],
  ])('in %s', (field, change) => {
    expect(() => textOf({ ...RUN, ...change })).toThrow(`"${field}"`);
  });
});
