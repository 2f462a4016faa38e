/** Says once that reads keep failing, and once that all of them work again. */

import type { FeedEvent } from '../../core/ports/market-feed.ts';

export interface ConnectionWatch {
  /** @param what - The read that fails, so that another's success does not hide it. */
  fails(what: string, sentence: string): void;
  works(what: string): void;
}

export function watchConnection(
  venue: string,
  listener: (event: FeedEvent) => void,
): ConnectionWatch {
  const failing = new Set<string>();
  return {
    fails: (what, sentence) => {
      const first = failing.size === 0;
      failing.add(what);
      if (first) listener({ kind: 'connection', up: false, sentence });
    },
    works: (what) => {
      if (!failing.delete(what) || failing.size > 0) return;
      listener({ kind: 'connection', up: true, sentence: `${venue} answers again.` });
    },
  };
}
