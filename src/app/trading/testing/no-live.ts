/** Trading without a live side. */

import type { TradingStore } from '../../storage/trading-store.ts';
import type { TradingSide } from '../trading-side.ts';

export function noLive(store: TradingStore): TradingSide {
  return {
    store,
    account: () => null,
    closedBecause: () => 'There is no live side.',
    stopPlaces: () => [],
    stopPressed: () => {},
    arm: () => {},
    addsSymbol: () => {},
    takeRules: () => Promise.resolve(null),
    onChange: () => () => {},
  };
}
