/**
 * A live account as it trades, from its books in SQLite through ccxt's own class and real HTTP to the exchange
 * simulator; all three on one time that a test moves.
 */

import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { units } from '../../../../../e2e/exchange-simulator/decimal.ts';
import type { MarketPlan } from '../../../../../e2e/exchange-simulator/exchange.ts';
import type { FaultInput } from '../../../../../e2e/exchange-simulator/faults.ts';
import { startSimulator, type Simulator } from '../../../../../e2e/exchange-simulator/simulator.ts';
import type { BotConfig } from '../../../../core/bot/bot-config.ts';
import type { Bot } from '../../../../core/bot/bot.ts';
import type { Instrument } from '../../../../core/domain/instrument.ts';
import { HARD_LIMITS, type Limits } from '../../../../core/risk/hard-limits.ts';
import type { CcxtGateway } from '../../../../exchanges/ccxt/gateway/gateway.ts';
import { memoryFolder } from './memory-folder.ts';
import type { TradingStore } from '../../../storage/trading-store.ts';
import { START_USDT } from './books.ts';
import { BTC, ETH } from './instruments.ts';
import { openLiveRun, type LiveRun } from './live-run.ts';
import { PriceTape } from './price-tape.ts';
import type { TradingAccount } from '../../trading-account.ts';
import type { Ledger } from './sound.ts';
import { StageClock, type RunClock } from './stage-clock.ts';
import { Wire, type WireEnd } from './wire.ts';

export interface StageSetting {
  /** ms UTC; a Monday at noon by default. */
  readonly start?: number;
  readonly market?: MarketPlan;
  readonly limits?: Limits;
  /** Between two looks at open orders, ms. */
  readonly watchMs?: number;
  /** Between two prices, ms. */
  readonly pulseMs?: number;
}

interface Run extends LiveRun {
  readonly clock: RunClock;
  readonly end: WireEnd;
}

/** 2026-01-05, a Monday, at noon. */
export const NOON = 1_767_614_400_000;

/** As the gateway's own, on the stage's time. */
const TIMEOUT_MS = 5_000;

const FILES = ['', '-wal'];

export class SimulatorStage {
  readonly clock: StageClock;
  readonly wire = new Wire();
  readonly simulator: Simulator;
  readonly tape: PriceTape;
  /** Errors that nobody waited for: there must be none. */
  readonly faults: unknown[] = [];
  readonly #setting: StageSetting;
  #deposited = START_USDT;
  readonly #first: string;
  /** Of the profile; after a crash it is a copy. */
  #path: string;
  #crashes = 0;
  #run: Run | null = null;

