import { expect, it } from 'vitest';
import { inWords } from './time-span.ts';

const MINUTE = 60_000;

it.each([
  [1, '1 minute'],
  [MINUTE, '1 minute'],
  [MINUTE + 1, '2 minutes'],
  [59 * MINUTE, '59 minutes'],
  [60 * MINUTE, '1 hour'],
  [61 * MINUTE, '1 hour and 1 minute'],
  [150 * MINUTE, '2 hours and 30 minutes'],
  [24 * 60 * MINUTE, '24 hours'],
  [25 * 60 * MINUTE, '1 day and 1 hour'],
  [7 * 24 * 60 * MINUTE, '7 days'],
  [0, '0 minutes'],
])('%i ms are %s', (ms, words) => {
  expect(inWords(ms)).toBe(words);
});
