/** Puts trading together: paper and live over one profile, prices, keys, and the handlers of all of them. */

import { randomBytes } from 'node:crypto';
import type { Finding } from '../contract/app.ts';
import type { exposureContract } from '../contract/exposure.ts';
import type { liveContract } from '../contract/live.ts';
import type { marketContract } from '../contract/market.ts';
import type { Handlers } from '../contract/rpc/handlers.ts';
import type { tradingContract } from '../contract/trading.ts';
import { AppStartError } from './app-start-error.ts';
import type { AppOptions } from './app-options.ts';
import { openExposure } from './exposure/exposure-handlers.ts';
import { noteLostBooks } from './exposure/lost-books.ts';
import { SAMPLE_ID } from './candles/sample.ts';
import type { CandleLibrary } from './candles/library.ts';
import { createControls, type AppControls } from './controls.ts';
import { KeyShelf } from './live/key-shelf.ts';
import { liveHandlers } from './live/live-handlers.ts';
import { LiveTrading } from './live/live-trading.ts';
import { openGateways } from './live/open-gateway.ts';
import { noteUnknownDay } from './live/unknown-day.ts';
import { createPracticeFeed } from './market/practice-feed.ts';
import { marketHandlers } from './market/handlers.ts';
import { readSettings, type AppSettings } from './settings/app-settings.ts';
import { openStopDesk, openStops } from './stop/open-stops.ts';
import type { Storage } from './storage/storage.ts';
import { systemClock } from './trading/clock.ts';
import { openLiveFeed } from './trading/live-feed.ts';
import { PaperTrading, type PaperTradingOptions } from './trading/paper-trading.ts';
import { TradingService } from './trading/service.ts';
import { watchUnattended } from './live/watch-unattended.ts';
import { keyPlaces } from './vault/rehearsal.ts';
import { Vault } from './vault/vault.ts';

export interface TradingParts {
  readonly handlers: Handlers<
    typeof tradingContract & typeof exposureContract & typeof liveContract & typeof marketContract
  >;
  readonly controls: AppControls;
  /** What the person must be told at the start. */
  readonly findings: readonly Finding[];
  close(): Promise<void>;
}

interface Foundation {
  readonly storage: Storage;
  /** What was odd about the profile. */
  readonly findings: readonly Finding[];
  readonly candles: CandleLibrary;
}

/** @throws AppStartError where a setting is wrong */
export async function openTrading(
  options: AppOptions,
  { storage, findings, candles }: Foundation,
): Promise<TradingParts> {
  const { dataDir, environment, newId, reportFault } = options;
  const appSettings = await readSettings(dataDir, environment);
  if (!appSettings.ok) throw new AppStartError(appSettings.error.sentence);
  const { settings } = storage;
  const clock = systemClock;
  for (const finding of findings.filter(({ code }) => SET_ASIDE.has(code))) {
    noteUnknownDay(settings, clock.now());
    noteLostBooks(settings, finding);
  }
  const openFeed = feedOpener(options, appSettings.value, candles);
  const newOrderPrefix = (mode: string): string =>
    `${mode}${newId().replaceAll('-', '').slice(0, 6)}`;
  // Before anything else: what was stopped stays so.
  const stops = openStops(dataDir, clock.now, reportFault);
  // With the prefix, a dash and the count an order's id stays within the 18 characters that Kraken takes.
  const newRunToken = (): string => newId().replaceAll('-', '').slice(0, 5);
  const paper = new PaperTrading({
    store: storage.paper,
    clock,
    newOrderPrefix: () => newOrderPrefix('p'),
    newRunToken,
    openFeed,
    settings,
    stops,
    reportFault,
  });
  const { keychain, redact } = options;
  const isRehearsal = appSettings.value.EXCHANGE_SIMULATOR_URL !== null;
  const vault = new Vault({
    ...keyPlaces({ profile: dataDir, folder: dataDir, environment }, isRehearsal),
    keychain,
    randomBytes,
    ...(redact === undefined ? {} : { redact }),
  });
  const keys = new KeyShelf(vault, reportFault);
  const live = new LiveTrading({
    store: storage.live,
    settings,
    appSettings: appSettings.value,
    keys,
    clock,
    stops,
    newOrderPrefix: () => newOrderPrefix('l'),
    newRunToken,
    openFeed,
    openGateway: openGateways(appSettings.value.EXCHANGE_SIMULATOR_URL),
    reportFault,
  });
  const desk = openStopDesk({ stops, clock, paper, live, keys, reportFault });
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
  const service = new TradingService({
    paper,
    live,
    clock,
    reportFault,
    newId,
    settings,
    stops,
    desk,
    exposure: exposure.reader,
  });
  desk.start();
  const unread = await paper.start();
  live.start();
  const endWatch = watchUnattended({ live, store: storage.live, keys, clock, reportFault });
  return {
    handlers: {
      ...service.handlers,
      ...exposure.handlers,
      ...liveHandlers({ live, keys, settings, clock, reportFault }),
      ...marketHandlers({ openFeed, clock, reportFault }),
    },
    controls: createControls({ desk, paper, live, exposure: exposure.reader }),
    findings: unread === null ? [] : [unread],
    async close() {
      desk.close();
      endWatch();
      service.close();
      exposure.close();
      await live.close();
      await paper.close();
      keychain.close();
    },
  };
}

/** A profile that was set aside took the day's counters with it. */
const SET_ASIDE: ReadonlySet<Finding['code']> = new Set(['PROFILE_DAMAGED', 'PROFILE_NEWER']);

/** The practice market for `sample`, an exchange's public prices for the rest. */
function feedOpener(
  options: AppOptions,
  { EXCHANGE_SIMULATOR_URL }: AppSettings,
  candles: CandleLibrary,
): PaperTradingOptions['openFeed'] {
  const openExchange =
    options.openFeed ?? ((venue: string) => openLiveFeed(venue, EXCHANGE_SIMULATOR_URL));
  return async (venue) => {
    if (venue !== 'sample') return openExchange(venue);
    const sample = await candles.load(SAMPLE_ID);
    if (!sample.ok) throw new Error(sample.error.sentence);
    return createPracticeFeed(sample.value, systemClock);
  };
}
