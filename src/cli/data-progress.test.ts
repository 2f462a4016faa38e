/** What a person reads while a download runs, on a terminal and in a log. */

import { expect, it } from 'vitest';
import { createProgressLine } from './data-progress.ts';

function aLine(isTerminal: boolean) {
  let now = 0;
  let written = '';
  const line = createProgressLine('BTC/USDT 1h, Binance US', {
    write: (text) => (written += text),
    isTerminal,
    now: () => now,
  });
  return {
    line,
    after: (ms: number, fraction: number, pages: number) => {
      now += ms;
      line.onProgress({ pages, bars: pages * 1_000, fraction });
    },
    written: () => written,
  };
}

it('a terminal has one line, written over at most ten times a second', () => {
  const { line, after, written } = aLine(true);
  after(1_000, 0.1, 1);
  after(50, 0.2, 2);
  after(1_000, 0.3, 3);
  line.end();
  line.end();
  expect(written()).toBe(
    '\r\u{1b}[KBTC/USDT 1h, Binance US: 10 %, 1 page, 1,000 bars, 1,000 bars/s, 9 s left' +
      '\r\u{1b}[KBTC/USDT 1h, Binance US: 30 %, 3 pages, 3,000 bars, 1,463 bars/s, 5 s left\n',
  );
});

it('a log has a line every five seconds, and one at the end', () => {
  const { line, after, written } = aLine(false);
  after(4_000, 0.001, 1);
  after(2_000, 0.002, 2);
  after(1_000, 0.5, 3);
  after(1_000, 1, 4);
  line.end();
  expect(written().split('\n')).toEqual([
    'BTC/USDT 1h, Binance US: 0 %, 2 pages, 2,000 bars, 333 bars/s, 50 min left',
    'BTC/USDT 1h, Binance US: 100 %, 4 pages, 4,000 bars, 500 bars/s',
    '',
  ]);
});
