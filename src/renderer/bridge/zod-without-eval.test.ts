import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => vi.unstubAllGlobals());

it('no schema of the bridge or the contract tries to make code from text', async () => {
  const attempts: unknown[] = [];
  const underPolicy = new Proxy(Function, {
    construct(_target, given) {
      attempts.push(given);
      throw new EvalError('refused by the content security policy');
    },
  });
  vi.stubGlobal('Function', underPolicy);
  await import('./bridge.ts');
  const { contract } = await import('../../contract/contract.ts');
  expect(contract['app.info'].input.safeParse({}).success).toBe(true);
  expect(attempts).toEqual([]);
});
