import { describe, expect, it } from 'vitest';
import type { AccountSummaryWire } from '../../../contract/trading.ts';
import { booksOf, botNameIn, shownBooks } from './books.ts';

const JANUARY = Date.UTC(2026, 0, 5);
const DAY = 86_400_000;

function summary(over: Partial<AccountSummaryWire>): AccountSummaryWire {
  return {
    account: 'paper',
    accountId: 1,
    venueId: 'sample',
    startedAt: JANUARY,
    endedAt: null,
    trades: 0,
    bots: [{ id: 'b1', name: 'Rosa' }],
    ...over,
  };
}

const ALL = booksOf([
  summary({ accountId: 2 }),
  summary({ accountId: 1, venueId: 'kraken', endedAt: JANUARY + 3 * DAY }),
  summary({ account: 'live', accountId: 1, venueId: 'binanceus' }),
  summary({ accountId: 9, venueId: 'my recording.csv', endedAt: JANUARY }),
]);

describe('books', () => {
  it('say whose they are, and of when where they have ended', () => {
    expect(ALL.map(({ title }) => title)).toEqual([
      'Paper, Practice market',
      'Paper, Kraken, 2026-01-05 to 2026-01-08',
      'Live, Binance US',
      'Paper, my recording.csv, 2026-01-05',
    ]);
    expect(new Set(ALL.map(({ key }) => key)).size).toBe(4);
  });

  it('are those of the account that the frame shows, until others are picked', () => {
    const shown = (picked: string | null, account: 'paper' | 'live') =>
      shownBooks(ALL, picked, account)?.key;
    expect(shown(null, 'paper')).toBe('paper 2');
    expect(shown(null, 'live')).toBe('live 1');
    expect(shown('paper 1', 'live')).toBe('paper 1');
    expect(shown('paper 77', 'live')).toBe('live 1');
  });

  it('that have ended are better than none', () => {
    const ended = ALL.filter(({ isCurrent }) => !isCurrent);
    expect(shownBooks(ended, null, 'paper')?.key).toBe('paper 1');
    expect(shownBooks(ended, null, 'live')?.key).toBe('paper 1');
    expect(shownBooks([], null, 'paper')).toBeNull();
  });

  it('know a bot by its name, and one from before names were kept by its id', () => {
    const named = ALL.map((books) => [botNameIn(books, 'b1'), botNameIn(books, 'old')]);
    expect(named[0]).toEqual(['Rosa', 'old']);
  });
});
