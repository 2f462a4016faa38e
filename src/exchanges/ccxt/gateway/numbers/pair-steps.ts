/** The steps of a pair, from its rules as they were read. */

import type { MarketInterface } from 'ccxt';
import { instrumentFromMarket } from '../../market-rules.ts';
import type { Steps } from './wire-numbers.ts';

/** What exchanges count in where a pair states no step. */
const FINEST = 1e-8;

export function stepsOf(market: MarketInterface): Steps {
  const { symbol, amountStep, priceStep } = instrumentFromMarket(market);
  return { symbol, amountStep: amountStep ?? FINEST, priceStep: priceStep ?? FINEST };
}
