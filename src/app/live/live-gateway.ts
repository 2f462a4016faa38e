/** What live trading asks of an exchange beyond its orders: whether it is well, and what the key may do. */

import type { VenueId } from '../../contract/live.ts';
import type { TradingFees } from '../../core/domain/costs.ts';
import type { Instrument, TradingStatus } from '../../core/domain/instrument.ts';
import type { Result } from '../../core/domain/result.ts';
import type { ExchangeFailure, ExchangePort } from '../../core/ports/exchange.ts';

/** Never leaves the object that signs with it. */
export interface Credentials {
  readonly apiKey: string;
  readonly secret: string;
}

export interface Health {
  /** From question to answer, ms. */
  readonly latencyMs: number;
  /** The exchange's clock less this computer's, ms. */
  readonly clockSkewMs: number;
}

/** `account`: not of our orders. `reconnected`: what happened before was not told. */
export type GatewayBell =
  | { readonly kind: 'order' | 'account' | 'reconnected' }
  | { readonly kind: 'stream-down' | 'orders-unasked' | 'orders-asked'; readonly sentence: string };

export interface LiveGateway extends ExchangePort {
  health(): Promise<Result<Health, ExchangeFailure>>;
  /** Fails with a sentence where the key cannot trade, or can withdraw. */
  validateKey(): Promise<Result<unknown, ExchangeFailure>>;
  instrument(symbol: string): Promise<Result<Instrument, ExchangeFailure>>;
  /** Whether the exchange takes orders in a pair at the moment. */
  tradingStatus(symbol: string): Promise<Result<TradingStatus, ExchangeFailure>>;
  /** What trading this pair costs this account. */
  fees(symbol: string): Promise<Result<TradingFees, ExchangeFailure>>;
  /** What is reckoned with while `fees` cannot be asked: the exchange's highest public tier. */
  readonly highestFees: TradingFees;
  /**
   * Rings for what has happened in the account and to the connection; the answer ends it. Absent where nothing rings:
   * everything is asked for again and again all the same.
   */
  onBell?(listener: (bell: GatewayBell) => void): () => void;
  /** Ends every request and the watching of orders; they stay where they are. */
  close(): void;
}

export type OpenGateway = (venue: VenueId, credentials: Credentials) => Promise<LiveGateway>;
