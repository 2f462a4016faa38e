/** What the app is made from: its folder, its build, and the system it runs on. */

import type { AppInfo } from '../contract/app.ts';
import type { PaperTradingOptions } from './trading/paper-trading.ts';
import type { Keychain } from './vault/keychain.ts';

export interface AppOptions {
  /** Absolute; created where it is missing. One app uses it at a time. */
  readonly dataDir: string;
  /** Entry module of the backtest's worker thread. */
  readonly workerUrl: URL;
  /** The synthetic sample's file. */
  readonly sampleUrl: URL;
  readonly shell: AppInfo['shell'];
  readonly version: string;
  readonly platform: AppInfo['platform'];
  /** ms UTC. */
  readonly now: () => number;
  readonly newId: () => string;
  /** Told of errors that nobody waits for; for the log. */
  readonly reportFault: (error: unknown) => void;
  /** Told of every secret as it becomes known; for the log. */
  readonly redact?: (secrets: readonly string[]) => void;
  /** The system's, or one that says why it cannot be used. Closed with the app. */
  readonly keychain: Keychain;
  /** Where settings are read after the settings file; the process's own environment. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Opens a market's prices by the venue's name; by default an exchange's public data. */
  readonly openFeed?: PaperTradingOptions['openFeed'];
  /** Backtests at a time; by default one less than there are processors. */
  readonly concurrency?: number;
}
