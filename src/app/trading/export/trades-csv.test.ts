import { expect, it } from 'vitest';
import type { Trade } from '../../../core/domain/trade.ts';
import { tradesCsv } from './trades-csv.ts';

const trade: Trade = {
  side: 'buy',
  amount: 0.5,
  entryTime: 0,
  entryPrice: 100,
  exitTime: 60_000,
  exitPrice: 1e-7,
  exitReason: 'stop-loss',
  fees: 0.1,
  pnl: -50.1,
  returnPct: -1.002,
};

it('writes round trips, with empty cells for one that is still open', () => {
  const open = { ...trade, exitTime: null, exitPrice: null, exitReason: null, pnl: -0.1 };
  const rows = [
    { botName: 'Slow, "steady"', symbol: 'PEPE/USDT', trade },
    { botName: '=cmd|calc', symbol: 'BTC/USDT', trade: open },
  ];
  expect([...tradesCsv(rows)].join('')).toBe(
    'bot,pair,side,amount_base,entry_time_ms,entry_time_utc,entry_price_quote,exit_time_ms,exit_time_utc,exit_price_quote,exit_reason,fees_quote,pnl_quote,return_fraction\r\n' +
      '"Slow, ""steady""",PEPE/USDT,buy,0.5,0,1970-01-01T00:00:00.000Z,100,60000,1970-01-01T00:01:00.000Z,0.0000001,stop-loss,0.1,-50.1,-1.002\r\n' +
      "'=cmd|calc,BTC/USDT,buy,0.5,0,1970-01-01T00:00:00.000Z,100,,,,,0.1,-0.1,-1.002\r\n",
  );
});
