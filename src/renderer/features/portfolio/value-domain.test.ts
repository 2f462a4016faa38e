import { expect, it } from 'vitest';
import { valueDomain } from './value-domain.ts';

it('is as wide as the data', () => {
  expect(valueDomain([900, 1_100])).toEqual([900, 1_100]);
});

it('is 1 % where the data hardly moves, with the data in the middle', () => {
  expect(valueDomain([999.95, 1_000.05])).toEqual([995, 1_005]);
  expect(valueDomain([0, 0])).toEqual([0, 0]);
});
