/** One live account that is open: its exchange, its prices, its session, and the checks that keep an eye on all three. */

import type { TradingRules } from '../../contract/trading.ts';
import type { Decision, EngineEvent } from '../../core/events.ts';
import type { LiveGateEvent } from '../../core/risk/live-gate.ts';
import type { StopLatch } from '../stop/stop-latch.ts';
import type { KeptAccount, TradingStore } from '../storage/trading-store.ts';
import type { Clock } from '../trading/clock.ts';
import type { OpenFeed } from '../trading/trading-side.ts';
import { HealthChecks, type HealthReport } from './health-checks.ts';
import { LiveAccount } from './live-account.ts';
import type { GatewayBell, LiveGateway } from './live-gateway.ts';
import { testBot } from './test-trade.ts';

export interface ConnectionOptions {
  readonly kept: KeptAccount;
  readonly store: TradingStore;
  readonly gateway: LiveGateway;
  readonly feed: OpenFeed;
  readonly clock: Clock;
  /** The stop that may be in force. */
  readonly stops: StopLatch;
  readonly rules: TradingRules;
  readonly runToken: string;
  /** Why nothing can be opened now; `null` while live mode is on. */
  readonly closedBecause: () => string | null;
  /** What test trades are made in. */
  readonly symbol: () => string;
  /** See `TradingAccountOptions`. */
  readonly brokeOff: () => string | null;
  readonly tell: (event: LiveGateEvent) => void;
  readonly report: (health: HealthReport) => void;
  readonly onEvent: (event: EngineEvent, decisions: readonly Decision[]) => void;
  readonly onChange: () => void;
  readonly reportFault: (error: unknown) => void;
}

/** How long opening waits until the books and the exchange agree, ms; it goes on by itself after that. */
const SYNC_PATIENCE_MS = 15_000;

/** How long an end waits for answers that are under way, ms. */
const END_PATIENCE_MS = 5_000;

export class LiveConnection {
  readonly account: LiveAccount;
  readonly gateway: LiveGateway;
  readonly #options: ConnectionOptions;
  readonly #checks: HealthChecks;
  readonly #unlisten: () => void;
  readonly #silenceBell: () => void;
  #onReconciled: () => void = () => {};
  #isEnding = false;

  /** @throws Error where the kept account cannot be gone on with */
  constructor(options: ConnectionOptions) {
    const { kept, store, gateway, feed, clock, stops, rules, runToken } = options;
    const { closedBecause, brokeOff, reportFault } = options;
    this.#options = options;
    this.gateway = gateway;
    this.account = LiveAccount.open({
      account: kept,
      store,
      gateway,
      feed,
      clock,
      stops,
      rules,
      runToken,
      closedBecause,
      brokeOff,
      reportFault,
      onChange: () => this.#changed(),
      onReconciled: () => this.#reconciled(),
    });
    this.#unlisten = this.account.session.onEvent(options.onEvent);
    this.#checks = new HealthChecks({
      ...options,
      account: this.account,
      symbols: () => [options.symbol()],
    });
    this.#silenceBell = gateway.onBell?.((bell) => this.#rang(bell)) ?? (() => {});
  }

  /** Brings the books and the exchange together. @returns whether they agree by now; it goes on if they do not */
  async sync(): Promise<boolean> {
    const { clock, reportFault } = this.#options;
    this.account.obeyStop();
    // Whatever may have been opened when the app ended was confirmed then, and not now.
    if (this.account.session.engine.account.tradingState === 'active') this.account.reduce();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onReconciled = resolve;
    const callOff = clock.setTimer(SYNC_PATIENCE_MS, resolve);
    this.account.start().catch(reportFault);
    await promise;
    callOff();
    if (this.account.isReconciled) await this.keepTestBot();
    return this.account.isReconciled;
  }

  /** Sees that there is a bot for test trades in the chosen symbol, and none that is left over from another. */
  async keepTestBot(): Promise<void> {
    const { rules, symbol } = this.#options;
    const wanted = testBot(symbol());
    for (const { setup, isIdle } of this.account.session.engine.bots.list) {
      const isTest = setup.id === testBot(setup.instrument.symbol).id;
      if (isTest && isIdle && setup.id !== wanted.id) this.account.removeBot(setup.id);
    }
    if (this.#hasBot(wanted.id) || !rules.whitelist.includes(wanted.symbol)) return;
    const instrument = await this.account.instrument(wanted.symbol);
    if (instrument.ok && !this.#hasBot(wanted.id)) this.account.addBot(wanted, instrument.value);
  }

  /** Closes everything; orders stay where they are. */
  async end(): Promise<void> {
    const { clock, feed } = this.#options;
    this.#isEnding = true;
    this.#unlisten();
    this.#silenceBell();
    // An exchange that does not answer is not waited for: what is under way is on disk as unknown.
    const callOff = clock.setTimer(END_PATIENCE_MS, () => this.gateway.close());
    await this.#checks.stop();
    await this.account.close();
    callOff();
    this.gateway.close();
    feed.close();
  }

  #rang(bell: GatewayBell): void {
    switch (bell.kind) {
      case 'reconnected':
        this.account.streamDown(null);
        return this.#checks.soon();
      case 'account':
        return this.#checks.soon();
      case 'orders-unasked':
        return this.account.ordersUnasked(bell.sentence);
      case 'orders-asked':
        return this.account.ordersUnasked(null);
      case 'stream-down':
        // The gateway looks at all orders as before while nothing rings.
        return this.account.streamDown(bell.sentence);
      case 'order':
        // The gateway looks at it itself.
        break;
    }
  }

  #hasBot(id: string): boolean {
    return this.account.session.engine.bots.find(id) !== null;
  }

  /** What ends or has broken off agrees with nothing any more, whatever an answer on its way says. */
  #reconciled(): void {
    if (this.#isEnding || this.account.session.fault !== null) return this.#onReconciled();
    const reason = `Orders and balances agree with ${this.gateway.name}.`;
    this.#options.tell({ kind: 'reconciled', isDone: true, reason });
    this.#onReconciled();
  }

  #changed(): void {
    const { fault } = this.account.session;
    if (fault !== null && !this.#isEnding)
      this.#options.tell({ kind: 'reconciled', isDone: false, reason: fault });
    this.#options.onChange();
  }
}
