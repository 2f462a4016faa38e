/**
 * How long bought coins lie at the exchange without their stop: from the fill to the stop resting there, both by the
 * exchange's own clock. Everything between is the app's own: ccxt, the stream, the journal on disk, one bot.
 */

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSimulator, type Simulator } from '../../e2e/exchange-simulator/simulator.ts';
import { LiveAccount } from '../../src/app/live/live-account.ts';
import { testBot } from '../../src/app/live/test-trade.ts';
import { stopsInMemory } from '../../src/app/stop/open-stops.ts';
import { openSqliteStorage } from '../../src/app/storage/sqlite-storage.ts';
import { systemClock } from '../../src/app/trading/clock.ts';
import { enterByHand } from '../../src/app/trading/enter-by-hand.ts';
import { rethrow } from '../../src/app/testing/rethrow.ts';
import { LiveMarket } from '../../src/app/trading/testing/live-market.ts';
import { HARD_LIMITS } from '../../src/core/risk/hard-limits.ts';
import { NO_PROTECTIONS } from '../../src/core/risk/protections.ts';
import { CcxtGateway } from '../../src/exchanges/ccxt/gateway/gateway.ts';
import { tradingVenue } from '../../src/exchanges/ccxt/gateway/trading-venue.ts';
import { toSimulator } from '../../src/exchanges/ccxt/simulator-fetch.ts';
import type { Figures } from './child.ts';

const SYMBOL = 'BTC/USDT';
const MARKET = 'BTCUSDT';
const PRICE = 60_000;
const LIMIT = 59_950;
const BELOW = 59_940;
const COST = 20;

/** Of one account: more in a row would have to wait for its budget of orders. */
const TRADES = 5;
const ACCOUNTS = 24;

/** ms; whoever is not done by then has failed. */
const PATIENCE_MS = 60_000;

type Kind = 'atMarket' | 'resting';

interface Rig {
  readonly simulator: Simulator;
  readonly account: LiveAccount;
  readonly market: LiveMarket;
  readonly botId: string;
  close(): Promise<void>;
}

/** Half and 99 of 100 of the stops of each kind of entry rest sooner than these, ms. @param folder it exists */
export async function stopFigures(folder: string): Promise<Figures> {
  const atMarket = await measured(folder, 'atMarket');
  const resting = await measured(folder, 'resting');
  return {
    atMarket: atMarket.length,
    resting: resting.length,
    marketP50: share(atMarket, 0.5),
    marketP99: share(atMarket, 0.99),
    restingP50: share(resting, 0.5),
    restingP99: share(resting, 0.99),
  };
}

async function measured(folder: string, kind: Kind): Promise<readonly number[]> {
  const took: number[] = [];
  for (let number = 0; number < ACCOUNTS; number += 1) {
    const rig = await aRig(join(folder, `${randomUUID()}.sqlite`));
    // The first trade of a process is interpreted, and asks for what is asked for once.
    const isFirst = number === 0;
    for (let trade = 0; trade < TRADES; trade += 1) {
      const ms = await tradeOnce(rig, kind);
      if (!isFirst || trade > 0) took.push(ms);
    }
    await rig.close();
  }
  return took;
}

/** Buys, waits for the stop, and sells again. @returns how long there was none, ms */
async function tradeOnce(rig: Rig, kind: Kind): Promise<number> {
  const { simulator, account, botId } = rig;
  const { control } = simulator;
  const before = control.truth();
  quote(rig, PRICE);
  const entry = { botId, cost: COST, stop: null, target: null };
  const answer = enterByHand(account, { ...entry, limit: kind === 'resting' ? LIMIT : null });
  if (!answer.ok) throw new Error(answer.error.sentence);
  if (answer.value.kind === 'denied') throw new Error(answer.value.sentence);
  if (kind === 'resting') {
    await until(() => isOpen(rig, 'BUY'), 'the limit');
    control.movePrice(MARKET, String(BELOW));
  }
  await until(() => isOpen(rig, 'SELL'), 'the stop');
  const { fills, orders } = control.truth();
  const fill = fills[before.fills.length];
  const stop = orders.find(({ side, status }) => side === 'SELL' && status === 'NEW');
  if (fill === undefined || stop === undefined) throw new Error('The exchange forgot a trade.');
  quote(rig, PRICE);
  account.closePosition(botId);
  await until(() => !account.isBusy, 'the sale');
  await account.session.idle();
  return stop.createdAt - fill.time;
}

function isOpen({ simulator }: Rig, side: 'BUY' | 'SELL'): boolean {
  const { orders } = simulator.control.truth();
  return orders.some((order) => order.side === side && order.status === 'NEW');
}

function quote({ simulator, market }: Rig, price: number): void {
  simulator.control.movePrice(MARKET, String(price));
  market.tellQuote({ symbol: SYMBOL, time: Date.now(), bid: price, ask: price, depth: null });
}

async function aRig(path: string): Promise<Rig> {
  const simulator = await startSimulator({
    market: { kind: 'still', seed: 1 },
    balances: { USDT: 1_000n * 100_000_000n, BTC: 0n },
  });
  simulator.control.movePrice(MARKET, String(PRICE));
  const { storage } = await openSqliteStorage({ path, now: Date.now() });
  const gateway = new CcxtGateway({
    venue: tradingVenue('binanceus'),
    credentials: { apiKey: 'simulator-key', secret: 'simulator-secret' },
    clock: systemClock,
    fetch: toSimulator(simulator.restUrl),
    requestGapMs: 1,
    stream: { server: simulator.wsUrl },
  });
  const market = new LiveMarket();
  const store = storage.live;
  const account = LiveAccount.open({
    account: store.begin({ venue: 'binanceus', orderPrefix: 'bench' }, Date.now()),
    store,
    gateway,
    feed: market.open(),
    clock: systemClock,
    stops: stopsInMemory(Date.now, rethrow),
    runToken: '',
    rules: {
      whitelist: [SYMBOL],
      limits: HARD_LIMITS,
      protections: NO_PROTECTIONS,
      costs: { takerFee: 0.001, makerFee: 0.001, slippageBps: 1, halfSpreadBps: 0 },
    },
    closedBecause: () => null,
    onChange: () => undefined,
    reportFault: rethrow,
  });
  await account.start();
  const bot = testBot(SYMBOL);
  const instrument = await account.instrument(SYMBOL);
  if (!account.isReconciled || !instrument.ok) throw new Error('The simulator did not answer.');
  account.addBot(bot, instrument.value);
  await until(() => gateway.streamState.isUp, 'the stream');
  return {
    simulator,
    account,
    market,
    botId: bot.id,
    async close() {
      if (gateway.streamState.cuts > 0) throw new Error('The stream was cut.');
      await account.close();
      gateway.close();
      storage.close();
      await simulator.close();
    },
  };
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`It waited in vain for ${what}.`);
    await sleep(2);
  }
}

function share(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.ceil(part * sorted.length) - 1] ?? NaN;
}
