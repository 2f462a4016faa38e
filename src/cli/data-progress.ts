/** How far a download is: one line that is written over on a terminal, a line now and then elsewhere. */

import { counted } from '../app/candles/field-text.ts';
import type { DownloadProgress } from '../app/downloads/download.ts';

export interface ProgressOutput {
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
  /** ms; only differences count. */
  readonly now: () => number;
}

export interface ProgressLine {
  readonly onProgress: (progress: DownloadProgress) => void;
  /** Leaves the cursor on a line of its own. */
  readonly end: () => void;
}

const TERMINAL_EVERY_MS = 100;
const LOG_EVERY_MS = 5_000;
/** Back to the line's beginning, and nothing on it. */
const CLEAR = '\r\u{1b}[K';

/** @param what is downloaded, as in `BTC/USDT 1h, Binance US` */
export function createProgressLine(
  what: string,
  { write, isTerminal, now }: ProgressOutput,
): ProgressLine {
  const start = now();
  let shownAt = isTerminal ? -Infinity : start;
  let isOpen = false;
  const show = (text: string): void => {
    write(isTerminal ? `${CLEAR}${text}` : `${text}\n`);
    isOpen = isTerminal;
    shownAt = now();
  };
  return {
    onProgress: (progress) => {
      const isOver = progress.fraction === 1;
      if (!isOver && now() - shownAt < (isTerminal ? TERMINAL_EVERY_MS : LOG_EVERY_MS)) return;
      show(`${what}: ${textOf(progress, now() - start)}`);
    },
    end: () => {
      if (isOpen) write('\n');
      isOpen = false;
    },
  };
}

function textOf({ fraction, pages, bars }: DownloadProgress, ms: number): string {
  const rate = Math.round((bars * 1_000) / Math.max(ms, 1));
  const left = Math.ceil((ms * (1 - fraction)) / Math.max(fraction, 1e-9) / 1_000);
  const parts = [
    `${Math.floor(fraction * 100)} %`,
    counted(pages, 'page'),
    counted(bars, 'bar'),
    `${rate.toLocaleString('en-US')} bars/s`,
  ];
  return [...parts, ...(fraction < 1 ? [`${shownSpan(left)} left`] : [])].join(', ');
}

function shownSpan(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
