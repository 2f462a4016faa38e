/** What the tray, a shortcut and the system's own events do: straight to trading, with no window in between. */

import type { TradingStatus } from '../contract/trading.ts';
import type { Exposure } from '../contract/exposure.ts';
import type { ExposureReader } from './exposure/exposure-reader.ts';
import { countOpen, exposureLine, personNeeded } from './exposure/exposure-words.ts';
import type { StopDesk } from './stop/stop-desk.ts';
import type { StopReport } from './stop/stop-report.ts';
import type { TradingAccount } from './trading/trading-account.ts';
import type { PaperTrading } from './trading/paper-trading.ts';
import type { LiveTrading } from './live/live-trading.ts';

/** All that fits into a menu and an icon. */
export interface Glance {
  /** `halted` wins: it is what a person has to know first. */
  readonly mode: 'paper' | 'live' | 'halted';
  /** A stop is in force, and what it asks is not proven to be done. */
  readonly isStopOpen: boolean;
  /** Of the account that counts now, in USD; `null` while none is set up. */
  readonly equity: number | null;
  /** Today's profit or loss, in USD. */
  readonly pnlToday: number | null;
  readonly openOrders: number;
  readonly openPositions: number;
  /** What is open with real money, by what is known, whatever the mode, and connected or not. */
  readonly openLive: number;
  /** As a line: real money open, watched or not, or not known; `null` where nothing is. */
  readonly exposure: string | null;
  /** What only a person can do about it, as a sentence; `null` where nothing is, or where it goes on by itself. */
  readonly personNeeded: string | null;
  /** Whether some bot runs, and whether some bot is paused. */
  readonly areBotsRunning: boolean;
  readonly areBotsPaused: boolean;
}

export interface AppControls {
  glance(): Glance;
  /** Told of every change, as often as prices come. The answer ends it. */
  onChange(listener: () => void): () => void;
  /** The emergency stop of everything. */
  stop(flatten: boolean): Promise<StopReport>;
  /** How far the stop is; `null` while none is in force. */
  stopReport(): StopReport | null;
  pauseBots(): void;
  resumeBots(): void;
  /** The computer is about to sleep: live mode goes off. */
  suspend(): void;
  /** It is awake again: what happened meanwhile is learnt before anything trades. */
  resume(): Promise<void>;
}

export interface ControlledParts {
  readonly desk: StopDesk;
  readonly paper: PaperTrading;
  readonly live: LiveTrading;
  readonly exposure: Pick<ExposureReader, 'read'>;
}

export function createControls({ desk, paper, live, exposure }: ControlledParts): AppControls {
  const accounts = (): readonly TradingAccount[] =>
    [live.account(), paper.account()].filter((account) => account !== null);
  const setBots = (from: 'running' | 'paused', kind: 'bot-started' | 'bot-paused'): void => {
    for (const account of accounts()) {
      for (const { setup, status } of account.session.engine.bots.list) {
        if (status === from) account.setBot(setup.id, kind);
      }
    }
  };
  return {
    glance: () =>
      glanceOf(
        live.isLive,
        accounts().map((account) => account.status()),
        desk.report(),
        exposure.read(),
      ),
    onChange(listener) {
      const ends = [paper, live, desk].map((part) => part.onChange(listener));
      return () => ends.forEach((end) => end());
    },
    stop: (flatten) => desk.press(flatten),
    stopReport: () => desk.report(),
    pauseBots: () => setBots('running', 'bot-paused'),
    resumeBots: () => setBots('paused', 'bot-started'),
    suspend: () => live.suspend(),
    resume: () => live.resume(),
  };
}

function glanceOf(
  isLive: boolean,
  statuses: readonly TradingStatus[],
  stop: StopReport | null,
  exposure: Exposure,
): Glance {
  const counted =
    statuses.find(({ mode }) => mode === (isLive ? 'live' : 'paper')) ?? statuses[0] ?? null;
  const isHalted = stop !== null || statuses.some(({ tradingState }) => tradingState === 'halted');
  const bots = statuses.flatMap((status) => status.bots);
  const count = (list: (status: TradingStatus) => readonly unknown[]): number =>
    statuses.reduce((sum, status) => sum + list(status).length, 0);
  return {
    mode: isHalted ? 'halted' : isLive ? 'live' : 'paper',
    isStopOpen: stop !== null && stop.state !== 'carried-out',
    equity: counted?.equity ?? null,
    pnlToday: counted?.today.pnl ?? null,
    openOrders: count(({ openOrders }) => openOrders),
    openPositions: count(({ positions }) => positions),
    openLive: countOpen(exposure),
    exposure: exposureLine(exposure),
    personNeeded: personNeeded(exposure),
    areBotsRunning: bots.some(({ status }) => status === 'running'),
    areBotsPaused: bots.some(({ status }) => status === 'paused'),
  };
}
