/** A paper account at work: its session, the exchange it trades on, and the live feed behind both. */

import type { TradingStatus } from '../../contract/trading.ts';
import type { Slot } from '../../core/account/balances.ts';
import type { BotConfig } from '../../core/bot/bot-config.ts';
import type { Instrument } from '../../core/domain/instrument.ts';
import type { Result } from '../../core/domain/result.ts';
import type { FeedFailure, MarketFeed } from '../../core/ports/market-feed.ts';
import { SimulatedExchange } from '../../exchanges/simulated/simulated-exchange.ts';
import type { KeptAccount, KeptBot, SessionRules, TradingStore } from '../storage/trading-store.ts';
import { BotRunner } from './bot-runner.ts';
import type { Clock } from './clock.ts';
import { emergencyStop, type StopReport } from './emergency-stop.ts';
import { TradingSession } from './session.ts';
import { statusOf } from './status.ts';

export interface PaperAccountOptions {
  readonly account: KeptAccount;
  readonly store: TradingStore;
  readonly feed: MarketFeed;
  readonly clock: Clock;
  readonly rules: Omit<SessionRules, 'restingExits' | 'orderPrefix' | 'pricesFrom'>;
  readonly reportFault: (error: unknown) => void;
  /** Told when the status has changed without an event of the session. */
  readonly onChange: () => void;
}

/** How long an emergency stop waits for the exchange before it reports, ms. */
const STOP_PATIENCE_MS = 10_000;

/** How soon an exchange that could not tell is asked again, ms. */
const RECONCILE_RETRY_MS = 5_000;

/** Relative: what two sums of the same money may differ by. */
const ROUNDING = 1e-12;

export class PaperAccount {
  readonly id: number;
  readonly session: TradingSession;
  readonly #options: PaperAccountOptions;
  readonly #exchange: SimulatedExchange;
  readonly #runner: BotRunner;
  #bots: readonly KeptBot[];
  #callOffRetry: () => void = () => {};
  #isReconciled = false;
  #connection: TradingStatus['connection'] = { up: true, sentence: 'Waiting for the first price.' };

  constructor(options: PaperAccountOptions) {
    const { account, store, feed, clock, rules, onChange } = options;
    const reportFault = (error: unknown): void => {
      options.reportFault(error);
      onChange();
    };
    this.id = account.id;
    this.#options = options;
    this.#bots = account.bots;
    this.#exchange = new SimulatedExchange({
      costs: rules.costs,
      store: store.simulated(account.id),
      now: clock.now,
    });
    for (const { instrument } of account.bots) this.#exchange.list(instrument);
    this.session = new TradingSession({
      account,
      store,
      exchange: this.#exchange,
      clock,
      rules: { ...rules, pricesFrom: 'quotes' },
      reportFault,
    });
    this.#runner = new BotRunner({
      feed,
      session: this.session,
      clock,
      match: (quote) => this.#exchange.quote(quote),
      onConnection: (connection) => {
        this.#connection = connection;
        onChange();
      },
      reportFault,
    });
  }

  /** What names its rows in the books. */
  get books(): { readonly id: number; readonly bots: readonly KeptBot[] } {
    return { id: this.id, bots: this.#bots };
  }

  /** Brings the books and the exchange together; nothing trades before that is done. */
  async start(): Promise<void> {
    const unresolved = await this.session.reconcileOrders();
    if (unresolved.length === 0 && (await this.session.reconcileBalances())) {
      this.#isReconciled = true;
      this.#runner.start();
      return;
    }
    const sentence = `Waiting for the exchange to tell what has become of ${unresolved.length} orders. Nothing trades before.`;
    this.#connection = { up: false, sentence };
    this.#callOffRetry = this.#options.clock.setTimer(RECONCILE_RETRY_MS, () => {
      this.start().catch(this.#options.reportFault);
    });
  }

  /** Puts money in or takes it out. @returns a sentence where there is not enough of it */
  transfer(currency: string, amount: number): string | null {
    const { balances } = this.session.engine.account;
    // Not `slot`, which makes a place for a currency: only an event may change the account.
    const slot = balances.currencies.indexOf(currency);
    const held = slot === -1 ? 0 : balances.amount(slot);
    const free = slot === -1 ? 0 : Math.max(0, held - this.#promised(slot));
    if (free + amount < -ROUNDING * held) {
      const rest = free < held ? ' The rest is needed by open orders or belongs to positions.' : '';
      return `Only ${free} ${currency} can be taken out.${rest}`;
    }
    const moved = Math.max(amount, -held);
    this.#exchange.transfer(currency, moved);
    this.session.dispatch({ kind: 'transfer', time: this.#now(), currency, amount: moved });
    return null;
  }

  /** What open entries may still take of a currency, and what bots hold of it. */
  #promised(slot: Slot): number {
    const { bots } = this.session.engine;
    return bots.list
      .filter(({ pair }) => pair.base === slot)
      .reduce((sum, { holding }) => sum + holding.position.amount, bots.reserved(slot));
  }

  instrument(symbol: string): Promise<Result<Instrument, FeedFailure>> {
    return this.#options.feed.instrument(symbol);
  }

  addBot(config: BotConfig, instrument: Instrument): void {
    this.#exchange.list(instrument);
    this.#bots = [...this.#bots, { config, instrument }];
    this.session.dispatch({ kind: 'bot-added', time: this.#now(), config, instrument });
    this.#botsChanged();
  }

  setBot(botId: string, kind: 'bot-started' | 'bot-paused' | 'bot-stopped'): void {
    this.session.dispatch({ kind, time: this.#now(), botId });
  }

  removeBot(botId: string): void {
    this.session.dispatch({ kind: 'bot-removed', time: this.#now(), botId });
    this.#bots = this.#bots.filter(({ config }) => config.id !== botId);
    this.#botsChanged();
  }

  closePosition(botId: string): void {
    this.session.dispatch({ kind: 'position-close', time: this.#now(), botId });
  }

  reduce(): void {
    this.session.dispatch({ kind: 'reduce', time: this.#now() });
  }

  arm(): void {
    this.session.dispatch({ kind: 'arm', time: this.#now() });
  }

  stop(flatten: boolean): Promise<StopReport> {
    const request = { flatten, patienceMs: STOP_PATIENCE_MS };
    return emergencyStop(this.session, this.#options.clock, request);
  }

  status(): TradingStatus {
    return statusOf({
      mode: 'paper',
      venue: this.#options.feed.name,
      connection: this.#connection,
      session: this.session,
      limits: this.#options.rules.limits,
      bots: this.#bots,
    });
  }

  async close(): Promise<void> {
    this.#callOffRetry();
    await this.#runner.stop();
    await this.session.idle();
    this.session.close();
  }

  #now(): number {
    return this.#options.clock.now();
  }

  #botsChanged(): void {
    if (this.#isReconciled) this.#runner.start();
  }
}
