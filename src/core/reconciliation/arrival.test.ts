/** How long an order has been asked for: what a clock is set to is no waiting. */

import { expect, it } from 'vitest';
import { ARRIVAL_MS, Unfound } from './arrival.ts';

const START = 1_767_614_400_000;
const HOUR_MS = 3_600_000;

/** @param times ms after the start at which the order was asked for and not found @returns for how long by then, ms */
function askedAt(times: readonly number[]): number {
  const unfound = new Unfound();
  return times.reduce((_, time) => unfound.note('p-1', START + time), 0);
}

it('counts from the first question on', () => {
  expect(askedAt([0])).toBe(0);
  expect(askedAt([0, 500, 1_500, 3_500])).toBe(3_500);
});

it('lets a clock that was set forward prove nothing', () => {
  expect(askedAt([0, 500, HOUR_MS])).toBeLessThan(ARRIVAL_MS);
  expect(askedAt([0, 500, -HOUR_MS, 1_500])).toBeLessThan(ARRIVAL_MS);
});

it('goes on after a clock was set back', () => {
  const later = [0, 10_000, 20_000].map((time) => time - HOUR_MS);
  expect(askedAt([0, 10_000, 20_000, 30_000, ...later])).toBe(50_000);
});

it('begins anew for an order that was found meanwhile', () => {
  const unfound = new Unfound();
  unfound.note('p-1', START);
  unfound.note('p-1', START + 10_000);
  unfound.forget('p-1');
  expect(unfound.note('p-1', START + 20_000)).toBe(0);
});
