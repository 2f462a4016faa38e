/** How long an exchange is left alone, whatever becomes of this computer's clock. */

import { expect, it } from 'vitest';
import { createRatePause } from './rate-pause.ts';

it('keeps the longest pause that was asked for', () => {
  let now = 1_000;
  const pause = createRatePause(() => now);
  pause.extend(500);
  pause.extend(200);
  expect(pause.leftMs()).toBe(500);
  now += 500;
  expect(pause.leftMs()).toBe(0);
});

it('is none where none was asked for and the clock was set back', () => {
  let now = 3_600_000;
  const pause = createRatePause(() => now);
  pause.extend(0);
  now = 0;
  expect(pause.leftMs()).toBe(0);
});

it('is not made longer by a clock that was set back', () => {
  let now = 3_600_000;
  const pause = createRatePause(() => now);
  pause.extend(60_000);
  now = 0;
  expect(pause.leftMs()).toBe(60_000);
  now = 60_000;
  expect(pause.leftMs()).toBe(0);
});
