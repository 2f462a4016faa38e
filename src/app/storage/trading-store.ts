/** What trading keeps between starts. Everything here is durable when the call returns: orders wait for it. */

import type { AuditRecord } from '../../core/audit.ts';
import type { RestingExits } from '../../core/bot/desk.ts';
import type { BotConfig } from '../../core/bot/bot-config.ts';
import type { Costs, TradingFees } from '../../core/domain/costs.ts';
import type { Fill } from '../../core/domain/fill.ts';
import type { Instrument } from '../../core/domain/instrument.ts';
import type { Trade } from '../../core/domain/trade.ts';
import type { EngineSetup, EngineState } from '../../core/engine.ts';
import type { Decision, EngineEvent } from '../../core/events.ts';
import type { OrderAllowance } from '../../core/orders/order-budget.ts';
import type { OrderRecord } from '../../core/orders/order-record.ts';
import type { Limits } from '../../core/risk/hard-limits.ts';
import type { Protections } from '../../core/risk/protections.ts';
import type { SimulatedStore } from '../../exchanges/simulated/simulated-store.ts';

/** What an account is set up with, once: a change begins a new account, and the old one's history stays. */
export interface AccountSettings {
  /** Feed or exchange that its prices come from, as shown to the person. */
  readonly venue: string;
  /** First characters of its order ids; unique among all installations with all likelihood. */
  readonly orderPrefix: string;
}

export interface KeptBot {
  readonly config: BotConfig;
  readonly instrument: Instrument;
}

export interface KeptAccount {
  readonly id: number;
  /** ms UTC. */
  readonly startedAt: number;
  readonly settings: AccountSettings;
  readonly bots: readonly KeptBot[];
  /** `null` before the first commit. */
  readonly state: EngineState | null;
}

/** An account that is or was, for a list of them. */
export interface AccountSummary {
  readonly id: number;
  /** ms UTC. */
  readonly startedAt: number;
  /** `null` while it is the current one. */
  readonly endedAt: number | null;
  readonly settings: AccountSettings;
  readonly trades: number;
  /** Names of its bots by their ids, removed ones too. */
  readonly botNames: Readonly<Record<string, string>>;
}

/** The rules of a session as plain data. */
export interface SessionRules {
  readonly whitelist: readonly string[];
  readonly limits: Limits;
  readonly protections: Protections;
  readonly costs: Costs;
  /** With real money what the exchange takes at most; left out on paper, and by journals of before it was told. */
  readonly highestFees?: TradingFees;
  readonly pricesFrom: EngineSetup['pricesFrom'];
  readonly restingExits: RestingExits;
  /** Missing where it was journaled before there was a budget. */
  readonly orderAllowance?: OrderAllowance;
  readonly orderPrefix: string;
}

/** How a run of the app begins in the journal: with all that it starts from, so that the rest can be replayed. */
export interface SessionBegin {
  readonly kind: 'session-begun';
  readonly time: number;
  readonly rules: SessionRules;
  readonly bots: readonly KeptBot[];
  readonly state: EngineState | null;
}

export type JournalEntry = EngineEvent | SessionBegin;

export interface JournalRow {
  readonly seq: number;
  readonly entry: JournalEntry;
  /** JSON, byte for byte as it was written. */
  readonly decisions: string;
}

/** An event with what the engine decided on it. */
export interface Journaled {
  readonly entry: JournalEntry;
  readonly time: number;
  readonly decisions: readonly Decision[];
}

export interface TradingCommit {
  readonly entries: readonly Journaled[];
  readonly audit: readonly AuditRecord[];
  readonly state: EngineState;
  readonly addedBots: readonly KeptBot[];
}

export interface KeptFill {
  readonly botId: string;
  readonly symbol: string;
  readonly fill: Fill;
  readonly feeInQuote: number | null;
}

export interface KeptTrade {
  readonly botId: string;
  readonly symbol: string;
  readonly trade: Trade;
}

export interface KeptDay {
  /** Whole UTC days since 1970. */
  readonly day: number;
  readonly openingEquity: number;
  /** When the day was last looked at. */
  readonly equity: number;
  readonly trades: number;
  readonly lossLimitBreached: boolean;
}

export interface EquitySample {
  /** ms UTC. */
  readonly time: number;
  /** In USD. */
  readonly equity: number;
}

export interface KeptAlert {
  readonly time: number;
  readonly code: string;
  readonly botId: string | null;
  readonly sentence: string;
}

export interface WriteUnit {
  /** All of it is on disk when it returns. @throws Error where that could not be done: none of it is */
  keep(): void;
  /** None of it was. Idempotent. */
  drop(): void;
}

export interface TradingStore {
  /** The account that has not ended, or `null`. */
  current(): KeptAccount | null;
  /** Every account that ever was, newest first. */
  accounts(): readonly AccountSummary[];
  begin(settings: AccountSettings, time: number): KeptAccount;
  /** Ends the current account; its history stays. */
  end(accountId: number, time: number): void;
  commit(accountId: number, commit: TradingCommit): void;
  /**
   * Begins what is written together or not at all, also over several turns; one at a time. For what trades with nobody
   * outside: until it is kept, nothing of it is on disk.
   */
  beginUnit(): WriteUnit;
  /** Whether an event could be written at once: another process may hold the file. Waits for nobody. */
  isWritable(): boolean;
  /** Makes the account start halted, whatever its last commit says: for when the engine itself cannot be trusted. */
  latchHalt(accountId: number): void;
  /** Newest first. */
  orders(accountId: number, limit: number): readonly OrderRecord[];
  order(orderId: string): OrderRecord | null;
  /** Oldest first. */
  fills(accountId: number): readonly KeptFill[];
  trades(accountId: number): readonly KeptTrade[];
  days(accountId: number): readonly KeptDay[];
  /** Newest first. */
  alerts(accountId: number, limit: number): readonly KeptAlert[];
  /** Oldest first. */
  journal(accountId: number): Iterable<JournalRow>;
  /** Rows on which something was decided, newest first. */
  decided(accountId: number, limit: number): readonly JournalRow[];
  /** Rows that name an order, oldest first. */
  journalOf(accountId: number, orderId: string): readonly JournalRow[];
  /** Keeps what the account was worth at a moment, for its curve. */
  sampleEquity(accountId: number, time: number, equity: number): void;
  /** Oldest first. */
  equity(accountId: number): readonly EquitySample[];
  /** The other side of paper trading. */
  simulated(accountId: number): SimulatedStore;
}
