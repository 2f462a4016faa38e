/** One trading session over an exchange that misbehaves on demand, real books, and time that is moved by hand. */

import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { NO_ATTACHED_EXITS } from '../../../core/bot/attached-exits.ts';
import type { Bot } from '../../../core/bot/bot.ts';
import { NO_PROTECTION, type Protection } from '../../../core/domain/order.ts';
import { DEFAULT_WHITELIST } from '../../../core/domain/whitelist.ts';
import type { EngineEvent } from '../../../core/events.ts';
import type { OrderRecord } from '../../../core/orders/order-record.ts';
import { totalHeld } from '../../../core/ports/exchange.ts';
import { HARD_LIMITS } from '../../../core/risk/hard-limits.ts';
import { NO_PROTECTIONS } from '../../../core/risk/protections.ts';
import { SimulatedExchange } from '../../../exchanges/simulated/simulated-exchange.ts';
import { openSqliteStorage } from '../../storage/sqlite-storage.ts';
import type { Storage } from '../../storage/storage.ts';
import { temporaryFolder } from '../../storage/testing/temporary-folder.ts';
import { TradingSession } from '../session.ts';
import { Adversary } from './live-adversary.ts';
import { LiveClock, settled } from './live-clock.ts';
import { BTC } from './live-market.ts';

const COSTS = { takerFee: 0.001, makerFee: 0.001, slippageBps: 0, halfSpreadBps: 0 };

/** 2026-01-05, a Monday, at noon. */
const START = 1_767_614_400_000;

interface Entry {
  readonly limit?: number;
  readonly stop?: number;
  readonly target?: number;
}

export class LiveSession {
  readonly clock = new LiveClock(START);
  /** Errors that nobody waited for. */
  readonly faults: unknown[] = [];
  readonly exchange: Adversary;
  readonly session: TradingSession;
  /** Writing to the books fails. */
  isDiskFull = false;
  /** Telling of an error fails itself. */
  refusesReports = false;
  readonly #simulated: SimulatedExchange;
  readonly #storage: Storage;
  readonly #accountId: number;

  private constructor(storage: Storage) {
    const { paper } = storage;
    const account = paper.begin({ venue: 'hand', orderPrefix: 'o' }, START);
    this.#storage = storage;
    this.#accountId = account.id;
    this.#simulated = new SimulatedExchange({
      costs: COSTS,
      store: paper.simulated(account.id),
      now: () => this.clock.now,
    });
    this.#simulated.list(BTC);
    this.exchange = new Adversary(this.#simulated);
    this.session = new TradingSession({
      account,
      store: {
        ...paper,
        commit: (accountId, commit) => {
          if (this.isDiskFull) throw new Error('database or disk is full');
          paper.commit(accountId, commit);
        },
      },
      exchange: this.exchange,
      clock: this.clock.run(),
      rules: {
        whitelist: DEFAULT_WHITELIST,
        limits: HARD_LIMITS,
        protections: NO_PROTECTIONS,
        costs: COSTS,
        pricesFrom: 'quotes',
      },
      runToken: 'r',
      reportFault: (error) => {
        if (this.refusesReports) throw new Error('The log is full.');
        this.faults.push(error);
      },
    });
  }

  /** With 1,000 USDT, one bot `b` for orders by hand, and a price of 100. */
  static async open(): Promise<LiveSession> {
    const path = join(await temporaryFolder(), 'profile.sqlite');
    const { storage } = await openSqliteStorage({ path, now: START });
    const live = new LiveSession(storage);
    onTestFinished(() => {
      live.session.close();
      storage.close();
    });
    live.#simulated.transfer('USDT', 1_000);
    await live.tell({ kind: 'transfer', time: START, currency: 'USDT', amount: 1_000 });
    await live.addBot('b');
    await live.quote(100);
    return live;
  }

  get bot(): Bot {
    return this.session.engine.bots.get('b');
  }

  /** Newest first, as kept on disk. */
  get orders(): readonly OrderRecord[] {
    return this.#storage.paper.orders(this.#accountId, 100);
  }

  get alerts(): readonly string[] {
    return this.#storage.paper.alerts(this.#accountId, 100).map(({ code }) => code);
  }

  /** What the books say of each currency less what the exchange has. */
  async difference(): Promise<Readonly<Record<string, number>>> {
    const held = await this.#simulated.balances();
    const { balances } = this.session.engine.account;
    return Object.fromEntries(
      balances.currencies
        .map((name, slot) => [name, balances.amount(slot) - totalHeld(held.value[name])] as const)
        .filter(([, amount]) => Math.abs(amount) > 1e-9),
    );
  }

  async tell(event: EngineEvent): Promise<void> {
    this.session.dispatch(event);
    await settled();
  }

  async addBot(id: string): Promise<void> {
    const config = {
      id,
      name: id,
      symbol: BTC.symbol,
      timeframe: '1m' as const,
      strategy: null,
      sizing: { kind: 'fixed', cost: 10 } as const,
      exits: NO_ATTACHED_EXITS,
    };
    await this.tell({ kind: 'bot-added', time: this.clock.now, config, instrument: BTC });
  }

  async enter({ limit, stop, target }: Entry = {}): Promise<void> {
    const protection: Protection = {
      ...NO_PROTECTION,
      stop: stop === undefined ? null : { kind: 'price', price: stop },
      target: target ?? null,
    };
    await this.tell({
      kind: 'entry-by-hand',
      time: this.clock.now,
      botId: 'b',
      cost: 10,
      limit: limit ?? null,
      protection,
    });
  }

  /** A price that the exchange fills at before the engine hears of it. */
  async quote(price: number): Promise<void> {
    const time = this.clock.now;
    const { symbol } = BTC;
    this.#simulated.quote({ symbol, time, bid: price, ask: price, depth: null });
    await this.tell({ kind: 'quote', symbol, time, bid: price, ask: price });
  }
}
