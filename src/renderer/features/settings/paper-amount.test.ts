import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tradingContract } from '../../../contract/trading.ts';
import { readPaperAmount } from './paper-amount.ts';

const { input } = tradingContract['trading.transfer'];

it('is taken by the app, in and out, wherever nothing is wrong with it', () => {
  fc.assert(
    fc.property(fc.oneof(fc.double(), fc.double({ min: 0, max: 1e12, noNaN: true })), (typed) => {
      const { amount } = readPaperAmount(typed);
      if (amount === null) return;
      for (const moved of [amount, -amount]) {
        expect(input.safeParse({ currency: 'USDT', amount: moved }).error).toBeUndefined();
      }
    }),
  );
});

it.each(['', 0, -5, Number.NaN] as const)('says that %j moves nothing', (typed) => {
  expect(readPaperAmount(typed)).toEqual({
    amount: null,
    problem: 'The amount must be above 0.',
  });
});

it('says how much is too much', () => {
  const tooMuch = { amount: null, problem: 'At most 1,000,000,000,000 can be moved at a time.' };
  expect(readPaperAmount(2e12)).toEqual(tooMuch);
  expect(readPaperAmount(1e12).amount).toBe(1e12);
});

it('moves nothing where the text is no number', () => {
  const sentence = '"1,5" is not clear. Write 1.5 or 15.';
  const unread = { text: '1,5', sentence, isUnfinished: false };
  expect(readPaperAmount(unread)).toEqual({ amount: null, problem: sentence });
});
