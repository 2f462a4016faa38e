import { expect, it } from 'vitest';
import type { FeedEvent } from '../../core/ports/market-feed.ts';
import { watchConnection } from './connection-watch.ts';

it('tells of the first read that fails, and of the moment when every read works again', () => {
  const told: FeedEvent[] = [];
  const watch = watchConnection('Kraken', (event) => told.push(event));
  watch.works('quotes');
  watch.fails('quotes', 'Kraken is not available.');
  watch.fails('bars', 'Kraken did not answer.');
  watch.works('quotes');
  expect(told).toEqual([{ kind: 'connection', up: false, sentence: 'Kraken is not available.' }]);
  watch.works('bars');
  watch.works('bars');
  expect(told.slice(1)).toEqual([
    { kind: 'connection', up: true, sentence: 'Kraken answers again.' },
  ]);
});
