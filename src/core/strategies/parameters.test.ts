import { describe, expect, it } from 'vitest';
import { parseParameters } from './parameters.ts';
import { findStrategy, strategies } from './registry.ts';
import { smaCross } from './sma-cross.ts';

const specs = {
  ...smaCross.parameters,
  ratio: { kind: 'number', label: '', help: '', default: 0.5, min: 0, max: 1, step: 0.1 },
  strict: { kind: 'boolean', label: '', help: '', default: false },
  source: { kind: 'choice', label: '', help: '', default: 'close', options: ['open', 'close'] },
} as const;

function sentence(given: Record<string, unknown>): string {
  const parsed = parseParameters(specs, given);
  return parsed.ok ? 'accepted' : parsed.error.sentence;
}

describe('strategy parameters', () => {
  it('are complete: what is not given takes its default', () => {
    expect(parseParameters(specs, { fast: 5 })).toEqual({
      ok: true,
      value: { fast: 5, slow: 30, ratio: 0.5, strict: false, source: 'close' },
    });
  });

  it('are read from the text of a command line', () => {
    const given = { fast: '7', ratio: ' 1e-1', strict: 'true', source: 'open' };
    expect(parseParameters(specs, given)).toMatchObject({
      value: { fast: 7, ratio: 0.1, strict: true, source: 'open' },
    });
  });

  it.each([
    [
      { fats: 1 },
      'There is no parameter "fats". This strategy takes: fast, slow, ratio, strict, source.',
    ],
    [{ fast: 'ten' }, 'Parameter fast is "ten", but must be a number.'],
    [{ fast: '0x10' }, 'Parameter fast is "0x10", but must be a number.'],
    [{ fast: '' }, 'Parameter fast is "", but must be a number.'],
    [{ fast: NaN }, 'Parameter fast is "NaN", but must be a number.'],
    [{ fast: Infinity }, 'Parameter fast is "Infinity", but must be a number.'],
    [{ fast: 1.5 }, 'Parameter fast is 1.5, but must be a whole number.'],
    [{ fast: 0 }, 'Parameter fast is 0, but must be from 1 to 500.'],
    [{ ratio: 1.01 }, 'Parameter ratio is 1.01, but must be from 0 to 1.'],
    [{ strict: 'yes' }, 'Parameter strict is "yes", but must be true or false.'],
    [{ source: 'high' }, 'Parameter source is "high", but must be one of: open, close.'],
    [
      { constructor: 1 },
      'There is no parameter "constructor". This strategy takes: fast, slow, ratio, strict, source.',
    ],
  ])('refuses %j and says why', (given, expected) => {
    expect(sentence(given)).toBe(expected);
  });
});

describe('the registry', () => {
  it('finds strategies by name, and nothing else', () => {
    expect(findStrategy('sma-cross')?.title).toBe('Moving-average cross');
    expect(findStrategy('toString')).toBeNull();
  });

  it('names every strategy once, with defaults that go together', () => {
    expect(new Set(strategies.map(({ name }) => name)).size).toBe(strategies.length);
    for (const strategy of strategies) expect(strategy.configure({}).ok).toBe(true);
  });

  it('refuses values that are each in range but do not go together', () => {
    expect(findStrategy('sma-cross')?.configure({ fast: 30, slow: 30 })).toMatchObject({
      ok: false,
      error: { sentence: 'fast is 30 and slow is 30, but fast must be less than slow.' },
    });
  });
});
