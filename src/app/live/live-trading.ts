/** Live trading of one profile: the gate, the connection to an exchange, and the account behind both. */

import type { LiveState, VenueId } from '../../contract/live.ts';
import { contractFailure, type ContractResult } from '../../contract/errors.ts';
import { DAY_MS } from '../../core/domain/timeframe.ts';
import { ok } from '../../core/domain/result.ts';
import type { Decision, EngineEvent } from '../../core/events.ts';
import type { LiveGateEvent } from '../../core/risk/live-gate.ts';
import { Listeners } from '../listeners.ts';
import type { KeptAccount, TradingStore } from '../storage/trading-store.ts';
import type { StopReport } from '../trading/emergency-stop.ts';
import { loadRules } from '../trading/rules.ts';
import type { OpenFeed, TradingSide } from '../trading/trading-side.ts';
import { BUSY, CONNECTING, HALTED, KEY_IN_CHANGE, unreadable, WAITING } from './live-answers.ts';
import { Confirmation } from './confirmation.ts';
import { ClockWatch } from './clock-watch.ts';
import { begunTooSoon, lostToday } from './day-limits.ts';
import { GateKeeper } from './gate-keeper.ts';
import type { HealthReport } from './health-checks.ts';
import { isUnattended, keptLiveAccount } from './kept-live-account.ts';
import type { LiveAccount } from './live-account.ts';
import { LiveConnection } from './live-connection.ts';
import type { LiveGateway } from './live-gateway.ts';
import { liveState } from './live-state.ts';
import type { LiveTradingOptions } from './live-trading-options.ts';
import { loadTarget, saveTarget, TARGET_CHANGED, type LiveTarget } from './live-target.ts';
import { unknownDay } from './unknown-day.ts';
import { validate } from './validation.ts';

type Done = ContractResult<Record<string, never>>;
type Opening = { isStopped: boolean };

