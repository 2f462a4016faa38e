/** The simulator's pairs as a long run trades them. */

import type { Instrument } from '../../../../core/domain/instrument.ts';

export const BTC: Instrument = {
  symbol: 'BTC/USDT',
  base: 'BTC',
  quote: 'USDT',
  amountStep: 0.000_01,
  minAmount: null,
  priceStep: 0.01,
  minCost: 5,
};

export const ETH: Instrument = { ...BTC, symbol: 'ETH/USDT', base: 'ETH', amountStep: 0.000_1 };
