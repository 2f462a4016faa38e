/** How many quotes become few, and which of them. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import { thinned } from './thinning.ts';

const GAP = 250;

function aThinning(): {
  readonly clock: ReturnType<typeof createVirtualClock>;
  readonly told: { readonly value: number; readonly at: number }[];
  readonly thin: ReturnType<typeof thinned<number>>;
} {
  const clock = createVirtualClock(0);
  const told: { readonly value: number; readonly at: number }[] = [];
  const thin = thinned(clock, GAP, (value: number) => told.push({ value, at: clock.now() }));
  return { clock, told, thin };
}

it('tells the first at once, and then the latest of each quarter of a second', () => {
  const { clock, told, thin } = aThinning();
  for (const value of [1, 2, 3, 4, 5, 6]) {
    thin.give(value);
    clock.advance(100);
  }
  clock.advance(GAP);
  expect(told).toEqual([
    { value: 1, at: 0 },
    { value: 3, at: 250 },
    { value: 5, at: 500 },
    { value: 6, at: 750 },
  ]);
});

it('never tells too often, never holds more than one, and always tells the last', () => {
  const pauses = fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 1 });
  fc.assert(
    fc.property(pauses, (many) => {
      const { clock, told, thin } = aThinning();
      for (const [value, pause] of many.entries()) {
        clock.advance(pause);
        thin.give(value);
        expect(clock.waits().length).toBeLessThanOrEqual(1);
      }
      clock.advance(GAP);
      expect(told.at(-1)?.value).toBe(many.length - 1);
      for (const [index, { at, value }] of told.entries()) {
        const before = told[index - 1];
        if (before === undefined) continue;
        expect(at - before.at).toBeGreaterThanOrEqual(GAP);
        expect(value).toBeGreaterThan(before.value);
      }
    }),
  );
});

it('tells what waits when it is asked to, and not a second time', () => {
  const { clock, told, thin } = aThinning();
  thin.give(1);
  thin.give(2);
  thin.flush();
  clock.advance(GAP);
  expect(told.map(({ value }) => value)).toEqual([1, 2]);
});

it('forgets what waits, and leaves no timer', () => {
  const { clock, told, thin } = aThinning();
  thin.give(1);
  thin.give(2);
  thin.drop();
  expect(clock.waits()).toEqual([]);
  clock.advance(GAP);
  expect(told.map(({ value }) => value)).toEqual([1]);
});