  /** With USDT and no bot. */
  static async open(setting: StageSetting = {}): Promise<SimulatorStage> {
    const folder = await memoryFolder();
    const time: { clock: StageClock | null } = { clock: null };
    const { start = NOON, market = { kind: 'still', seed: 1 } } = setting;
    const simulator = await startSimulator({
      market,
      balances: { USDT: units(String(START_USDT)), BTC: 0n, ETH: 0n },
      now: () => time.clock?.now() ?? start,
      wait: (ms) =>
        new Promise((resolve) => {
          time.clock?.run().setTimer(ms, resolve);
        }),
    });
    const stage = new SimulatorStage(setting, simulator, join(folder, 'profile.sqlite'));
    time.clock = stage.clock;
    onTestFinished(() => stage.#close());
    await stage.#start();
    stage.#pulseLater();
    return stage;
  }

  private constructor(setting: StageSetting, simulator: Simulator, path: string) {
    this.#setting = setting;
    this.simulator = simulator;
    this.#first = path;
    this.#path = path;
    this.clock = new StageClock(setting.start ?? NOON, () => this.settled());
    this.tape = new PriceTape([BTC, ETH]);
  }

  /** What is compared in the end. */
  get ledger(): Ledger {
    const { account, store } = this.#running;
    const truth = this.simulator.control.truth();
    const { faults } = this;
    return { account, store, truth, placed: this.wire.placed, deposited: this.#deposited, faults };
  }

  get account(): TradingAccount {
    return this.#running.account;
  }

  get gateway(): CcxtGateway {
    return this.#running.gateway;
  }

  get store(): TradingStore {
    return this.#running.store;
  }

  /** Resolves when nothing is on its way and nothing more is done without time. */
  settled(): Promise<void> {
    return this.wire.settled();
  }

  bot(id: string): Bot {
    return this.account.session.engine.bots.get(id);
  }

  fault(fault: FaultInput): void {
    this.simulator.control.fault(fault);
  }

  advance(ms: number): Promise<void> {
    return this.clock.advance(ms);
  }

  /** Lets time pass until something has come about. @throws Error where it has not within ten minutes */
  async until(isDone: () => boolean): Promise<void> {
    for (let waited = 0; !isDone(); waited += 1_000) {
      if (waited > 600_000) throw new Error('It did not come about within ten minutes.');
      await this.advance(1_000);
    }
  }

  /** Puts the price of a pair somewhere and tells the app. */
  async price({ symbol }: Instrument, price: string): Promise<void> {
    this.simulator.control.movePrice(symbol.replace('/', ''), price);
    this.#pulse();
    await this.settled();
  }

  /** Puts USDT in, or takes it out, behind the app's back. */
  deposit(amount: number): void {
    this.#deposited += amount;
    this.simulator.control.transfer('USDT', String(amount));
  }

  async addBot(config: BotConfig, instrument: Instrument): Promise<void> {
    this.account.addBot(config, instrument);
    await this.settled();
  }

  /** Closes the app in good order and starts it again. */
  async restart(): Promise<void> {
    await this.#end();
    await this.#start();
  }

  /** Ends the process at once, whatever is on its way, and starts the app again on what it left on disk. */
  async crash(): Promise<void> {
    const { gateway, end } = this.#running;
    this.#crashes += 1;
    const old = this.#path;
    this.#path = `${this.#first}-${this.#crashes}`;
    for (const file of FILES) {
      if (existsSync(old + file)) copyFileSync(old + file, this.#path + file);
    }
    // From now on it reaches nobody, and what it still writes goes into the old file.
    end.cut();
    gateway.close();
    await this.#end();
    for (const file of FILES) rmSync(old + file, { force: true });
    await this.#start();
  }

  get #running(): Run {
    if (this.#run === null) throw new Error('The app does not run.');
    return this.#run;
  }

  async #start(): Promise<void> {
    const { limits = HARD_LIMITS, watchMs = 2_000 } = this.#setting;
    const clock = this.clock.run();
    const end = this.wire.plugIn(this.simulator.restUrl, clock, TIMEOUT_MS);
    const run = await openLiveRun({
      path: this.#path,
      clock,
      market: this.tape.market,
      fetch: end.fetch,
      limits,
      watchMs,
      reportFault: (error) => this.faults.push(error),
    });
    this.#run = { ...run, clock, end };
    const { account } = run;
    let isStarted = false;
    const started = account.start().then(() => {
      isStarted = true;
    });
    await this.settled();
    await this.until(() => isStarted && account.isReconciled);
    await started;
  }

  async #end(): Promise<void> {
    const run = this.#running;
    let isClosed = false;
    const closed = run.account.close().then(() => {
      isClosed = true;
    });
    await this.settled();
    // What nobody answers has to be given up before it can be closed.
    await this.until(() => isClosed);
    await closed;
    this.#run = null;
    run.close();
    run.clock.end();
    run.end.cut();
  }

  #pulse(): void {
    this.tape.pulse(this.clock.now(), this.simulator.control.truth().prices);
  }

  #pulseLater(): void {
    this.clock.run().setTimer(this.#setting.pulseMs ?? 1_000, () => {
      this.#pulse();
      this.#pulseLater();
    });
  }

  async #close(): Promise<void> {
    if (this.#run !== null) {
      this.#run.end.cut();
      this.#run.gateway.close();
      await this.#end();
    }
    await this.simulator.close();
  }
}
