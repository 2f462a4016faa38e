/** One side of trading, paper or live, as the screens, the tray and the command line use it. */

import type { MarketFeed } from '../../core/ports/market-feed.ts';
import type { StopPlace } from '../stop/stop-place.ts';
import type { TradingStore } from '../storage/trading-store.ts';
import type { TradingAccount } from './trading-account.ts';

/** A feed that holds connections. */
export type OpenFeed = MarketFeed & { close(): void };

export interface TradingSide {
  readonly store: TradingStore;
  /** The account while it is open. */
  account(): TradingAccount | null;
  /** Why nothing can be opened now, as a sentence; `null` where it is up to the engine. */
  closedBecause(): string | null;
  /** Where a stop has to be carried out, the account open or not. @throws Error where the books cannot be read */
  stopPlaces(): readonly StopPlace[];
  /** The emergency stop is in force: whatever is open for entries shuts, before anybody is asked. */
  stopPressed(): void;
  /** Lets trading begin again after a stop. */
  arm(): void;
  /** A bot is about to trade a symbol. */
  addsSymbol(symbol: string): void;
  /** The person's rules have changed; they hold when the promise resolves. @returns a sentence where that failed */
  takeRules(): Promise<string | null>;
  /** Told of every change of the account. The answer ends it. */
  onChange(listener: () => void): () => void;
}
