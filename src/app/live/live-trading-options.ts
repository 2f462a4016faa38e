/** What live trading is put together from. */

import type { VenueId } from '../../contract/live.ts';
import type { AppSettings } from '../settings/app-settings.ts';
import type { StopLatch } from '../stop/stop-latch.ts';
import type { SettingsStore } from '../storage/storage.ts';
import type { TradingStore } from '../storage/trading-store.ts';
import type { Clock } from '../trading/clock.ts';
import type { OpenFeed } from '../trading/trading-side.ts';
import type { KeyShelf } from './key-shelf.ts';
import type { OpenGateway } from './live-gateway.ts';

export interface LiveTradingOptions {
  /** Of live trading alone. */
  readonly store: TradingStore;
  readonly settings: SettingsStore;
  readonly appSettings: Pick<
    AppSettings,
    'ALLOW_LIVE' | 'EXCHANGE' | 'LIVE_CONFIRM_TOKEN' | 'EXCHANGE_SIMULATOR_URL'
  >;
  readonly keys: KeyShelf;
  readonly clock: Clock;
  /** The stop that may be in force. */
  readonly stops: StopLatch;
  readonly newOrderPrefix: () => string;
  /** Drawn anew at each start of an account, see `SessionOptions`. */
  readonly newRunToken: () => string;
  readonly openFeed: (venue: VenueId) => Promise<OpenFeed | null>;
  readonly openGateway: OpenGateway;
  readonly reportFault: (error: unknown) => void;
}
