/** The exchange without its network: markets, matching, one account, and everything in the order of its time. */

import { createAccount, type Account } from './account.ts';
import type { Clock } from './clock.ts';
import { ONE, units, type Units } from './decimal.ts';
import type { ExchangeEvent } from './events.ts';
import { createReplay, type Candle } from './market/candle-file.ts';
import { createMarket, type Market } from './market/market.ts';
import type { PriceSource } from './market/source.ts';
import { createWalk } from './market/walk.ts';
import { createEngine, type Engine } from './matching/engine.ts';
import { createOrderStore, type OrderStore } from './matching/order-store.ts';
import type { Fees } from './matching/fees.ts';
import type { MarketStatus } from './matching/status.ts';
import { SYMBOLS, type SymbolRules } from './symbols.ts';

/** What moves the prices: a seeded walk, nothing but the control port, or candles for the first pair beside a walk for the others. */
export type MarketPlan =
  | { readonly kind: 'walk'; readonly seed: number }
  | { readonly kind: 'still'; readonly seed: number }
  | { readonly kind: 'candles'; readonly candles: readonly Candle[]; readonly seed: number };

export interface ExchangeOptions {
  readonly clock: Clock;
  readonly market: MarketPlan;
  readonly balances: Readonly<Record<string, Units>>;
  /** Largest share of an order that one match may fill, in percent. */
  readonly matchPercent: () => number;
  /** Binance's by default. */
  readonly symbols?: readonly SymbolRules[];
  /** By coin, the name under which it earns rewards; none by default. */
  readonly rewards?: Readonly<Record<string, string>>;
  /** Binance's by default; a pair can be given others. */
  readonly fees?: Fees;
}

export interface Exchange {
  /** Without those that have vanished. */
  readonly symbols: readonly SymbolRules[];
  /** `undefined` also for one that has vanished. */
  readonly market: (symbol: string) => Market | undefined;
  readonly account: Account;
  readonly store: OrderStore;
  readonly engine: Engine;
  /** ms UTC of what is happening now. */
  readonly now: () => number;
  /** Makes the moves that are due; before every answer, so that an answer is never older than the clock. */
  readonly catchUp: () => void;
  /** Puts a price where it is wanted and matches against it. */
  readonly moveTo: (symbol: string, price: Units) => void;
  /** Money that comes in or goes out, as by a deposit; throws if there is less of it free. */
  readonly transfer: (asset: string, by: Units) => void;
  readonly fees: (symbol: string) => Fees;
  /** Of pairs without fees of their own. */
  readonly usualFees: () => Fees;
  /** For orders placed from now on, of one pair or of all. */
  readonly setFees: (symbol: string | undefined, fees: Fees) => void;
  /** The pair's own, or the whole exchange's where the pair itself is trading. */
  readonly status: (symbol: string) => MarketStatus;
  /** Of one pair or of the whole exchange; what waited in the book trades when it opens again. */
  readonly setStatus: (symbol: string | undefined, status: MarketStatus) => void;
  readonly subscribe: (listener: (event: ExchangeEvent) => void) => () => void;
}

/** 0.1 %. */
const COMMISSION = units('0.001');

const BINANCE_FEES: Fees = { maker: COMMISSION, taker: COMMISSION, paidIn: 'received' };

export const START_BALANCES: Readonly<Record<string, Units>> = {
  USDT: units('10000'),
  BTC: units('0.1'),
  ETH: 0n,
  SOL: 0n,
  USDC: 0n,
};

