import { expect, it } from 'vitest';
import { samplePosition } from '../testing/sample-bots.ts';
import { levelsOf } from './levels.ts';

it('names the entry, and the exits that are there', () => {
  expect(levelsOf(null)).toEqual([]);
  expect(levelsOf(samplePosition({ stop: null })).map(({ name }) => name)).toEqual(['Entry']);
  expect(levelsOf(samplePosition({ target: 52_000 }))).toEqual([
    { name: 'Entry', price: 50_000, colour: 'accent' },
    { name: 'Stop', price: 48_500, colour: 'down' },
    { name: 'Target', price: 52_000, colour: 'up' },
  ]);
});
