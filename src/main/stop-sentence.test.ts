import { expect, it } from 'vitest';
import { stopSentence } from './stop-sentence.ts';
import { NOTHING_OPEN } from './testing/desktop.ts';

it('says what a stop did, what it could not do, and what to do then', () => {
  expect(stopSentence(null)).toBe('There is no account yet, so nothing was trading.');
  expect(stopSentence(NOTHING_OPEN)).toBe('Stopped.');
  expect(stopSentence({ ...NOTHING_OPEN, cancelled: ['a'], kept: ['b', 'c'] })).toBe(
    'Stopped. 1 order withdrawn. 2 protective orders left in place.',
  );
  expect(stopSentence({ ...NOTHING_OPEN, notCancelled: ['a'], notSold: ['BTC/USDT'] })).toBe(
    'Stopped. 1 could not be: look at the exchange. Not sold: BTC/USDT. Look at the exchange.',
  );
});
