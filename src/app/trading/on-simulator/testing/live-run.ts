/** One run of the app on the simulator: its books in SQLite, its account, and ccxt's own class at the end of a wire. */

import { DEFAULT_WHITELIST } from '../../../../core/domain/whitelist.ts';
import type { Limits } from '../../../../core/risk/hard-limits.ts';
import { NO_PROTECTIONS } from '../../../../core/risk/protections.ts';
import { CcxtGateway, type GatewayOptions } from '../../../../exchanges/ccxt/gateway/gateway.ts';
import { tradingVenue } from '../../../../exchanges/ccxt/gateway/trading-venue.ts';
import { stopsInMemory } from '../../../stop/open-stops.ts';
import { openSqliteStorage } from '../../../storage/sqlite-storage.ts';
import type { Storage } from '../../../storage/storage.ts';
import type { TradingStore } from '../../../storage/trading-store.ts';
import type { Clock } from '../../clock.ts';
import type { LiveMarket } from '../../testing/live-market.ts';
import { TradingAccount } from '../../trading-account.ts';

export interface LiveRunOptions {
  /** Of the profile. */
  readonly path: string;
  readonly clock: Clock;
  readonly market: LiveMarket;
  readonly fetch: GatewayOptions['fetch'];
  readonly limits: Limits;
  /** Between two looks at open orders, ms. */
  readonly watchMs: number;
  readonly reportFault: (error: unknown) => void;
  /** Told after each commit. */
  readonly onCommit?: () => void;
}

export interface LiveRun {
  readonly store: TradingStore;
  readonly gateway: CcxtGateway;
  readonly account: TradingAccount;
  /** Gives back what it holds; the account has to be closed before. */
  close(): void;
}

const KEY = { apiKey: 'simulator-key', secret: 'simulator-secret' };
const COSTS = { takerFee: 0.001, makerFee: 0.001, slippageBps: 0, halfSpreadBps: 0 };

/** ccxt's timeouts are real time: the wire's, on the time of the stage, come first. */
const REAL_TIMEOUT_MS = 60_000;

/** ccxt imports parts of itself at a process's first request; that must not be taken for a rest. */
const warmedUp = tradingVenue('binanceus')
  .open({
    ...KEY,
    timeout: REAL_TIMEOUT_MS,
    enableRateLimit: false,
    fetchImplementation: () => Promise.resolve(new Response('{"serverTime":0}')),
  })
  .fetchTime();

/** Goes on with the account in the profile, or begins one; it has still to be started. */
export async function openLiveRun(options: LiveRunOptions): Promise<LiveRun> {
  const { path, clock, market, reportFault } = options;
  await warmedUp;
  const { storage } = await openSqliteStorage({ path, now: clock.now() });
  const store = watched(storage, options);
  const feed = market.open();
  const gateway = openGateway(options);
  const rules = {
    whitelist: DEFAULT_WHITELIST,
    limits: options.limits,
    protections: NO_PROTECTIONS,
    costs: COSTS,
  };
  const settings = { venue: 'binanceus', orderPrefix: 'p' };
  const stops = stopsInMemory(() => clock.now(), reportFault);
  const kept = store.current() ?? store.begin(settings, clock.now());
  // Every run begins at another time of the story.
  const runToken = clock.now().toString(36).slice(-5);
  const account = new TradingAccount(
    { account: kept, store, feed, clock, rules, runToken, stops, reportFault, onChange: () => {} },
    {
      mode: 'live',
      exchange: gateway,
      match: () => {},
      list: () => {},
      instrument: (symbol) => feed.instrument(symbol),
      pricedSymbols: () => Promise.resolve([]),
      externalOrders: () => [],
    },
  );
  return {
    store,
    gateway,
    account,
    close() {
      gateway.close();
      feed.close();
      storage.close();
    },
  };
}

function watched({ live }: Storage, { onCommit }: LiveRunOptions): TradingStore {
  if (onCommit === undefined) return live;
  return {
    ...live,
    commit(accountId, commit) {
      live.commit(accountId, commit);
      onCommit();
    },
  };
}

function openGateway({ clock, fetch, watchMs }: LiveRunOptions): CcxtGateway {
  const { open, ...venue } = tradingVenue('binanceus');
  const { now } = clock;
  return new CcxtGateway({
    // ccxt reads a clock of its own and throttles by it: here there is one time.
    venue: {
      ...venue,
      open: (settings) =>
        open(Object.assign(settings, { milliseconds: now, enableRateLimit: false })),
    },
    credentials: KEY,
    clock,
    // Retries come as late one time as another, so that a seed decides all.
    random: () => 0.5,
    fetch,
    timeoutMs: REAL_TIMEOUT_MS,
    watchMs,
  });
}
