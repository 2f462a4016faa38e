/** Live trading of one profile: the gate, the connection to an exchange, and the account behind both. */

import type { LiveState, VenueId } from '../../contract/live.ts';
import { contractFailure, type ContractError, type ContractResult } from '../../contract/errors.ts';
import { DAY_MS } from '../../core/domain/timeframe.ts';
import { ok } from '../../core/domain/result.ts';
import type { Decision, EngineEvent } from '../../core/events.ts';
import type { LiveGateEvent } from '../../core/risk/live-gate.ts';
import { Listeners } from '../listeners.ts';
import type { StopPlace } from '../stop/stop-place.ts';
import type { KeptAccount, TradingStore } from '../storage/trading-store.ts';
import { loadKeptRules, loadRules } from '../trading/rules.ts';
import type { TradingSide } from '../trading/trading-side.ts';
import {
  BUSY,
  CONNECTING,
  HALTED,
  KEY_IN_CHANGE,
  SHOWN_CHANGED,
  STOPPED,
  UNWRITABLE,
} from './live-answers.ts';
import { Confirmation } from './confirmation.ts';
import { ClockWatch } from './clock-watch.ts';
import { brokenOff, isForStop } from './broken-off.ts';
import { begunTooSoon, lostToday } from './day-limits.ts';
import { GateKeeper } from './gate-keeper.ts';
import { isRehearsal, isRehearsed, isUnattended } from './kept-live-account.ts';
import type { LiveAccount } from './live-account.ts';
import { LiveLink } from './live-link.ts';
import { liveStopPlaces } from './live-stop-places.ts';
import type { KeyAtWork } from './key-at-work.ts';
import { liveState } from './live-state.ts';
import type { LiveTradingOptions } from './live-trading-options.ts';
import { loadTarget, saveTarget, TARGET_CHANGED, type LiveTarget } from './live-target.ts';
import { unknownDay } from './unknown-day.ts';

type Done = ContractResult<Record<string, never>>;

