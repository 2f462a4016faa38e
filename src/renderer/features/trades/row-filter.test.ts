import { expect, it } from 'vitest';
import { NO_FILTER, passes, type Period, type RowFilter } from './row-filter.ts';

/** A Monday, a quarter past midnight UTC. */
const NOW = Date.UTC(2026, 0, 5, 0, 15);
const HOUR = 3_600_000;

const row = { symbol: 'BTC/USDT', botId: 'b1', time: NOW - HOUR };
const passesWith = (over: Partial<RowFilter>) => passes(row, { ...NO_FILTER, ...over }, NOW);

it('lets everything through at first', () => {
  expect(passesWith({})).toBe(true);
  expect(passes({ symbol: null, botId: null, time: 0 }, NO_FILTER, NOW)).toBe(true);
});

it('keeps to the symbol and the bot', () => {
  expect([passesWith({ symbol: 'BTC/USDT' }), passesWith({ symbol: 'ETH/USDT' })]).toEqual([
    true,
    false,
  ]);
  expect([passesWith({ botId: 'b1' }), passesWith({ botId: 'b2' })]).toEqual([true, false]);
  expect(passes({ ...row, symbol: null }, { ...NO_FILTER, symbol: 'BTC/USDT' }, NOW)).toBe(false);
});

it.each<[Period, number, boolean]>([
  ['today', 0.2, true],
  ['today', 1, false],
  ['week', 7 * 24 - 1, true],
  ['week', 7 * 24 + 1, false],
  ['month', 30 * 24 - 1, true],
  ['month', 30 * 24 + 1, false],
  ['all', 9_999, true],
])('%s: a row of %d hours ago passes: %s', (period, hours, expected) => {
  expect(passes({ ...row, time: NOW - hours * HOUR }, { ...NO_FILTER, period }, NOW)).toBe(
    expected,
  );
});
