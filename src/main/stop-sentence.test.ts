import { expect, it } from 'vitest';
import { stopSentence } from './stop-sentence.ts';
import { NOTHING_OPEN } from './testing/desktop.ts';

it('says what a stop did, what is still to do, and why', () => {
  expect(stopSentence(NOTHING_OPEN)).toBe('Stopped.');
  expect(stopSentence({ ...NOTHING_OPEN, cancelled: ['a'], kept: ['b', 'c'] })).toBe(
    'Stopped. 1 order withdrawn. 2 protective orders left in place.',
  );
  const place = {
    key: 'live 1',
    account: 'live',
    venue: 'Kraken',
    state: 'not-yet',
    sentence: 'Kraken does not answer.',
    time: 0,
    cancelled: [],
    notCancelled: ['a'],
    kept: [],
    sold: [],
    notSold: ['BTC/USD'],
  } as const;
  const { notCancelled, notSold } = place;
  const report = { ...NOTHING_OPEN, notCancelled, notSold };
  expect(
    stopSentence({
      ...report,
      state: 'not-yet',
      places: [{ ...place, cancelled: [], notCancelled: ['a'], kept: [], sold: [], notSold: [] }],
    }),
  ).toBe(
    'Stopped, but NOT carried out yet; it is gone on with. 1 order not withdrawn yet. Not sold yet: BTC/USD. Kraken: Kraken does not answer.',
  );
});
