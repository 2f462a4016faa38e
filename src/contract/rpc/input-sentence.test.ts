import { expect, it } from 'vitest';
import { z } from 'zod';
import { inputSentence } from './input-sentence.ts';

const schema = z.strictObject({
  config: z.strictObject({
    fee: z.number().max(1),
    name: z.string(),
    on: z.boolean(),
    n: z.number(),
  }),
});

function sentenceOf(input: unknown): string {
  const parsed = schema.safeParse(input);
  return parsed.success ? '' : inputSentence('The input', schema, parsed.error);
}

it('names the place and what was expected', () => {
  const config = { fee: 7, name: 'a', on: true, n: 1 };
  expect(sentenceOf({ config })).toBe(
    'The input is not valid: config.fee: Too big: expected number to be <=1.',
  );
});

it('shows three faults and counts the rest', () => {
  const sentence = sentenceOf({ config: {} });
  expect(sentence.split('; ')).toHaveLength(4);
  expect(sentence).toMatch(/; and 1 more\.$/);
});

it('never repeats a name that was sent', () => {
  const config = { fee: 1, name: 'a', on: true, n: 1 };
  expect(sentenceOf({ config, 'sk-secret': 1 })).toBe(
    'The input is not valid: has an entry too many.',
  );
  expect(sentenceOf({ config: { ...config, 'sk-secret': 1, '<img>': 2 } })).toBe(
    'The input is not valid: config: has 2 entries too many.',
  );
  const rates = z.object({ rates: z.record(z.string(), z.object({ fee: z.number() })) });
  for (const sent of ['sk-secret', 'plainsecret', 'toString']) {
    const refused = rates.safeParse({ rates: { [sent]: { fee: 'x' } } });
    if (refused.success) throw new Error('It was taken.');
    const sentence = inputSentence('The input', rates, refused.error);
    expect(sentence).toMatch(/^The input is not valid: rates\.\(an entry\)\.fee: /);
  }
});

it('never shows the value', () => {
  const config = { fee: 'sk-secret', name: 'a', on: 'sk-secret', n: 'sk-secret' };
  expect(sentenceOf({ config })).not.toContain('sk-secret');
  expect(sentenceOf('sk-secret')).not.toContain('sk-secret');
});
