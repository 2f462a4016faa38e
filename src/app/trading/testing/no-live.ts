/** Trading without a live side. */

import type { TradingStore } from '../../storage/trading-store.ts';
import type { LiveSide } from '../service.ts';

export function noLive(store: TradingStore): LiveSide {
  return {
    store,
    account: () => null,
    closedBecause: () => 'There is no live side.',
    stop: () => Promise.resolve(null),
    arm: () => {},
    addsSymbol: () => {},
    takeRules: () => Promise.resolve(),
    onChange: () => () => {},
  };
}
