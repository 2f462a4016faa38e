/** The pairs that the simulator trades, with steps and minimums like Binance's own. */

import { units, type Units } from './decimal.ts';

export interface SymbolRules {
  readonly name: string;
  readonly base: string;
  readonly quote: string;
  readonly tick: Units;
  readonly minPrice: Units;
  readonly maxPrice: Units;
  readonly step: Units;
  readonly minQuantity: Units;
  readonly maxQuantity: Units;
  /** Largest market order, in the base currency. */
  readonly maxMarketQuantity: Units;
  readonly minNotional: Units;
  readonly maxNotional: Units;
  /** Where the seeded walk begins, in the quote currency. */
  readonly startPrice: Units;
}

const COMMON = {
  tick: units('0.01'),
  minPrice: units('0.01'),
  maxPrice: units('1000000'),
  maxQuantity: units('9000'),
  minNotional: units('5'),
  maxNotional: units('9000000'),
};

export const SYMBOLS: readonly SymbolRules[] = [
  {
    ...COMMON,
    name: 'BTCUSDT',
    base: 'BTC',
    quote: 'USDT',
    step: units('0.00001'),
    minQuantity: units('0.00001'),
    maxMarketQuantity: units('120'),
    startPrice: units('60000'),
  },
  {
    ...COMMON,
    name: 'ETHUSDT',
    base: 'ETH',
    quote: 'USDT',
    step: units('0.0001'),
    minQuantity: units('0.0001'),
    maxMarketQuantity: units('2000'),
    startPrice: units('3000'),
  },
  {
    ...COMMON,
    name: 'SOLUSDT',
    base: 'SOL',
    quote: 'USDT',
    step: units('0.001'),
    minQuantity: units('0.001'),
    maxQuantity: units('90000'),
    maxMarketQuantity: units('20000'),
    startPrice: units('150'),
  },
  {
    ...COMMON,
    name: 'BTCUSDC',
    base: 'BTC',
    quote: 'USDC',
    step: units('0.00001'),
    minQuantity: units('0.00001'),
    maxMarketQuantity: units('60'),
    startPrice: units('60000'),
  },
  {
    ...COMMON,
    name: 'BNBUSDT',
    base: 'BNB',
    quote: 'USDT',
    step: units('0.001'),
    minQuantity: units('0.001'),
    maxMarketQuantity: units('2000'),
    startPrice: units('600'),
  },
];

/** Open orders that an account may have in one symbol, and how many of them may be stops. */
export const MAX_OPEN_ORDERS = 200;
export const MAX_OPEN_STOPS = 5;

/** How far a limit price may be from the market, as a multiple of it. */
export const PERCENT_UP = 5n;
export const PERCENT_DOWN_DIVISOR = 5n;

export const ORDER_TYPES = [
  'LIMIT',
  'LIMIT_MAKER',
  'MARKET',
  'STOP_LOSS_LIMIT',
  'TAKE_PROFIT_LIMIT',
] as const;
