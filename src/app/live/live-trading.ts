/** Live trading of one profile: the gate, the connection to an exchange, and the account behind both. */

import { VENUE_NAMES, type LiveState, type VenueId } from '../../contract/live.ts';
import { contractFailure, type ContractResult } from '../../contract/errors.ts';
import { LIVE_CONDITIONS } from '../../core/domain/live-condition.ts';
import { ok } from '../../core/domain/result.ts';
import type { Decision, EngineEvent } from '../../core/events.ts';
import type { LiveGateEvent } from '../../core/risk/live-gate.ts';
import type { AppSettings } from '../settings/app-settings.ts';
import type { SettingsStore } from '../storage/storage.ts';
import type { KeptAccount, TradingStore } from '../storage/trading-store.ts';
import type { Clock } from '../trading/clock.ts';
import type { StopReport } from '../trading/emergency-stop.ts';
import { loadRules } from '../trading/rules.ts';
import type { OpenFeed, TradingSide } from '../trading/trading-side.ts';
import { Confirmation } from './confirmation.ts';
import { GateKeeper } from './gate-keeper.ts';
import { askHealth, healthEvent, type HealthReport } from './health-checks.ts';
import { isUnattended, keptLiveAccount, lostToday } from './kept-live-account.ts';
import type { KeyShelf } from './key-shelf.ts';
import type { LiveAccount } from './live-account.ts';
import { LiveConnection } from './live-connection.ts';
import type { LiveGateway, OpenGateway } from './live-gateway.ts';
import { loadTarget, saveTarget, type LiveTarget } from './live-target.ts';
import { unknownDay } from './unknown-day.ts';

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
  readonly newOrderPrefix: () => string;
  readonly openFeed: (venue: VenueId) => Promise<OpenFeed | null>;
  readonly openGateway: OpenGateway;
  readonly reportFault: (error: unknown) => void;
}

type Done = ContractResult<Record<string, never>>;

const BUSY = contractFailure(
  'ACCOUNT_BUSY',
  'There are open positions or orders, and nobody would watch them. Close them first.',
);

const HALTED = contractFailure(
  'LIVE_NOT_READY',
  'Trading is halted by the emergency stop. Arm it again first.',
);