export class LiveTrading implements TradingSide {
  readonly store: TradingStore;
  readonly #options: LiveTradingOptions;
  readonly #keeper: GateKeeper;
  readonly #link: LiveLink;
  readonly #confirmation: Confirmation;
  readonly #listeners: Listeners;
  #target: LiveTarget;
  #clockWatch = new ClockWatch();
  /** Why an account broke off that was opened again since, as a sentence; `null` once the person has armed trading. */
  #brokeOff: string | null = null;
  /** Keys that are being saved or forgotten: nobody confirms on one that may be gone. */
  #keysInChange = 0;
  #trouble: ContractError | null = null;
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
    this.#link = new LiveLink({
      ...options,
      target: () => this.#target,
      closedBecause: () => {
        this.#lookAtClock();
        return this.closedBecause();
      },
      brokeOff: () => this.#brokeOff,
      tell: (event) => this.#tell(event),
      onEvent: (event, decisions) => this.#heard(event, decisions),
      onOpen: () => {
        this.#clockWatch = new ClockWatch();
        // What is connected was chosen, whatever the settings name at the next start.
        saveTarget(settings, this.#target);
      },
      onChange: () => this.#changed(),
    });
    this.#keeper.tell({ kind: 'allowed', isAllowed: appSettings.ALLOW_LIVE });
    keys.onChange(() => {
      // With a key to read, what was said for want of one is not true any more.
      if (keys.key !== null) this.#trouble = null;
      this.#changed();
    });
  }

  /** Takes up what was left at the exchange; live mode stays off. Resolves at once: the exchange is asked behind it. */
  start(): void {
    const { settings, keys, clock, reportFault } = this.#options;
    const now = clock.now();
    const current = this.#current();
    const day = current?.state?.account.day ?? null;
    for (const lost of [lostToday(day, now), unknownDay(settings, now)]) {
      if (lost !== null) this.#tell(lost);
    }
    keys.look(this.#target.venue).catch(reportFault);
    if (current !== null && isUnattended(current)) this.connect().catch(reportFault);
  }

  async close(): Promise<void> {
    await this.#turn;
    await this.#link.end();
    this.#listeners.clear();
  }

  get target(): LiveTarget {
    return this.#target;
  }

  account(): LiveAccount | null {
    return this.#link.connection?.account ?? null;
  }

  /** Why the last attempt to connect came to nothing; `null` before one, and after one that did not. */
  get trouble(): ContractError | null {
    return this.#trouble;
  }

  get isLive(): boolean {
    return this.#keeper.isLive;
  }

  closedBecause(): string | null {
    return this.#options.stops.holds('live') ? STOPPED : this.#keeper.closedBecause();
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
      rulesRevision: loadKeptRules(this.#options.settings).revision,
      isSimulated: isRehearsal(this.#options),
      confirmBy: this.#confirmation.by,
      isConnected: this.#link.connection !== null,
      health: this.#link.health,
    });
  }

  /** Validates the key and brings the books and the exchange together; what is connected already is checked again. */
  connect(): Promise<ContractResult<{ sentence: string }>> {
    return this.#inTurn(() => this.#connect());
  }

  /** Whether the account that is open has broken off: its engine keeps no level any more until it is opened again. */
  get hasBrokenOff(): boolean {
    return (this.account()?.session.fault ?? null) !== null;
  }

  /**
   * Opens an account that has broken off again, as it was written last and halted: what is held is guarded by its levels
   * again. Not while nothing can be written, nor while a stop is being carried out past it.
   */
  takeUpAgain(): Promise<ContractResult<unknown>> {
    return this.#inTurn(async () => {
      const account = this.account();
      const fault = account?.session.fault ?? null;
      if (account === null || fault === null || isForStop(this.#options.stops, account)) {
        return ok({});
      }
      if (!this.store.isWritable()) return UNWRITABLE;
      this.#brokeOff = brokenOff(fault);
      await this.#link.endToReopen();
      return this.#connect();
    });
  }

  /** Not while something is open there: nobody would watch it. */
  disconnect(): Promise<Done> {
    return this.#inTurn(async () => {
      if (this.account()?.isBusy === true) return BUSY;
      await this.#link.end();
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
      if (isElsewhere && this.#leavesOpen(target.venue)) return BUSY;
      this.#tell({ kind: 'target-changed', what: isElsewhere ? 'The exchange' : 'The symbol' });
      if (isElsewhere) await this.#link.end();
      this.#target = { ...target, revision: revision + 1 };
      saveTarget(settings, this.#target);
      if (isElsewhere) await keys.look(target.venue);
      else await this.#link.connection?.keepTestBot();
      this.#changed();
      return ok({});
    });
  }

  /** What hangs on the key of an exchange. */
  keyAtWork(venue: VenueId): KeyAtWork {
    return {
      options: this.#options,
      venue,
      isBusy: venue === this.#target.venue && this.account()?.isBusy === true,
      kept: () => this.store.current(),
      trouble: this.#trouble,
    };
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

  /** @param shown what the person confirms, as `LiveState` names it */
  confirm(text: string, shown: string): Done {
    this.#lookAtClock();
    this.#keeper.lookAtDay();
    if (this.#options.stops.holds('live')) return HALTED;
    if (this.#keeper.isLive) return ok({});
    const account = this.account();
    if (account === null || !this.#keeper.isReady) {
      return contractFailure('LIVE_NOT_READY', this.closedBecause() ?? CONNECTING);
    }
    if (this.#keysInChange > 0) return KEY_IN_CHANGE;
    if (account.session.engine.account.tradingState === 'halted') return HALTED;
    if (shown !== this.state().shown) return SHOWN_CHANGED;
    const time = this.#options.clock.now();
    const wrong = this.#confirmation.check(text, time);
    if (wrong !== null) return contractFailure('CONFIRMATION_WRONG', wrong);
    this.#tell({ kind: 'confirmed', time });
    this.#brokeOff = null;
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

  stopPlaces(): readonly StopPlace[] {
    return liveStopPlaces({
      ...this.#options,
      account: () => this.account(),
      venue: () => this.#target.venue,
      connect: () => this.connect(),
      inTurn: (work) => this.#inTurn(work),
    });
  }

  stopPressed(): void {
    this.#tell({ kind: 'emergency-stop' });
  }

  /** Exits only, until live mode is confirmed: that is what ends a stop. */
  arm(): void {
    this.#brokeOff = null;
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
      if (this.#link.connection === null) return null;
      this.#tell({ kind: 'target-changed', what: 'The list of limits and symbols' });
      await this.#link.endToReopen();
      const connected = await this.#connect();
      return connected.ok ? null : connected.error.sentence;
    });
  }

  async #takeKey(venue: VenueId): Promise<void> {
    if (venue !== this.#target.venue) return;
    const wasConnected = this.#link.connection !== null;
    await this.#link.end();
    if (wasConnected && this.#options.keys.key !== null) await this.#connect();
  }

  async #connect(): Promise<ContractResult<{ sentence: string }>> {
    try {
      const connected = await this.#link.connect();
      this.#trouble = connected.ok ? null : connected.error;
      return connected;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#trouble = { code: 'TRADING_FAULT', sentence: `It cannot be connected: ${reason}` };
      throw error;
    } finally {
      this.#changed();
    }
  }

  /** Books that cannot be read keep nothing from starting: what is open by them is told as not known. */
  #current(): KeptAccount | null {
    try {
      return this.store.current();
    } catch (error) {
      this.#options.reportFault(error);
      return null;
    }
  }

  /** Whether something of ours is open at another exchange than this, connected or not. */
  #leavesOpen(venue: VenueId): boolean {
    if (this.account()?.isBusy === true) return true;
    const kept = this.store.current();
    if (kept === null || kept.settings.venue === venue) return false;
    return isUnattended(kept) && !isRehearsed(this.#options.settings, kept);
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
