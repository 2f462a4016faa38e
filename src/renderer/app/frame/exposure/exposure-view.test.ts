/** What the window says of what is open: never nothing where it is not known, and no banner where nobody is needed. */

import { describe, expect, it } from 'vitest';
import type { ExposedPlace, Exposure } from '../../../../contract/exposure.ts';
import { saleOf } from '../stop/sale.ts';
import { bannersOf, isAnythingOpen, isDanger, knownExposure, markOf } from './exposure-view.ts';
import { unreachedSale } from './unreached-sale.ts';

const PLACE: ExposedPlace = {
  venueId: 'kraken',
  venue: 'Kraken',
  title: 'REAL MONEY IS OPEN on Kraken, and CryptoPiggy watches it.',
  isRehearsal: false,
  asOf: 0,
  isWatched: true,
  watch: 'CryptoPiggy sees its prices.',
  isGuarded: true,
  positions: [
    {
      botId: 'bot-1',
      symbol: 'BTC/USD',
      amount: 0.0005,
      entryPrice: 60_000,
      stop: 57_000,
      guardPlace: 'exchange',
      isGuarded: true,
      guard: 'its stop at 57000 rests at the exchange',
    },
  ],
  orders: [],
  stop: null,
  todo: { kind: 'none', sentence: '' },
};

const LOCKED: ExposedPlace = {
  ...PLACE,
  isWatched: false,
  watch: 'The keys are locked.',
  todo: { kind: 'unlock', sentence: 'Unlock the keys.' },
};

function openAt(...places: ExposedPlace[]): Exposure {
  return { state: 'open', unknown: null, places, todo: { kind: 'none', sentence: '' } };
}

const UNKNOWN: Exposure = {
  state: 'unknown',
  unknown: 'The books cannot be read.',
  places: [],
  todo: { kind: 'look', sentence: 'Look at the exchange.' },
};

describe('what is open', () => {
  it('stands beside the mode while nothing is to be done, and is left to the mode where that is live', () => {
    const watched = openAt(PLACE);
    expect(markOf(watched, false)).toMatchObject({ word: 'REAL MONEY OPEN', tone: 'calm' });
    expect(markOf(watched, true)).toBeNull();
    expect(bannersOf(watched)).toEqual([]);
  });

  it('is said on every screen where nobody watches it, in mode live too', () => {
    const locked = openAt(LOCKED);
    expect(markOf(locked, true)).toMatchObject({ word: 'REAL MONEY OPEN', tone: 'danger' });
    expect(bannersOf(locked)).toEqual([LOCKED]);
    expect(isDanger(LOCKED)).toBe(true);
  });

  it('is said where nothing guards it, although it is watched', () => {
    const bare = { ...PLACE, isGuarded: false };
    expect(bannersOf(openAt(bare))).toEqual([bare]);
    expect(isDanger(bare)).toBe(true);
  });

  it('is no danger where it is only to be armed or sold', () => {
    const kept: ExposedPlace = { ...PLACE, todo: { kind: 'arm', sentence: 'Arm, or sell.' } };
    expect(bannersOf(openAt(kept))).toEqual([kept]);
    expect(isDanger(kept)).toBe(false);
    expect(markOf(openAt(kept), false)?.tone).toBe('calm');
  });

  it('is called a rehearsal where all of it is one', () => {
    const rehearsal = { ...LOCKED, isRehearsal: true };
    expect(markOf(openAt(rehearsal), false)?.word).toBe('REHEARSAL OPEN');
    expect(markOf(openAt(rehearsal, LOCKED), false)?.word).toBe('REAL MONEY OPEN');
  });

  it('is not nothing where it is not known, or could not be asked', () => {
    const error = { code: 'INTERNAL', sentence: 'It broke.' } as const;
    const unasked = knownExposure({ status: 'failed', error });
    for (const exposure of [UNKNOWN, unasked]) {
      expect(isAnythingOpen(exposure)).toBe(true);
      expect(markOf(exposure, true)?.tone).toBe('danger');
    }
    expect(isAnythingOpen(knownExposure({ status: 'loading' }))).toBe(false);
    expect(markOf({ ...UNKNOWN, state: 'nothing', unknown: null }, false)).toBeNull();
  });

  it('is named in a sale that cannot reach it yet', () => {
    expect(saleOf(unreachedSale(openAt(LOCKED))).later).toEqual([
      {
        account: 'live',
        what: '0.00050000 BTC on Kraken',
        why: 'The keys are locked. Unlock the keys.',
      },
    ]);
    expect(saleOf(unreachedSale(UNKNOWN)).later).toEqual([
      { account: 'live', what: 'Everything there', why: 'The books cannot be read.' },
    ]);
    expect(unreachedSale(null)).toEqual([]);
  });
});
