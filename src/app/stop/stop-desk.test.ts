/** How soon a stop is tried again: with growing pauses, and at once when the person has made it possible. */

import { expect, it } from 'vitest';
import { rethrow } from '../testing/rethrow.ts';
import { LiveClock, settled } from '../trading/testing/live-clock.ts';
import { openStopDesk, stopsInMemory } from './open-stops.ts';
import { NO_BOOKS } from './stop-books.ts';
import { notYet, type StopPlace } from './stop-place.ts';

it('tries at once when a key was unlocked, and with short pauses from there on', async () => {
  const clock = new LiveClock(0);
  const run = clock.run();
  const tried: number[] = [];
  const place: StopPlace = {
    key: 'live 1',
    account: 'live',
    venue: 'Kraken',
    books: () => NO_BOOKS,
    carryOut: async () => {
      tried.push(clock.now);
      return notYet('The keys are locked.');
    },
  };
  const keys = new Set<() => void>();
  const side = { stopPlaces: () => [], stopPressed: () => {} };
  const desk = openStopDesk({
    stops: stopsInMemory(run.now, rethrow),
    clock: run,
    paper: side,
    live: { ...side, stopPlaces: () => [place] },
    keys: { onChange: (listener) => void keys.add(listener) },
    reportFault: rethrow,
  });
  desk.start();
  void desk.press(true);
  for (let second = 0; second < 200; second += 1) await clock.advance(1_000);
  const before = tried.length;
  // Half a minute apart by now.
  expect(before).toBeLessThan(14);
  for (const unlocked of keys) unlocked();
  await settled();
  expect(tried.length).toBe(before + 1);
  for (let second = 0; second < 4; second += 1) await clock.advance(1_000);
  expect(tried.length).toBeGreaterThan(before + 2);
  desk.close();
});