export function createExchange(options: ExchangeOptions): Exchange {
  const { clock, symbols = SYMBOLS } = options;
  const start = clock.now();
  // Time stands at a move while it is matched, and at the clock otherwise.
  let moving: number | undefined;
  const now = (): number => moving ?? clock.now();
  const listeners = new Set<(event: ExchangeEvent) => void>();
  const emit = (event: ExchangeEvent): void => {
    for (const listener of listeners) listener(event);
  };

  const markets = new Map(
    symbols.map((rules, stream) => [
      rules.name,
      createMarket(rules, sourceOf(options.market, { rules, stream, start })),
    ]),
  );
  let usualFees = options.fees ?? BINANCE_FEES;
  const ownFees = new Map<string, Fees>();
  const fees = (symbol: string): Fees => ownFees.get(symbol) ?? usualFees;
  let wholeStatus: MarketStatus = 'trading';
  const ownStatus = new Map<string, MarketStatus>();
  const status = (symbol: string): MarketStatus => ownStatus.get(symbol) ?? wholeStatus;
  const account = createAccount(options.balances, options.rewards);
  const store = createOrderStore();
  const named = (symbol: string): string => {
    if (markets.has(symbol)) return symbol;
    throw new RangeError(`There is no market ${symbol}.`);
  };
  const engine = createEngine({
    account,
    store,
    market: (symbol) => {
      const market = markets.get(symbol);
      if (market === undefined) throw new Error(`There is no market ${symbol}.`);
      return market;
    },
    fees,
    status,
    worthIn: (asset, quoteAsset, quote) => {
      const market = markets.get(`${asset}${quoteAsset}`);
      return market === undefined ? undefined : (quote * ONE) / market.last();
    },
    matchPercent: options.matchPercent,
    now,
    emit,
  });

  return {
    get symbols() {
      return symbols.filter(({ name }) => ownStatus.get(name) !== 'vanished');
    },
    market: (symbol) => (ownStatus.get(symbol) === 'vanished' ? undefined : markets.get(symbol)),
    account,
    store,
    engine,
    now,
    catchUp: () => {
      const until = clock.now();
      for (;;) {
        const market = nextToMove([...markets.values()]);
        const time = market?.nextTime();
        if (market === undefined || time === undefined || time > until) return;
        moving = time;
        try {
          const trade = market.step();
          emit({ kind: 'move', symbol: market.rules.name, trade });
          engine.match(market.rules.name);
        } finally {
          moving = undefined;
        }
      }
    },
    moveTo: (symbol, price) => {
      const market = markets.get(symbol);
      if (market === undefined) throw new RangeError(`There is no market ${symbol}.`);
      const trade = market.moveTo(price, now());
      emit({ kind: 'move', symbol, trade });
      engine.match(symbol);
    },
    transfer: (asset, by) => {
      if (account.free(asset) + by < 0n) throw new RangeError(`There is less ${asset} than that.`);
      account.change(asset, by);
      const time = now();
      emit({ kind: 'transfer', time, asset, by });
      emit({ kind: 'balances', time, balances: [account.balance(asset)] });
    },
    fees,
    usualFees: () => usualFees,
    setFees: (symbol, changed) => {
      if (symbol === undefined) {
        ownFees.clear();
        usualFees = changed;
      } else ownFees.set(named(symbol), changed);
    },
    status,
    setStatus: (symbol, changed) => {
      if (symbol === undefined) wholeStatus = changed;
      else if (changed === 'trading') ownStatus.delete(named(symbol));
      else ownStatus.set(named(symbol), changed);
      if (symbol !== undefined && changed === 'vanished') engine.expireAll(symbol);
      for (const name of markets.keys()) engine.match(name);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function nextToMove(markets: readonly Market[]): Market | undefined {
  const earliest = (a: Market, b: Market): Market =>
    (b.nextTime() ?? Infinity) < (a.nextTime() ?? Infinity) ? b : a;
  return markets.length === 0 ? undefined : markets.reduce(earliest);
}

function sourceOf(
  plan: MarketPlan,
  pair: { readonly rules: SymbolRules; readonly stream: number; readonly start: number },
): PriceSource {
  if (plan.kind === 'candles' && pair.stream === 0) {
    return createReplay(pair.rules, plan.candles, pair.start);
  }
  return createWalk({ ...pair, seed: plan.seed, still: plan.kind === 'still' });
}
