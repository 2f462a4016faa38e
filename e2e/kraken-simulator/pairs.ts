/** The pairs and coins under Kraken's own names, with steps and minimums like Kraken's. */

import { formatUnits, units, type Units } from '../exchange-simulator/decimal.ts';
import type { Fees } from '../exchange-simulator/matching/fees.ts';
import type { SymbolRules } from '../exchange-simulator/symbols.ts';

export interface KrakenPair {
  /** Kraken's id and its altname, which are one for pairs with USDT. */
  readonly id: string;
  readonly wsName: string;
  readonly priceDecimals: number;
  /** Its `name` is the plain one that the control port goes by. */
  readonly rules: SymbolRules;
}

/** The lowest tier's, as fractions: 0.40 % and 0.80 %. Kraken takes them in the quote currency, from buyers too. */
export const KRAKEN_FEES: Fees = {
  maker: units('0.004'),
  taker: units('0.008'),
  paidIn: 'quote',
};

export const LOT_DECIMALS = 8;

const COMMON = {
  quote: 'USDT',
  maxPrice: units('10000000'),
  step: 1n,
  maxQuantity: units('100000'),
  maxMarketQuantity: units('100000'),
  minNotional: units('0.5'),
  maxNotional: units('1000000000'),
};

/** @param ticks - By id, where a pair's tick is to be coarser than its decimals. */
export function krakenPairs(ticks: Readonly<Record<string, string>>): readonly KrakenPair[] {
  const tickOf = (id: string, usual: string): Pick<SymbolRules, 'tick' | 'minPrice'> => {
    const tick = units(ticks[id] ?? usual);
    return { tick, minPrice: tick };
  };
  return [
    {
      id: 'XBTUSDT',
      wsName: 'XBT/USDT',
      priceDecimals: 1,
      rules: {
        ...COMMON,
        ...tickOf('XBTUSDT', '0.1'),
        name: 'BTCUSDT',
        base: 'BTC',
        minQuantity: units('0.00005'),
        startPrice: units('60000'),
      },
    },
    {
      id: 'ETHUSDT',
      wsName: 'ETH/USDT',
      priceDecimals: 2,
      rules: {
        ...COMMON,
        ...tickOf('ETHUSDT', '0.01'),
        name: 'ETHUSDT',
        base: 'ETH',
        minQuantity: units('0.001'),
        startPrice: units('3000'),
      },
    },
  ];
}

export interface KrakenAsset {
  readonly id: string;
  readonly altName: string;
  readonly decimals: number;
  readonly displayDecimals: number;
}

/** By the plain name that the control port goes by. */
export const ASSETS: Readonly<Record<string, KrakenAsset>> = {
  BTC: { id: 'XXBT', altName: 'XBT', decimals: 10, displayDecimals: 5 },
  ETH: { id: 'XETH', altName: 'ETH', decimals: 10, displayDecimals: 5 },
  USDT: { id: 'USDT', altName: 'USDT', decimals: 8, displayDecimals: 4 },
};

/** The names under which auto rewards keep coins that orders use like the coins themselves. */
export const REWARDS: Readonly<Record<string, string>> = {
  BTC: 'XBT.F',
  ETH: 'ETH.F',
  USDT: 'USDT.F',
};

export function assetId(asset: string): string {
  return ASSETS[asset]?.id ?? asset;
}

/** Cut, not rounded, to fewer than eight decimals. */
export function fixed(value: Units, decimals: number): string {
  return formatUnits(value).slice(0, decimals - LOT_DECIMALS || undefined);
}
