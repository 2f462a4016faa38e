import { expect, it } from 'vitest';
import { fromEnvironment, isInEnvironment } from './environment.ts';

it('gives the pair, trimmed', () => {
  const environment = { EXCHANGE_API_KEY: ' abc ', EXCHANGE_API_SECRET: 'def\n' };
  expect(fromEnvironment(environment)).toEqual({
    ok: true,
    value: { apiKey: 'abc', secret: 'def' },
  });
  expect(isInEnvironment(environment)).toBe(true);
});

it('gives nothing where neither is set, or both are blank', () => {
  for (const environment of [{}, { EXCHANGE_API_KEY: '', EXCHANGE_API_SECRET: ' ' }]) {
    expect(fromEnvironment(environment)).toEqual({ ok: true, value: null });
    expect(isInEnvironment(environment)).toBe(false);
  }
});

it.each([
  [{ EXCHANGE_API_KEY: 'abc' }, 'EXCHANGE_API_SECRET is not'],
  [{ EXCHANGE_API_SECRET: 'abc', EXCHANGE_API_KEY: ' ' }, 'EXCHANGE_API_KEY is not'],
  [{ EXCHANGE_API_KEY: 'a b', EXCHANGE_API_SECRET: 'def' }, 'In the environment'],
])('names what is wrong', (environment, part) => {
  const set = fromEnvironment(environment);
  expect(set).toMatchObject({ ok: false, error: { code: 'KEY_INVALID' } });
  expect(!set.ok && set.error.sentence).toContain(part);
  expect(isInEnvironment(environment)).toBe(true);
});
