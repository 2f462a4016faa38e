/** Paper trading over a temporary profile and a hand-driven market, spoken to through the contract alone. */

import { copyFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { InputOf, OutputOf, CallName } from '../../../contract/define.ts';
import { connectContract } from '../../../contract/rpc/client.ts';
import type { ContractClient } from '../../../contract/rpc/client-types.ts';
import { createMemoryChannels } from '../../../contract/rpc/memory-channel.ts';
import { serveContract } from '../../../contract/rpc/server.ts';
import { tradingContract, type TradingStatus } from '../../../contract/trading.ts';
import { MINUTE_MS } from '../../../core/domain/timeframe.ts';
import type { BookSide, Quote } from '../../../core/ports/market-feed.ts';
import type { SimulatedOrder } from '../../../exchanges/simulated/simulated-store.ts';
import { NOTHING_OPEN } from '../../exposure/exposure-words.ts';
import { openStopDesk, openStops } from '../../stop/open-stops.ts';
import type { StopDesk } from '../../stop/stop-desk.ts';
import { openSqliteStorage } from '../../storage/sqlite-storage.ts';
import type { Storage } from '../../storage/storage.ts';
import { temporaryFolder } from '../../storage/testing/temporary-folder.ts';
import type { TradingStore } from '../../storage/trading-store.ts';
import { PaperTrading } from '../paper-trading.ts';
import { TradingService } from '../service.ts';
import { LiveClock, settled, type RunClock } from './live-clock.ts';
import { noLive } from './no-live.ts';
import { expectSoundJournal } from './live-journal.ts';
import { flatBar, LiveMarket } from './live-market.ts';

type Table = typeof tradingContract;
type Settings = InputOf<Table['bots.add']>;

interface Run {
  readonly storage: Storage;
  readonly service: TradingService;
  readonly desk: StopDesk;
  readonly paper: PaperTrading;
  readonly clock: RunClock;
  readonly client: ContractClient<Table>;
}

/** 2026-01-05, a Monday, at noon. */
export const START = 1_767_614_400_000;

/** Falls all the time, so that the next higher close crosses. */
export const FALLING = Array.from({ length: 30 }, (_, index) => 130 - index);

const FILES = ['', '-wal'];

export class LiveStage {
  readonly clock = new LiveClock(START);
  readonly market = new LiveMarket();
  /** Errors that nobody waited for: there must be none, unless the story is about them. */
  readonly faults: unknown[] = [];
  expectsFaults = false;
  /** Writing to the books fails. */
  isDiskFull = false;
  /** So many more commits are written, the one after fails, and then all are written again. */
  failAfter = Infinity;
  /** After a fault not even the halt is written: what a process leaves behind that dies instead. */
  isLatchLost = false;
  /** The simulated exchange cannot keep anything. */
  isExchangeFull = false;
  #path: string;
  #run: Run | null = null;
  #ids = 0;
  #lastQuote: Quote | null = null;

  private constructor(path: string) {
    this.#path = path;
    onTestFinished(() => this.#close());
  }

  static async open(): Promise<LiveStage> {
    const stage = new LiveStage(join(await temporaryFolder(), 'profile.sqlite'));
    await stage.#start();
    return stage;
  }

  get client(): ContractClient<Table> {
    return this.#running.client;
  }

  /** The books as they are on disk. */
  get store(): TradingStore {
    return this.#running.storage.paper;
  }

  /** @throws Error where the answer is a failure */
  async call<Name extends CallName<Table>>(
    name: Name,
    input: InputOf<Table[Name]>,
  ): Promise<OutputOf<Table[Name]>> {
    const answer = await this.client.call(name, input);
    if (!answer.ok) throw new Error(`${name}: ${answer.error.code}: ${answer.error.sentence}`);
    return answer.value;
  }

  /** @returns the code of the failure, `null` where there was none */
  async refusal<Name extends CallName<Table>>(
    name: Name,
    input: InputOf<Table[Name]>,
  ): Promise<string | null> {
    const answer = await this.client.call(name, input);
    return answer.ok ? null : answer.error.code;
  }

  /** Everything that `trading.watch` tells from now on, as it comes. */
  watch(): readonly (TradingStatus | null)[] {
    const seen: (TradingStatus | null)[] = [];
    const onEvent = (status: TradingStatus | null): void => void seen.push(status);
    this.client.subscribe('trading.watch', {}, { onEvent, onEnd: () => {} });
    return seen;
  }

  /** What has ever reached the exchange, as it has it. */
  sentOrders(): readonly SimulatedOrder[] {
    const account = this.store.current();
    return account === null ? [] : this.store.simulated(account.id).load().orders;
  }

  status(): Promise<TradingStatus> {
    return this.call('trading.status', {});
  }

  async alertCodes(): Promise<readonly string[]> {
    return (await this.call('trading.alerts', {})).map(({ code }) => code);
  }

  async begin(balances: Readonly<Record<string, number>> = { USDT: 1_000 }): Promise<void> {
    const list = Object.entries(balances).map(([currency, amount]) => ({ currency, amount }));
    await this.call('trading.begin', { venue: 'hand', balances: list });
  }

  /** A bot that trades by hand, unless told otherwise. @returns its id */
  async addBot(changes: Partial<Settings> = {}): Promise<string> {
    const { botId } = await this.call('bots.add', { ...BY_HAND, ...changes });
    await settled();
    return botId;
  }

  /** A bot that buys when a close is higher than the one before. @returns its id */
  crossBot(changes: Partial<Settings> = {}): Promise<string> {
    const strategy = { name: 'sma-cross', params: { fast: 1, slow: 2 } };
    return this.addBot({ name: 'Cross', strategy, ...changes });
  }

  async enter(
    botId: string,
    order: Partial<InputOf<Table['bots.enter']>> = {},
  ): Promise<OutputOf<Table['bots.enter']>> {
    const asked = { botId, cost: 10, limit: null, stop: null, target: null, ...order };
    const answer = await this.call('bots.enter', asked);
    await settled();
    return answer;
  }

  async quote(
    bid: number,
    ask = bid,
    symbol = 'BTC/USDT',
    asks: BookSide | null = null,
  ): Promise<void> {
    const depth = asks === null ? null : { bids: [[bid, 1_000] as const], asks };
    this.#lastQuote = { symbol, time: this.clock.now, bid, ask, depth };
    this.market.tellQuote(this.#lastQuote);
    await settled();
  }

  /** Lets the minute end, and a bar close with it. @param isTold `false` for one that the feed does not tell of */
  async bar(close: number, isTold = true): Promise<void> {
    const { now } = this.clock;
    const time = Math.floor(now / MINUTE_MS) * MINUTE_MS;
    await this.clock.advance(time + MINUTE_MS - now);
    const bar = flatBar(time, close);
    this.market.addBar('BTC/USDT', '1m', bar);
    // A feed that is well tells a price that still holds again.
    if (this.#lastQuote !== null) {
      this.market.tellQuote({ ...this.#lastQuote, time: this.clock.now });
    }
    if (isTold) this.market.tellBar('BTC/USDT', '1m', bar);
    await settled();
  }

  /** Closes the app in good order and starts it again. */
  async restart(): Promise<void> {
    const { service, desk, paper, storage, clock } = this.#running;
    desk.close();
    service.close();
    await paper.close();
    storage.close();
    clock.end();
    await this.#start();
  }

  /** Ends the process at once and starts the app again on what it left on disk. */
  async crash(): Promise<void> {
    const { clock, service, desk, paper, storage } = this.#running;
    const copy = `${this.#path}-after`;
    for (const end of FILES) {
      if (existsSync(this.#path + end)) copyFileSync(this.#path + end, copy + end);
    }
    clock.end();
    // What the dead process still does reaches the old file alone.
    desk.close();
    service.close();
    await paper.close();
    storage.close();
    this.#path = copy;
    await this.#start();
  }

  get #running(): Run {
    if (this.#run === null) throw new Error('The app does not run.');
    return this.#run;
  }

  async #start(): Promise<void> {
    const { storage } = await openSqliteStorage({ path: this.#path, now: this.clock.now });
    const clock = this.clock.run();
    const { settings } = storage;
    const newId = (): string => this.#newId('bot');
    const reportFault = (error: unknown): void => void this.faults.push(error);
    const stops = openStops(dirname(this.#path), clock.now, reportFault);
    const paper = new PaperTrading({
      store: this.#fillable(storage.paper),
      clock,
      newOrderPrefix: () => this.#newId('p'),
      newRunToken: () => this.#newId('r'),
      openFeed: async (venue) => (venue === 'hand' ? this.market.open() : null),
      settings,
      stops,
      reportFault,
    });
    const live = noLive(storage.live);
    const desk = openStopDesk({ stops, clock, paper, live, reportFault });
    const exposure = { read: () => NOTHING_OPEN };
    const service = new TradingService({
      paper,
      live,
      clock,
      reportFault,
      newId,
      settings,
      stops,
      desk,
      exposure,
    });
    const channels = createMemoryChannels(structuredClone);
    serveContract(tradingContract, service.handlers, channels.app, {
      newIncidentId: () => this.#newId('incident'),
      onInternalError: ({ error }) => this.faults.push(error),
    });
    const client = connectContract(tradingContract, channels.window);
    this.#run = { storage, service, desk, paper, clock, client };
    desk.start();
    const finding = await paper.start();
    if (finding !== null) this.faults.push(finding);
    await settled();
  }

  #fillable(store: TradingStore): TradingStore {
    return {
      ...store,
      commit: (accountId, commit) => {
        this.failAfter -= 1;
        if (this.isDiskFull || this.failAfter === -1) throw new Error('database or disk is full');
        store.commit(accountId, commit);
      },
      latchHalt: (accountId) => {
        if (!this.isLatchLost) store.latchHalt(accountId);
      },
      simulated: (accountId) => {
        const simulated = store.simulated(accountId);
        const commit: typeof simulated.commit = (change) => {
          if (this.isExchangeFull) throw new Error('database or disk is full');
          simulated.commit(change);
        };
        return { ...simulated, commit };
      },
    };
  }

  #newId(kind: string): string {
    this.#ids += 1;
    return `${kind}${this.#ids}`;
  }

  async #close(): Promise<void> {
    if (this.#run === null) return;
    const { service, desk, paper, storage } = this.#run;
    desk.close();
    service.close();
    await paper.close();
    expect(this.market.openFeeds).toBe(0);
    if (!this.expectsFaults) {
      expect(this.faults).toEqual([]);
      expectSoundJournal(storage.paper);
    }
    storage.close();
  }
}

const BY_HAND: Settings = {
  name: 'By hand',
  symbol: 'BTC/USDT',
  timeframe: '1m',
  strategy: null,
  sizing: { kind: 'fixed', cost: 20 },
  exits: { stopDistance: null, targetDistance: null, trailing: null, maxHoldMs: null },
};
