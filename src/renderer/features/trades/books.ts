/** Whose books are shown: an account that trades, one that nothing is connected to, or one that has ended. */

import { VENUE_NAMES } from '../../../contract/live.ts';
import { MARKET_VENUES, type MarketVenue } from '../../../contract/market.ts';
import type { AccountKind, AccountSummaryWire } from '../../../contract/trading.ts';
import { formatDateRange } from '../../ui/format.ts';

export interface Books {
  /** Of this account among all of paper and live. */
  readonly key: string;
  readonly account: AccountKind;
  readonly accountId: number;
  /** Has not ended. */
  readonly isCurrent: boolean;
  readonly title: string;
  readonly bots: AccountSummaryWire['bots'];
}

const NAMES: Readonly<Record<MarketVenue, string>> = { ...VENUE_NAMES, sample: 'Practice market' };

/** @param accounts newest first */
export function booksOf(accounts: readonly AccountSummaryWire[]): readonly Books[] {
  return accounts.map(({ account, accountId, venueId, startedAt, endedAt, bots }) => {
    const venue = MARKET_VENUES.find((id) => id === venueId);
    const name = `${account === 'live' ? 'Live' : 'Paper'}, ${venue === undefined ? venueId : NAMES[venue]}`;
    return {
      key: `${account} ${accountId}`,
      account,
      accountId,
      isCurrent: endedAt === null,
      title: endedAt === null ? name : `${name}, ${formatDateRange(startedAt, endedAt)}`,
      bots,
    };
  });
}

/** The books that were picked; else those of the account that the frame shows; else any. */
export function shownBooks(
  all: readonly Books[],
  pickedKey: string | null,
  shown: AccountKind,
): Books | null {
  const picked = all.find(({ key }) => key === pickedKey);
  const current = all.find(({ account, isCurrent }) => account === shown && isCurrent);
  return picked ?? current ?? all.find(({ account }) => account === shown) ?? all[0] ?? null;
}

export function botNameIn({ bots }: Books, botId: string): string {
  return bots.find(({ id }) => id === botId)?.name ?? botId;
}
