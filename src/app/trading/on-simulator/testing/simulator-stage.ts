/**
 * A live account as it trades, from its books in SQLite through ccxt's own class and real HTTP to the exchange
 * simulator; all three on one time that a test moves.
 */

import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { units } from '../../../../../e2e/exchange-simulator/decimal.ts';
import type { MarketPlan } from '../../../../../e2e/exchange-simulator/exchange.ts';
import type { FaultInput } from '../../../../../e2e/exchange-simulator/faults.ts';
import { startSimulator, type Simulator } from '../../../../../e2e/exchange-simulator/simulator.ts';
import type { BotConfig } from '../../../../core/bot/bot-config.ts';
import type { Bot } from '../../../../core/bot/bot.ts';
import type { Instrument } from '../../../../core/domain/instrument.ts';
import { DEFAULT_WHITELIST } from '../../../../core/domain/whitelist.ts';
import { HARD_LIMITS, type Limits } from '../../../../core/risk/hard-limits.ts';
import { NO_PROTECTIONS } from '../../../../core/risk/protections.ts';
import { CcxtGateway } from '../../../../exchanges/ccxt/gateway/gateway.ts';
import { tradingVenue } from '../../../../exchanges/ccxt/gateway/trading-venue.ts';
import { openSqliteStorage } from '../../../storage/sqlite-storage.ts';
import type { Storage } from '../../../storage/storage.ts';
import { temporaryFolder } from '../../../storage/testing/temporary-folder.ts';
import type { TradingStore } from '../../../storage/trading-store.ts';
import { TradingAccount } from '../../trading-account.ts';
import { START_USDT } from './books.ts';
import { PriceTape } from './price-tape.ts';
import { StageClock, type RunClock } from './stage-clock.ts';
import { Wire, type WireEnd } from './wire.ts';

export const BTC: Instrument = {
  symbol: 'BTC/USDT',
  base: 'BTC',
  quote: 'USDT',
  amountStep: 0.000_01,
  priceStep: 0.01,
  minCost: 5,
};

export const ETH: Instrument = { ...BTC, symbol: 'ETH/USDT', base: 'ETH', amountStep: 0.000_1 };

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

interface Run {
  readonly storage: Storage;
  readonly clock: RunClock;
  readonly end: WireEnd;
  readonly gateway: CcxtGateway;
  readonly account: TradingAccount;
}

/** 2026-01-05, a Monday, at noon. */
export const NOON = 1_767_614_400_000;

const KEY = { apiKey: 'simulator-key', secret: 'simulator-secret' };
const COSTS = { takerFee: 0.001, makerFee: 0.001, slippageBps: 0, halfSpreadBps: 0 };

/** As the gateway's own, on the stage's time; ccxt's real one must not come first. */
const TIMEOUT_MS = 5_000;
const REAL_TIMEOUT_MS = 60_000;

const FILES = ['', '-wal'];

export class SimulatorStage {
  readonly clock: StageClock;
  readonly wire = new Wire();
  readonly simulator: Simulator;
  readonly tape: PriceTape;
  /** Errors that nobody waited for: there must be none. */
  readonly faults: unknown[] = [];
  readonly #setting: StageSetting;
  #path: string;
  #run: Run | null = null;

  /** With USDT and no bot. */
  static async open(setting: StageSetting = {}): Promise<SimulatorStage> {
    const folder = await temporaryFolder();
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
    this.#path = path;
    this.clock = new StageClock(setting.start ?? NOON, () => this.settled());
    this.tape = new PriceTape(simulator, [BTC, ETH]);
  }

  get account(): TradingAccount {
    return this.#running.account;
  }

  get gateway(): CcxtGateway {
    return this.#running.gateway;
  }

  get store(): TradingStore {
    return this.#running.storage.live;
  }

  /** Resolves when nothing is on its way and nothing more is done without time. */
  settled(): Promise<void> {
    return this.wire.settled(() => this.#run?.account.session.isBusy ?? false);
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
    this.tape.pulse(this.clock.now());
    await this.settled();
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
    const { clock, end } = this.#running;
    const copy = `${this.#path}-after`;
    for (const file of FILES) {
      if (existsSync(this.#path + file)) copyFileSync(this.#path + file, copy + file);
    }
    clock.end();
    end.cut();
    await this.#end();
    this.#path = copy;
    await this.#start();
  }

  get #running(): Run {
    if (this.#run === null) throw new Error('The app does not run.');
    return this.#run;
  }

  async #start(): Promise<void> {
    const { storage } = await openSqliteStorage({ path: this.#path, now: this.clock.now() });
    const store = storage.live;
    const settings = { venue: 'binanceus', orderPrefix: 'p' };
    const kept = store.current() ?? store.begin(settings, this.clock.now());
    const feed = this.tape.market.open();
    const clock = this.clock.run();
    const end = this.wire.plugIn(this.simulator.restUrl, clock, TIMEOUT_MS);
    const gateway = this.#openGateway(clock, end);
    const account = new TradingAccount(
      {
        account: kept,
        store,
        feed,
        clock,
        rules: {
          whitelist: DEFAULT_WHITELIST,
          limits: this.#setting.limits ?? HARD_LIMITS,
          protections: NO_PROTECTIONS,
          costs: COSTS,
        },
        reportFault: (error) => this.faults.push(error),
        onChange: () => {},
      },
      {
        mode: 'live',
        exchange: gateway,
        match: null,
        list: () => {},
        instrument: (symbol) => feed.instrument(symbol),
        pricedSymbols: () => Promise.resolve([]),
        externalOrders: () => [],
      },
    );
    this.#run = { storage, clock, end, gateway, account };
    let isStarted = false;
    const started = account.start().then(() => {
      isStarted = true;
    });
    await this.settled();
    await this.until(() => isStarted && account.isReconciled);
    await started;
  }

  #openGateway(clock: RunClock, { fetch }: WireEnd): CcxtGateway {
    const { open, ...venue } = tradingVenue('binanceus');
    return new CcxtGateway({
      // ccxt reads its own clock and throttles by it; here both are the stage's.
      venue: {
        ...venue,
        open: (settings) =>
          open(Object.assign(settings, { milliseconds: clock.now, enableRateLimit: false })),
      },
      credentials: KEY,
      clock,
      fetch,
      timeoutMs: REAL_TIMEOUT_MS,
      watchMs: this.#setting.watchMs ?? 2_000,
    });
  }

  async #end(): Promise<void> {
    const { account, gateway, storage, clock, end } = this.#running;
    let isClosed = false;
    const closed = account.close().then(() => {
      isClosed = true;
    });
    await this.settled();
    // What nobody answers has to be given up before it can be closed.
    await this.until(() => isClosed);
    await closed;
    this.#run = null;
    gateway.close();
    storage.close();
    clock.end();
    end.cut();
  }

  #pulseLater(): void {
    this.clock.run().setTimer(this.#setting.pulseMs ?? 1_000, () => {
      this.tape.pulse(this.clock.now());
      this.#pulseLater();
    });
  }

  async #close(): Promise<void> {
    if (this.#run !== null) {
      this.#run.end.cut();
      this.#run.clock.end();
      await this.#end();
    }
    await this.simulator.close();
  }
}