export class LiveTrading implements TradingSide {
  readonly store: TradingStore;
  readonly #options: LiveTradingOptions;
  readonly #keeper: GateKeeper;
  readonly #confirmation: Confirmation;
  readonly #listeners: Listeners;
  #target: LiveTarget;
  #connection: LiveConnection | null = null;
  #health: HealthReport | null = null;
  /** While a connection is being opened: whether the emergency stop was pressed meanwhile. */
  #opening: Opening | null = null;
  #clockWatch = new ClockWatch();
  /** Keys that are being saved or forgotten: nobody confirms on one that may be gone. */
  #keysInChange = 0;
  /** Connecting and disconnecting happen one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: LiveTradingOptions) {
    const { store, settings, appSettings, clock, keys } = options;
    this.store = store;
    this.#options = options;
    this.#listeners = new Listeners(options.reportFault);
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
    const now = clock.now();
    const current = store.current();
    const day = current?.state?.account.day ?? null;
    for (const lost of [lostToday(day, now), unknownDay(settings, now)]) {
      if (lost !== null) this.#tell(lost);
    }
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
    return this.#listeners.add(listener);
  }

  state(): LiveState {
    const { keys } = this.#options;
    return liveState({
      target: this.#target,
      keeper: this.#keeper,
      keys,
      isSimulated: this.#isSimulated,
      confirmBy: this.#confirmation.by,
      isConnected: this.#connection !== null,
      health: this.#health,
    });
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
      const { venue, symbol, revision } = this.#target;
      const { settings, keys } = this.#options;
      const isElsewhere = target.venue !== venue;
      if (target.revision !== revision) return TARGET_CHANGED;
      if (!isElsewhere && target.symbol === symbol) return ok({});
      if (!loadRules(settings).whitelist.includes(target.symbol)) {
        const sentence = `${target.symbol} is not on the list of symbols that may be traded.`;
        return contractFailure('LIMIT_INVALID', sentence);
      }
      if (isElsewhere && this.account()?.isBusy === true) return BUSY;
      this.#tell({ kind: 'target-changed', what: isElsewhere ? 'The exchange' : 'The symbol' });
      if (isElsewhere) await this.#end();
      this.#target = { ...target, revision: revision + 1 };
      saveTarget(settings, this.#target);
      if (isElsewhere) await keys.look(target.venue);
      else await this.#connection?.keepTestBot();
      this.#changed();
      return ok({});
    });
  }

  /**
   * Another key, or none: live mode is off before anything is changed, what is connected with the old key ends, and
   * begins again with the new one.
   */
  async changeKey<T>(venue: VenueId, change: () => Promise<T>): Promise<T> {
    if (venue !== this.#target.venue) return change();
    this.#keysInChange += 1;
    this.#tell({ kind: 'credentials', areValid: false, reason: 'The key is being changed.' });
    try {
      return await change();
    } finally {
      await this.#inTurn(() => this.#takeKey(venue)).finally(() => (this.#keysInChange -= 1));
    }
  }

  confirm(text: string): Done {
    this.#lookAtClock();
    this.#keeper.lookAtDay();
    if (this.#keeper.isLive) return ok({});
    const account = this.account();
    if (account === null || !this.#keeper.isReady) {
      return contractFailure('LIVE_NOT_READY', this.closedBecause() ?? CONNECTING);
    }
    if (this.#keysInChange > 0) return KEY_IN_CHANGE;
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

  /** Also holds for an account that is being opened, or that is not open at all. */
  async stop(flatten: boolean): Promise<StopReport | null> {
    this.#tell({ kind: 'emergency-stop' });
    const account = this.account();
    if (account !== null) return account.stop(flatten);
    if (this.#opening !== null) this.#opening.isStopped = true;
    const kept = this.store.current();
    if (kept !== null) this.store.latchHalt(kept.id);
    await this.#turn;
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
    this.#opening = { isStopped: false };
    try {
      return await this.#connectNow(this.#opening);
    } finally {
      this.#opening = null;
    }
  }

  async #connectNow(opening: Opening): Promise<ContractResult<{ sentence: string }>> {
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
      const opened = await this.#open(gateway, venue, opening);
      isOpen = opened.ok;
      return opened;
    } finally {
      if (!isOpen) gateway.close();
    }
  }

  async #takeKey(venue: VenueId): Promise<void> {
    if (venue !== this.#target.venue) return;
    const wasConnected = this.#connection !== null;
    await this.#end();
    if (wasConnected && this.#options.keys.key !== null) await this.#connect();
  }

  #verify(gateway: LiveGateway): Promise<ContractResult<{ sentence: string }>> {
    const { clock } = this.#options;
    const report = (health: HealthReport): void => void (this.#health = health);
    return validate(gateway, { clock, report, tell: (event) => this.#tell(event) });
  }

  async #open(
    gateway: LiveGateway,
    venue: VenueId,
    opening: Opening,
  ): Promise<ContractResult<{ sentence: string }>> {
    const verified = await this.#verify(gateway);
    if (!verified.ok) return verified;
    const { store, clock, settings, newOrderPrefix, openFeed } = this.#options;
    const rest = { isSimulated: this.#isSimulated, now: clock.now() };
    const kept = keptLiveAccount({ store, settings, venue, newOrderPrefix, ...rest });
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
    // What is connected was chosen, whatever the settings name at the next start.
    saveTarget(settings, this.#target);
    if (opening.isStopped) await this.#connection.account.stop(false);
    const isSynced = await this.#connection.sync();
    this.#changed();
    return isSynced ? verified : ok({ sentence: WAITING });
  }

  #connectionTo(gateway: LiveGateway, kept: KeptAccount, feed: OpenFeed): LiveConnection {
    const { store, clock, settings, reportFault } = this.#options;
    this.#clockWatch = new ClockWatch();
    return new LiveConnection({
      kept,
      store,
      gateway,
      feed,
      clock,
      rules: loadRules(settings),
      closedBecause: () => {
        this.#lookAtClock();
        return this.closedBecause();
      },
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
      const day = this.account()?.session.engine.account.currentDay?.day ?? 0;
      const time = Math.max(this.#options.clock.now(), day * DAY_MS);
      this.#tell({ kind: 'loss-limit', time, reason: decision.sentence });
    }
    this.#lookAtClock();
    if (event.kind === 'tick') this.#keeper.lookAtDay();
    this.#changed();
  }

  /** Whatever the clock is set to, a day's counters are not begun anew by it. */
  #lookAtClock(): void {
    const { clock, reportFault } = this.#options;
    const now = clock.now();
    if (this.#clockWatch.look(now)) {
      this.#tell({ kind: 'clock-jumped' });
      this.resume().catch(reportFault);
    }
    const day = this.account()?.session.engine.account.currentDay ?? null;
    const tooSoon = begunTooSoon(day, now);
    if (tooSoon !== null) this.#tell(tooSoon);
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

  get #isSimulated(): boolean {
    return this.#options.appSettings.EXCHANGE_SIMULATOR_URL !== null;
  }

  #tell(event: LiveGateEvent): void {
    this.#keeper.tell(event);
  }

  #changed(): void {
    this.#listeners.tell();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(work, work);
    this.#turn = next.catch(() => {});
    return next;
  }
}
