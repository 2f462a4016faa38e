/** The whole contract between the window and the app. */

import { appContract } from './app.ts';
import { backtestContract } from './backtest.ts';
import { candlesContract } from './candles.ts';
import { defineContract } from './define.ts';
import { downloadsContract } from './downloads.ts';
import { exposureContract } from './exposure.ts';
import { liveContract } from './live.ts';
import { marketContract } from './market.ts';
import { tradingContract } from './trading.ts';

export const contract = defineContract(
  appContract,
  candlesContract,
  downloadsContract,
  backtestContract,
  tradingContract,
  exposureContract,
  liveContract,
  marketContract,
);
export type Contract = typeof contract;
