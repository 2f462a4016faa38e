import { expect, it } from 'vitest';
import { SUMMARY, aRunInfo } from '../storage/testing/run-builder.ts';
import { csvCell, equityCsv, tradesCsv } from './csv.ts';

const run = {
  config: aRunInfo().config,
  candles: { name: 'a.csv', sha256: null, synthetic: false, warnings: [] },
  summary: SUMMARY,
  trades: [
    {
      side: 'buy',
      amount: 0.5,
      entryTime: 0,
      entryPrice: 100,
      exitTime: 60_000,
      exitPrice: 1e-7,
      exitReason: 'stop-loss',
      fees: 0.1,
      pnl: -49.9,
      returnPct: -0.998,
    },
    {
      side: 'buy',
      amount: 1,
      entryTime: 60_000,
      entryPrice: 100,
      exitTime: null,
      exitPrice: null,
      exitReason: null,
      fees: 0,
      pnl: 0,
      returnPct: 0,
    },
  ],
  denials: [],
  time: Float64Array.of(0, 60_000),
  equity: Float64Array.of(1_000, 750),
} as const;

it('writes trades, with empty cells for one that is still open', () => {
  expect([...tradesCsv(run)].join('')).toBe(
    'side,amount_base,entry_time_ms,entry_time_utc,entry_price_quote,exit_time_ms,exit_time_utc,exit_price_quote,exit_reason,fees_quote,pnl_quote,return_fraction\r\n' +
      'buy,0.5,0,1970-01-01T00:00:00.000Z,100,60000,1970-01-01T00:01:00.000Z,1e-7,stop-loss,0.1,-49.9,-0.998\r\n' +
      'buy,1,60000,1970-01-01T00:01:00.000Z,100,,,,,0,0,0\r\n',
  );
});

it('writes equity with its drawdown', () => {
  expect([...equityCsv(run)].join('')).toBe(
    'time_ms,time_utc,equity_quote,drawdown_fraction\r\n' +
      '0,1970-01-01T00:00:00.000Z,1000,0\r\n' +
      '60000,1970-01-01T00:01:00.000Z,750,0.25\r\n',
  );
});

it.each([
  ['plain', 'plain'],
  ['a "b", c', '"a ""b"", c"'],
  ['two\nlines', '"two\nlines"'],
  ['=HYPERLINK("http://x")', '"\'=HYPERLINK(""http://x"")"'],
  ['@sum', "'@sum"],
  ['-1+1', "'-1+1"],
  [-1, '-1'],
  [null, ''],
])('writes the cell %j as %s', (cell, text) => {
  expect(csvCell(cell)).toBe(text);
});

it('refuses a number that is none', () => {
  expect(() => csvCell(NaN)).toThrow('NaN');
});
