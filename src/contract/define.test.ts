import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contract } from './contract.ts';
import { call, defineContract } from './define.ts';
import { contractError } from './errors.ts';

describe('the contract', () => {
  it('two groups with the same name fail at start', () => {
    const group = { 'app.info': call(z.strictObject({}), z.strictObject({})) };
    expect(() => defineContract(group, group)).toThrow('two entries named "app.info"');
  });

  it('names are a group and an action', () => {
    for (const name of Object.keys(contract)) expect(name).toMatch(/^[a-z]+(\.[a-z]+(-[a-z]+)*)+$/);
  });

  it('an error is a known code and a sentence, and nothing else', () => {
    const error = { code: 'INTERNAL', sentence: 'It broke.' };
    expect(contractError.safeParse(error).success).toBe(true);
    expect(contractError.safeParse({ ...error, stack: 'at x' }).success).toBe(false);
    expect(contractError.safeParse({ ...error, code: 'ENOENT' }).success).toBe(false);
  });
});
