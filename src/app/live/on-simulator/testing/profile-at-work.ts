/** A profile at work as the app puts it together: live trading, its stop and its books on real files, at a simulator. */

import { dirname } from 'node:path';
import { API_KEY, API_SECRET } from '../../../../../e2e/kraken-simulator/key.ts';
import { CcxtGateway, type GatewayOptions } from '../../../../exchanges/ccxt/gateway/gateway.ts';
import { tradingVenue } from '../../../../exchanges/ccxt/gateway/trading-venue.ts';
import { openStopDesk, openStops } from '../../../stop/open-stops.ts';
import type { StopDesk } from '../../../stop/stop-desk.ts';
import type { StopLatch } from '../../../stop/stop-latch.ts';
import { openSqliteStorage } from '../../../storage/sqlite-storage.ts';
import type { Storage } from '../../../storage/storage.ts';
import type { TradingStore } from '../../../storage/trading-store.ts';
import type { Clock } from '../../../trading/clock.ts';
import { PaperTrading } from '../../../trading/paper-trading.ts';
import type { LiveMarket } from '../../../trading/testing/live-market.ts';
import { KeyShelf } from '../../key-shelf.ts';
import type { LiveGateway } from '../../live-gateway.ts';
import { LiveTrading } from '../../live-trading.ts';
import { saveTarget } from '../../live-target.ts';
import { MemoryVault, SIMULATOR_KEY } from '../../testing/memory-vault.ts';
import { watchUnattended } from '../../watch-unattended.ts';

export type SimulatedVenue = 'binanceus' | 'kraken';

export interface ProfileOptions {
  /** Of the database; what else belongs to the profile lies beside it. */
  readonly path: string;
  readonly venue: SimulatedVenue;
  readonly clock: Clock;
  readonly market: LiveMarket;
  readonly fetch: GatewayOptions['fetch'];
  /** Unlike what any other run of this profile was given; letters and digits. */
  readonly newToken: () => string;
  readonly reportFault: (error: unknown) => void;
  /** Told after each commit to the books. */
  readonly onCommit?: () => void;
  /** Stands between the app and its gateway. */
  readonly through?: (gateway: LiveGateway) => LiveGateway;
}

export interface ProfileAtWork {
  readonly storage: Storage;
  readonly live: LiveTrading;
  readonly stops: StopLatch;
  readonly desk: StopDesk;
  /** In good order. */
  close(): Promise<void>;
}

export const CONFIRMATION = 'correct-horse-battery';

const KEYS = {
  binanceus: SIMULATOR_KEY,
  kraken: { apiKey: API_KEY, secret: API_SECRET },
} as const satisfies Record<SimulatedVenue, typeof SIMULATOR_KEY>;

/** ccxt's timeouts are real time: the wire's, on the time of the stage, come first. */
const REAL_TIMEOUT_MS = 60_000;

/** Between two looks at open orders, ms. */
const WATCH_MS = 2_000;

/** ccxt imports parts of itself at a process's first request; that must not be taken for a rest. */
const warmedUp = tradingVenue('binanceus')
  .open({
    ...SIMULATOR_KEY,
    timeout: REAL_TIMEOUT_MS,
    enableRateLimit: false,
    fetchImplementation: () => Promise.resolve(new Response('{"serverTime":0}')),
  })
  .fetchTime();

/** Starts the app on what the profile holds; live mode is off, and nothing was waited for. */
export async function openProfile(options: ProfileOptions): Promise<ProfileAtWork> {
  const { path, venue, clock, market, newToken, reportFault, through = same } = options;
  await warmedUp;
  const { storage } = await openSqliteStorage({ path, now: clock.now() });
  const { settings } = storage;
  const vault = new MemoryVault();
  await vault.save(venue, KEYS[venue]);
  const keys = new KeyShelf(vault, reportFault);
  const stops = openStops(dirname(path), clock.now, reportFault);
  saveTarget(settings, { venue, symbol: 'BTC/USDT', revision: 0 });
  const parts = {
    settings,
    clock,
    stops,
    newOrderPrefix: () => `p${newToken()}`,
    newRunToken: newToken,
    openFeed: async () => market.open(),
    reportFault,
  };
  const live = new LiveTrading({
    ...parts,
    store: watched(storage.live, options),
    appSettings: {
      ALLOW_LIVE: true,
      EXCHANGE: venue,
      LIVE_CONFIRM_TOKEN: CONFIRMATION,
      EXCHANGE_SIMULATOR_URL: null,
    },
    keys,
    openGateway: async () => through(openGateway(options)),
  });
  const paper = new PaperTrading({ ...parts, store: storage.paper });
  const desk = openStopDesk({ stops, clock, paper, live, reportFault });
  desk.start();
  live.start();
  const endWatch = watchUnattended({ live, store: storage.live, keys, clock, reportFault });
  await paper.start();
  return {
    storage,
    live,
    stops,
    desk,
    async close() {
      desk.close();
      endWatch();
      await live.close();
      await paper.close();
      storage.close();
    },
  };
}

function same(gateway: LiveGateway): LiveGateway {
  return gateway;
}

function watched(live: TradingStore, { onCommit }: ProfileOptions): TradingStore {
  if (onCommit === undefined) return live;
  return {
    ...live,
    commit(accountId, commit) {
      live.commit(accountId, commit);
      onCommit();
    },
  };
}

function openGateway({ venue, clock, fetch }: ProfileOptions): CcxtGateway {
  const { open, ...row } = tradingVenue(venue);
  const { now } = clock;
  return new CcxtGateway({
    // ccxt reads a clock of its own and throttles by it: here there is one time.
    venue: {
      ...row,
      open: (settings) =>
        open(Object.assign(settings, { milliseconds: now, enableRateLimit: false })),
    },
    credentials: KEYS[venue],
    clock,
    // Retries come as late one time as another, so that a seed decides all.
    random: () => 0.5,
    fetch,
    timeoutMs: REAL_TIMEOUT_MS,
    watchMs: WATCH_MS,
  });
}