export class LiveTrading implements TradingSide {
  readonly store: TradingStore;
  readonly #options: LiveTradingOptions;
  readonly #keeper: GateKeeper;
  readonly #confirmation: Confirmation;
  readonly #listeners = new Set<() => void>();
  #target: LiveTarget;
  #connection: LiveConnection | null = null;
  #health: HealthReport | null = null;
  /** Connecting and disconnecting happen one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: LiveTradingOptions) {
    const { store, settings, appSettings, clock, keys } = options;
    this.store = store;
    this.#options = options;
    this.#confirmation = new Confirmation(appSettings.LIVE_CONFIRM_TOKEN);
    this.#target = loadTarget(settings, appSettings.EXCHANGE);
    this.#keeper = new GateKeeper(clock.now, {
      onShut: () => this.#withdraw(),
      onChange: () => this.#changed(),
    });
    this.#keeper.tell({ kind: 'allowed', isAllowed: appSettings.ALLOW_LIVE });
    keys.onChange(() => this.#changed());
  }

  /** Takes up what was left at the exchange; live mode stays off. Resolves at once: the exchange is asked behind it. */
  start(): void {
    const { store, settings, keys, clock, reportFault } = this.#options;
    const time = clock.now();
    const current = store.current();
    const lost = unknownDay(settings, time) ?? lostToday(current, time);
    if (lost !== null) this.#keeper.tell({ kind: 'loss-limit', time, reason: lost });
    keys.look(this.#target.venue).catch(reportFault);
    if (current !== null && isUnattended(current)) this.connect().catch(reportFault);
  }

  async close(): Promise<void> {
    await this.#turn;
    await this.#end();
    this.#listeners.clear();
  }

  get target(): LiveTarget {
    return this.#target;
  }

  account(): LiveAccount | null {
    return this.#connection?.account ?? null;
  }

  get isLive(): boolean {
    return this.#keeper.isLive;
  }

  closedBecause(): string | null {
    return this.#keeper.closedBecause();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  state(): LiveState {
    const { gate, isLive, isReady } = this.#keeper;
    const { venue, symbol } = this.#target;
    const { key, vault } = this.#options.keys;
    const isSimulated = this.#options.appSettings.EXCHANGE_SIMULATOR_URL !== null;
    return {
      venue: {
        id: venue,
        name: isSimulated ? `${VENUE_NAMES[venue]} (simulator)` : VENUE_NAMES[venue],
      },
      symbol,
      conditions: LIVE_CONDITIONS.map((name) => ({ name, ...gate.conditions[name] })),
      isLive,
      isReady,
      shutBecause: gate.shutBecause,
      confirmBy: this.#confirmation.by,
      isConnected: this.#connection !== null,
      health: this.#health,
      key,
      vault,
    };
  }

  /** Validates the key and brings the books and the exchange together; what is connected already is checked again. */
  connect(): Promise<ContractResult<{ sentence: string }>> {
    return this.#inTurn(() => this.#connect());
  }

  /** Not while something is open there: nobody would watch it. */
  disconnect(): Promise<Done> {
    return this.#inTurn(async () => {
      if (this.account()?.isBusy === true) return BUSY;
      await this.#end();
      return ok({});
    });
  }

  /** Another exchange or symbol: what was confirmed was something else. */
  choose(target: LiveTarget): Promise<Done> {
    return this.#inTurn(async () => {
      const { venue, symbol } = this.#target;
      const { settings, keys } = this.#options;
      const isElsewhere = target.venue !== venue;
      if (!isElsewhere && target.symbol === symbol) return ok({});
      if (!loadRules(settings).whitelist.includes(target.symbol)) {
        const sentence = `${target.symbol} is not on the list of symbols that may be traded.`;
        return contractFailure('LIMIT_INVALID', sentence);
      }
      if (isElsewhere && this.account()?.isBusy === true) return BUSY;
      this.#tell({ kind: 'target-changed', what: isElsewhere ? 'The exchange' : 'The symbol' });
      if (isElsewhere) await this.#end();
      this.#target = target;
      saveTarget(settings, target);
      if (isElsewhere) await keys.look(target.venue);
      else await this.#connection?.keepTestBot();
      this.#changed();
      return ok({});
    });
  }

  /** Another key, or none: what is connected with the old one ends, and begins again with the new one. */
  keyChanged(venue: VenueId): Promise<void> {
    return this.#inTurn(async () => {
      if (venue !== this.#target.venue) return;
      const wasConnected = this.#connection !== null;
      await this.#end();
      if (wasConnected && this.#options.keys.key !== null) await this.#connect();
    });
  }

  confirm(text: string): Done {
    this.#keeper.lookAtDay();
    if (this.#keeper.isLive) return ok({});
    const account = this.account();
    if (account === null || !this.#keeper.isReady) {
      return contractFailure('LIVE_NOT_READY', this.closedBecause() ?? '');
    }
    const { tradingState } = account.session.engine.account;
    if (tradingState === 'halted') return HALTED;
    const time = this.#options.clock.now();
    const wrong = this.#confirmation.check(text, time);
    if (wrong !== null) return contractFailure('CONFIRMATION_WRONG', wrong);
    this.#tell({ kind: 'confirmed', time });
    account.arm();
    return ok({});
  }

  switchOff(): void {
    this.#tell({ kind: 'switched-off' });
  }

  /** The computer goes to sleep. */
  suspend(): void {
    this.#tell({ kind: 'suspended' });
  }

  /** It woke up: whatever happened meanwhile is learnt before anything else. */
  async resume(): Promise<void> {
    const account = this.account();
    if (account === null) return;
    const reason = 'The computer was asleep: orders and balances are being compared again.';
    this.#tell({ kind: 'reconciled', isDone: false, reason });
    await account.start();
  }

  async stop(flatten: boolean): Promise<StopReport | null> {
    this.#tell({ kind: 'emergency-stop' });
    return this.account()?.stop(flatten) ?? null;
  }

  /** Exits only, until live mode is confirmed: that is what ends a stop. */
  arm(): void {
    if (this.#keeper.isLive) this.account()?.arm();
    else this.account()?.reduce();
  }

  addsSymbol(symbol: string): void {
    const bots = this.account()?.session.engine.bots.list ?? [];
    const isKnown = symbol === this.#target.symbol;
    if (isKnown || bots.some(({ setup }) => setup.instrument.symbol === symbol)) return;
    this.#tell({ kind: 'target-changed', what: 'What is traded' });
  }

  /** Rules are an account's from its beginning to its end, so it ends and begins again under the new ones. */
  takeRules(): Promise<string | null> {
    return this.#inTurn(async () => {
      if (this.#connection === null) return null;
      this.#tell({ kind: 'target-changed', what: 'The list of limits and symbols' });
      await this.#end();
      const connected = await this.#connect();
      return connected.ok ? null : connected.error.sentence;
    });
  }

  async #connect(): Promise<ContractResult<{ sentence: string }>> {
    const { keys, openGateway } = this.#options;
    const { venue } = this.#target;
    const credentials = await keys.read(venue);
    if (!credentials.ok) {
      const { sentence } = credentials.error;
      this.#tell({ kind: 'credentials', areValid: false, reason: sentence });
      return credentials;
    }
    if (this.#connection !== null) return this.#verify(this.#connection.gateway);
    const gateway = await openGateway(venue, credentials.value);
    let isOpen = false;
    try {
      const opened = await this.#open(gateway, venue);
      isOpen = opened.ok;
      return opened;
    } finally {
      if (!isOpen) gateway.close();
    }
  }

  async #verify(gateway: LiveGateway): Promise<ContractResult<{ sentence: string }>> {
    const health = await askHealth(gateway, this.#options.clock);
    this.#health = health;
    this.#tell(healthEvent(health));
    if (!health.isHealthy) return contractFailure('EXCHANGE_UNAVAILABLE', health.sentence);
    const valid = await gateway.validateKey();
    if (valid.ok) {
      const reason = `${gateway.name} lets the key read and trade.`;
      this.#tell({ kind: 'credentials', areValid: true, reason });
      return ok({ sentence: 'Credentials validated and synced.' });
    }
    const { code, sentence } = valid.error;
    this.#tell({ kind: 'credentials', areValid: false, reason: sentence });
    return contractFailure(code, sentence);
  }

  async #open(gateway: LiveGateway, venue: VenueId): Promise<ContractResult<{ sentence: string }>> {
    const verified = await this.#verify(gateway);
    if (!verified.ok) return verified;
    const { store, clock, newOrderPrefix, openFeed } = this.#options;
    const kept = keptLiveAccount({ store, venue, now: clock.now(), newOrderPrefix });
    if (!kept.ok) return kept;
    const feed = await openFeed(venue);
    if (feed === null) {
      return contractFailure('FEED_UNAVAILABLE', `There are no prices of ${gateway.name}.`);
    }
    try {
      this.#connection = this.#connectionTo(gateway, kept.value, feed);
    } catch (error) {
      feed.close();
      return unreadable(error);
    }
    const isSynced = await this.#connection.sync();
    this.#changed();
    return isSynced ? verified : ok({ sentence: WAITING });
  }

  #connectionTo(gateway: LiveGateway, kept: KeptAccount, feed: OpenFeed): LiveConnection {
    const { store, clock, settings, reportFault } = this.#options;
    return new LiveConnection({
      kept,
      store,
      gateway,
      feed,
      clock,
      rules: loadRules(settings),
      closedBecause: () => this.closedBecause(),
      symbol: () => this.#target.symbol,
      tell: (event) => this.#tell(event),
      report: (health) => {
        this.#health = health;
        this.#changed();
      },
      onEvent: (event, decisions) => this.#heard(event, decisions),
      onChange: () => this.#changed(),
      reportFault,
    });
  }

  #heard(event: EngineEvent, decisions: readonly Decision[]): void {
    for (const decision of decisions) {
      if (decision.kind !== 'live-off') continue;
      const time = this.#options.clock.now();
      this.#tell({ kind: 'loss-limit', time, reason: decision.sentence });
    }
    if (event.kind === 'tick') this.#keeper.lookAtDay();
    this.#changed();
  }

  /** The gate has shut: entries that are open are withdrawn, and only exits pass. */
  #withdraw(): void {
    const account = this.account();
    if (account?.session.engine.account.tradingState === 'active') account.reduce();
  }

  async #end(): Promise<void> {
    const connection = this.#connection;
    if (connection === null) return;
    this.#tell({ kind: 'disconnected' });
    await connection.end();
    this.#connection = null;
    this.#health = null;
    this.#changed();
  }

  #tell(event: LiveGateEvent): void {
    this.#keeper.tell(event);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(work, work);
    this.#turn = next.catch(() => {});
    return next;
  }
}

const WAITING =
  'Credentials validated. The exchange has not told of everything yet; syncing goes on by itself.';

function unreadable(error: unknown): ContractResult<never> {
  const reason = error instanceof Error ? error.message : String(error);
  const sentence = `The live account cannot be gone on with (${reason}). Nothing trades; its books are kept.`;
  return contractFailure('TRADING_FAULT', sentence);
}
