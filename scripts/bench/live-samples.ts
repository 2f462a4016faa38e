/** The path of a live decision: price in, order handed to the exchange; with the journal on disk and without. */

import { memoryUsage } from 'node:process';
import { NO_ATTACHED_EXITS } from '../../src/core/bot/attached-exits.ts';
import type { BotConfig } from '../../src/core/bot/bot-config.ts';
import type { CandleRow } from '../../src/core/domain/candles.ts';
import { instrumentFromSymbol, type Instrument } from '../../src/core/domain/instrument.ts';
import { HARD_LIMITS } from '../../src/core/risk/hard-limits.ts';
import { NO_PROTECTIONS } from '../../src/core/risk/protections.ts';
import { SimulatedExchange } from '../../src/exchanges/simulated/simulated-exchange.ts';
import { openSqliteStorage } from '../../src/app/storage/sqlite-storage.ts';
import type { TradingStore } from '../../src/app/storage/trading-store.ts';
import { TradingSession } from '../../src/app/trading/session.ts';
import type { Figures } from './child.ts';

const HOUR = 3_600_000;
const SYMBOLS = ['BTC/USDT', 'ETH/USDT', 'SOL/USDT', 'XRP/USDT'];
const WARM_UPS = 2_000;
const MEASURED = 5_000;

interface Rig {
  readonly session: TradingSession;
  readonly exchange: SimulatedExchange;
  /** `performance.now()` when the last order reached the exchange. */
  handedOverAt: number;
  time: number;
}

/** Half and 99 of 100 of the decisions to buy are faster than these, ms. */
export async function latencyFigures(path: string): Promise<Figures> {
  const rig = await aRig(path, SYMBOLS.slice(0, 1));
  const took: number[] = [];
  for (let bar = 0; bar < 2 * (WARM_UPS + MEASURED); bar += 1) {
    const isUp = bar % 2 === 0;
    rig.time += HOUR;
    price(rig, 'BTC/USDT', isUp ? 101 : 100);
    rig.handedOverAt = NaN;
    const begin = performance.now();
    rig.session.dispatch(closedBar(rig, 'BTC/USDT', isUp ? 101 : 100));
    const latency = rig.handedOverAt - begin;
    await rig.session.idle();
    if (isUp && bar >= 2 * WARM_UPS) took.push(latency);
  }
  const sorted = took.filter((value) => !Number.isNaN(value)).toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
  return { decisions: sorted.length, p50: at(0.5), p99: at(0.99) };
}

/** Heap after a hundred thousand and after a million events of four symbols, MB. Needs `--expose-gc`. */
export async function memoryFigures(path: string): Promise<Figures> {
  const rig = await aRig(path, SYMBOLS);
  const run = async (events: number): Promise<number> => {
    for (let event = 0; event < events; event += 1) {
      const symbol = SYMBOLS[event % SYMBOLS.length] ?? '';
      rig.time += 250;
      const value = 100 + Math.sin(event / 977);
      price(rig, symbol, value);
      if (event % 4_000 < 4) rig.session.dispatch(closedBar(rig, symbol, value));
      if (event % 1_000 === 0) await rig.session.idle();
    }
    globalThis.gc?.();
    return memoryUsage().heapUsed / 2 ** 20;
  };
  const begin = performance.now();
  const early = await run(100_000);
  const late = await run(900_000);
  return { early, late, perEvent: ((performance.now() - begin) * 1_000) / 1_000_000 };
}

async function aRig(path: string, symbols: readonly string[]): Promise<Rig> {
  const rig = { handedOverAt: NaN, time: Date.UTC(2026, 0, 1) };
  const now = (): number => rig.time;
  const costs = { takerFee: 0.001, makerFee: 0.001, slippageBps: 0, halfSpreadBps: 0 };
  const exchange = new SimulatedExchange({ costs, store: FORGETFUL, now });
  const submit = exchange.submit.bind(exchange);
  exchange.submit = (order) => {
    rig.handedOverAt = performance.now();
    return submit(order);
  };
  const store = path === '' ? UNWRITTEN : (await openSqliteStorage({ path, now: 0 })).storage.paper;
  const account = store.begin({ venue: 'bench', orderPrefix: 'p' }, rig.time);
  const session = new TradingSession({
    account,
    store,
    exchange,
    clock: { now, setTimer: () => () => {} },
    rules: {
      whitelist: symbols,
      limits: HARD_LIMITS,
      protections: NO_PROTECTIONS,
      costs,
      pricesFrom: 'quotes',
    },
    runToken: '',
    reportFault(error) {
      throw error;
    },
  });
  exchange.transfer('USDT', 1_000);
  session.dispatch({ kind: 'transfer', time: rig.time, currency: 'USDT', amount: 1_000 });
  for (const symbol of symbols) addBot(session, exchange, instrumentOf(symbol), rig.time);
  return Object.assign(rig, { session, exchange });
}

function addBot(
  session: TradingSession,
  exchange: SimulatedExchange,
  instrument: Instrument,
  time: number,
): void {
  const config: BotConfig = {
    id: instrument.symbol,
    name: instrument.symbol,
    symbol: instrument.symbol,
    timeframe: '1h',
    strategy: { name: 'sma-cross', params: { fast: 1, slow: 2 } },
    sizing: { kind: 'fixed', cost: 20 },
    exits: NO_ATTACHED_EXITS,
  };
  exchange.list(instrument);
  session.dispatch({ kind: 'bot-added', time, config, instrument });
}

function instrumentOf(symbol: string): Instrument {
  const parsed = instrumentFromSymbol(symbol);
  if (!parsed.ok) throw new Error(parsed.error.sentence);
  return parsed.value;
}

function price({ session, exchange, time }: Rig, symbol: string, value: number): void {
  const [bid, ask] = [value - 0.01, value + 0.01];
  exchange.quote({ symbol, time, bid, ask, depth: null });
  session.dispatch({ kind: 'quote', symbol, time, bid, ask });
}

function closedBar({ time }: Rig, symbol: string, close: number) {
  const bar: CandleRow = [time - HOUR, close, close, close, close, 1];
  return { kind: 'bar-closed', symbol, timeframe: '1h', bar } as const;
}

const FORGETFUL = {
  commit: () => {},
  load: () => ({ orders: [], fills: [], balances: {}, matchedBars: {} }),
};

/** Everything but the writing. */
const UNWRITTEN: Pick<TradingStore, 'begin' | 'commit' | 'latchHalt'> = {
  begin: (settings, startedAt) => ({ id: 1, startedAt, settings, bots: [], state: null }),
  latchHalt: () => {},
  commit: (_, commit) => void JSON.stringify([commit.entries, commit.state]),
};
