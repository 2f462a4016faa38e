/** Live trading against the exchange simulator, through ccxt as it is, spoken to through the contract alone. */

import { dirname, join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { startSimulator, type Simulator } from '../../../../e2e/exchange-simulator/simulator.ts';
import type { CallName, InputOf, OutputOf } from '../../../contract/define.ts';
import { defineContract } from '../../../contract/define.ts';
import { exposureContract, type Exposure } from '../../../contract/exposure.ts';
import { liveContract, type LiveState, type VenueId } from '../../../contract/live.ts';
import { connectContract } from '../../../contract/rpc/client.ts';
import type { ContractClient } from '../../../contract/rpc/client-types.ts';
import { createMemoryChannels } from '../../../contract/rpc/memory-channel.ts';
import { serveContract } from '../../../contract/rpc/server.ts';
import { tradingContract, type TradingStatus } from '../../../contract/trading.ts';
import type { HeldAmounts } from '../../../core/ports/exchange.ts';
import type { Bell, CcxtGateway } from '../../../exchanges/ccxt/gateway/gateway.ts';
import { createControls, type AppControls } from '../../controls.ts';
import { openExposure, type OpenExposure } from '../../exposure/exposure-handlers.ts';
import { openStopDesk, openStops } from '../../stop/open-stops.ts';
import type { StopDesk } from '../../stop/stop-desk.ts';
import type { StopLatch } from '../../stop/stop-latch.ts';
import type { StopReport } from '../../stop/stop-report.ts';
import { openSqliteStorage } from '../../storage/sqlite-storage.ts';
import type { Storage } from '../../storage/storage.ts';
import { temporaryFolder } from '../../storage/testing/temporary-folder.ts';
import { PaperTrading } from '../../trading/paper-trading.ts';
import { TradingService } from '../../trading/service.ts';
import { LiveClock, settled, type RunClock } from '../../trading/testing/live-clock.ts';
import { LiveMarket } from '../../trading/testing/live-market.ts';
import { KeyShelf } from '../key-shelf.ts';
import { liveHandlers } from '../live-handlers.ts';
import type { Credentials, LiveGateway } from '../live-gateway.ts';
import { LiveTrading } from '../live-trading.ts';
import { watchUnattended } from '../watch-unattended.ts';
import { onFillableDisk } from './fillable-disk.ts';
import { MemoryVault, SIMULATOR_KEY } from './memory-vault.ts';
import { simulatedGateway } from './simulated-gateway.ts';

const contract = defineContract(tradingContract, exposureContract, liveContract);
type Table = typeof contract;

interface Run {
  readonly storage: Storage;
  readonly live: LiveTrading;
  readonly paper: PaperTrading;
  readonly service: TradingService;
  readonly stops: StopLatch;
  readonly desk: StopDesk;
  readonly clock: RunClock;
  readonly client: ContractClient<Table>;
  readonly exposure: OpenExposure;
}

/** 2026-01-05, a Monday, at noon. */
const NOON = 1_767_614_400_000;
export const TOKEN = 'correct-horse-battery';
export const BTC_PRICE = 60_000;

interface Setting {
  readonly isAllowed?: boolean;
  readonly token?: string | null;
  /** Whether the account's stream rings. */
  readonly hasStream?: boolean;
  /** How long an answer is waited for, in real time. */
  readonly answerMs?: number;
}

export class LiveExchange {
  readonly clock = new LiveClock(NOON);
  readonly market = new LiveMarket();
  readonly vault = new MemoryVault();
  /** Errors that nobody waited for: there must be none, unless the story is about them. */
  readonly faults: unknown[] = [];
  /** What EXCHANGE says at the next start. */
  exchange: VenueId = 'binanceus';
  /** Whether the settings name a simulator at the next start. */
  isRehearsal = false;
  /** No commit to the books of live trading comes through. */
  isDiskFull = false;
  /** What the exchange answers for what is held, where a story has it answer nonsense. */
  held: HeldAmounts | null = null;
  readonly #setting: Required<Setting>;
  readonly #path: string;
  readonly simulator: Simulator;
  readonly #gateways = new Set<CcxtGateway>();
  #run: Run | null = null;
  #endWatch = (): void => {};
  readonly #bells: Bell['kind'][] = [];
  /** Ids so far: set back, the same are drawn once more, as nobody but a story could. */
  drawn = 0;

  private constructor(path: string, simulator: Simulator, setting: Setting) {
    this.#path = path;
    this.simulator = simulator;
    this.#setting = { isAllowed: true, token: TOKEN, hasStream: false, answerMs: 500, ...setting };
  }

  /** An app with the simulator's key, not connected yet. */
  static async open(setting: Setting = {}): Promise<LiveExchange> {
    const path = join(await temporaryFolder(), 'cryptopiggy.sqlite');
    const clock: { now: () => number } = { now: () => NOON };
    const simulator = await startSimulator({
      market: { kind: 'still', seed: 1 },
      now: () => clock.now(),
      wait: settled,
    });
    const stage = new LiveExchange(path, simulator, setting);
    clock.now = () => stage.clock.now;
    onTestFinished(() => stage.#close());
    simulator.control.movePrice('BTCUSDT', String(BTC_PRICE));
    await stage.vault.save('binanceus', SIMULATOR_KEY);
    await stage.#start();
    return stage;
  }

  /** As `open`, with live mode on and a price. */
  static async live(setting: Setting = {}): Promise<LiveExchange> {
    const stage = await LiveExchange.open(setting);
    await stage.goLive();
    return stage;
  }

  async goLive(): Promise<void> {
    await this.call('live.connect', {});
    this.quote(BTC_PRICE);
    await this.call('live.confirm', { text: TOKEN, shown: this.shown });
    expect((await this.state()).isLive).toBe(true);
  }

  /** Chooses as a window does: from what holds. */
  async choose(venue: VenueId, symbol: string): Promise<void> {
    const { revision } = await this.state();
    await this.call('live.choose', { venue, symbol, revision });
  }

  /** What a window shows that is to be confirmed. */
  get shown(): string {
    return this.live.state().shown;
  }

  /** What the tray and the shortcuts have. */
  get controls(): AppControls {
    const { desk, paper, live, exposure } = this.#running;
    return createControls({ desk, paper, live, exposure: exposure.reader });
  }

  /** The emergency stop as the tray has it: time passes only where the story lets it. */
  stop(flatten: boolean): Promise<StopReport> {
    return this.#running.desk.press(flatten);
  }

  /** The profile's database. */
  get path(): string {
    return this.#path;
  }

  get desk(): StopDesk {
    return this.#running.desk;
  }

  get stops(): StopLatch {
    return this.#running.stops;
  }

  get live(): LiveTrading {
    return this.#running.live;
  }

  get isStreaming(): boolean {
    return [...this.#gateways].some(({ streamState }) => streamState.isUp);
  }

  /** How often a gateway has rung so. */
  rung(kind: Bell['kind']): number {
    return this.#bells.filter((rung) => rung === kind).length;
  }

  get storage(): Storage {
    return this.#running.storage;
  }

  /** @throws Error where the answer is a failure */
  async call<Name extends CallName<Table>>(
    name: Name,
    input: InputOf<Table[Name]>,
  ): Promise<OutputOf<Table[Name]>> {
    const answer = await this.#running.client.call(name, input);
    if (!answer.ok) throw new Error(`${name}: ${answer.error.code}: ${answer.error.sentence}`);
    await this.quiet();
    return answer.value;
  }

  /** @returns the failure, `null` where there was none */
  async refusal<Name extends CallName<Table>>(
    name: Name,
    input: InputOf<Table[Name]>,
  ): Promise<{ readonly code: string; readonly sentence: string } | null> {
    const answer = await this.#running.client.call(name, input);
    await this.quiet();
    return answer.ok ? null : answer.error;
  }

  async state(): Promise<LiveState> {
    await settled();
    return this.live.state();
  }

  /** Everything that `live.watch` tells from now on, as it comes. */
  watchGate(): readonly LiveState[] {
    const told: LiveState[] = [];
    const onEvent = (state: LiveState): void => void told.push(state);
    this.#running.client.subscribe('live.watch', {}, { onEvent, onEnd: () => {} });
    return told;
  }

  /** Everything that `trading.watch-exposure` tells from now on, as it comes. */
  watchExposure(): readonly Exposure[] {
    const told: Exposure[] = [];
    const onEvent = (exposure: Exposure): void => void told.push(exposure);
    this.#running.client.subscribe('trading.watch-exposure', {}, { onEvent, onEnd: () => {} });
    return told;
  }

  exposure(): Promise<Exposure> {
    return this.call('trading.exposure', {});
  }

  status(): Promise<TradingStatus> {
    return this.call('trading.status', { account: 'live' });
  }

  /** Moves the price at the exchange and tells the app. */
  quote(price: number): void {
    this.simulator.control.movePrice('BTCUSDT', String(price));
    this.tellPrice(price);
  }

  /** Tells the app a price that the exchange need not have. */
  tellPrice(price: number): void {
    const { now: time } = this.clock;
    const symbol = 'BTC/USDT';
    this.market.tellQuote({ symbol, time, bid: price, ask: price, depth: null });
  }

  /** Buys at the market by hand, through the test trade's bot. */
  async buy(cost: number): Promise<OutputOf<Table['bots.enter']>> {
    const botId = 'test BTC/USDT';
    const entry = { cost, limit: null, stop: null, target: null };
    return this.call('bots.enter', { account: 'live', botId, ...entry });
  }

  /** Resolves when the exchange has answered everything that it was asked. */
  async quiet(): Promise<void> {
    const account = this.#run?.live.account() ?? null;
    do {
      await settled();
      await Promise.all([...this.#gateways].map((gateway) => gateway.watched()));
      await account?.session.idle();
    } while (account?.session.isBusy === true);
  }

  /** Lets time pass, in steps short enough for what comes due in between to be answered. */
  async pass(ms: number): Promise<void> {
    const STEP_MS = 1_000;
    for (let passed = 0; passed < ms; passed += STEP_MS) {
      await this.clock.advance(Math.min(STEP_MS, ms - passed));
      await this.quiet();
    }
  }

  /** As `pass`, while the exchange does not answer: what waits for it is not waited for here. */
  async elapse(ms: number): Promise<void> {
    const STEP_MS = 1_000;
    const ROUNDS = 100;
    for (let passed = 0; passed < ms; passed += STEP_MS) {
      await this.clock.advance(Math.min(STEP_MS, ms - passed));
      await Promise.race([this.quiet(), this.#rounds(ROUNDS)]);
    }
  }

  async #rounds(count: number): Promise<void> {
    for (let round = 0; round < count; round += 1) await settled();
  }

  /** Lets time pass until the next health check is over. */
  async check(): Promise<void> {
    const before = this.live.state().health;
    await this.pass(30_000);
    await this.until(() => this.live.state().health !== before);
    await this.quiet();
  }

  /** Waits for what comes over the wire by itself. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await settled();
  }

  /** As after the process was ended. @param between what happens to the profile while nobody has it open */
  async restart(between: () => void | Promise<void> = () => {}): Promise<void> {
    await this.#stop();
    await between();
    await this.#start();
  }

  get #running(): Run {
    if (this.#run === null) throw new Error('The app does not run.');
    return this.#run;
  }

  async #start(): Promise<void> {
    const opened = await openSqliteStorage({
      path: this.#path,
      now: this.clock.now,
      // What another process holds, it holds for the whole story.
      busyTimeoutMs: 20,
    });
    const storage = onFillableDisk(opened.storage, () => this.isDiskFull);
    const clock = this.clock.run();
    const { settings } = storage;
    const reportFault = (error: unknown): void => void this.faults.push(error);
    const newOrderPrefix = (): string => `t${(this.drawn += 1)}`;
    const newRunToken = (): string => `r${(this.drawn += 1)}`;
    const openFeed = async () => this.market.open();
    const keys = new KeyShelf(this.vault, reportFault);
    const stops = openStops(dirname(this.#path), clock.now, reportFault);
    const shared = { clock, stops, newOrderPrefix, newRunToken, openFeed, reportFault };
    const live = new LiveTrading({
      store: storage.live,
      settings,
      appSettings: {
        ALLOW_LIVE: this.#setting.isAllowed,
        EXCHANGE: this.exchange,
        LIVE_CONFIRM_TOKEN: this.#setting.token,
        EXCHANGE_SIMULATOR_URL: this.isRehearsal ? 'http://127.0.0.1:1' : null,
      },
      keys,
      ...shared,
      openGateway: async (venue, credentials) => this.#gateway(venue, credentials, clock),
    });
    const paper = new PaperTrading({ store: storage.paper, settings, ...shared });
    const desk = openStopDesk({ stops, clock, paper, live, keys, reportFault });
    const newId = (): string => `bot-${(this.drawn += 1)}`;
    const { isRehearsal } = this;
    const exposure = openExposure({
      live,
      desk,
      settings,
      stops,
      keys,
      isRehearsal,
      clock,
      reportFault,
    });
    const sides = { paper, live, desk, exposure: exposure.reader };
    const service = new TradingService({ ...sides, clock, reportFault, newId, settings, stops });
    const channels = createMemoryChannels(structuredClone);
    const ofLive = liveHandlers({ live, keys, settings, clock, reportFault });
    const handlers = { ...service.handlers, ...exposure.handlers, ...ofLive };
    serveContract(contract, handlers, channels.app, {
      newIncidentId: newId,
      onInternalError: ({ error }) => reportFault(error),
    });
    const client = connectContract(contract, channels.window);
    this.#run = { storage, live, paper, service, stops, desk, clock, client, exposure };
    desk.start();
    live.start();
    this.#endWatch = watchUnattended({ live, store: storage.live, keys, clock, reportFault });
    await paper.start();
    await this.quiet();
  }

  #gateway(venue: string, credentials: Credentials, clock: RunClock): LiveGateway {
    const { answerMs, hasStream } = this.#setting;
    const rest = { simulator: this.simulator, held: () => this.held, answerMs, hasStream };
    const gateway = simulatedGateway({ venue, credentials, clock, ...rest });
    gateway.onBell(({ kind }) => this.#bells.push(kind));
    this.#gateways.add(gateway);
    return gateway;
  }

  async #stop(): Promise<void> {
    const { live, paper, service, exposure, desk, clock, storage } = this.#running;
    this.#run = null;
    desk.close();
    this.#endWatch();
    this.#gateways.clear();
    service.close();
    exposure.close();
    await live.close();
    await paper.close();
    clock.end();
    storage.close();
  }

  async #close(): Promise<void> {
    if (this.#run !== null) await this.#stop();
    await this.simulator.close();
    expect(this.faults).toEqual([]);
  }
}
