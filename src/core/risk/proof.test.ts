import { describe, expect, it } from 'vitest';
import type { ExitOrder } from '../domain/order.ts';
import type { ApprovedOrder } from './approved-order.ts';
import { passExit } from './gate.ts';
import { HARD_LIMITS } from './hard-limits.ts';
import { provenApproved } from './proof.ts';
import { NO_PROTECTIONS } from './protections.ts';

function exit(): ExitOrder {
  return {
    purpose: 'exit',
    id: 'o1',
    symbol: 'BTC/USDT',
    side: 'sell',
    type: 'market',
    size: { unit: 'base', amount: 1 },
    price: null,
    bound: null,
    reason: 'signal',
  };
}

function approvedExit() {
  const whitelist: ReadonlySet<string> = new Set();
  const policy = { limits: HARD_LIMITS, protections: NO_PROTECTIONS, whitelist };
  return passExit(exit(), { kind: 'hard-limits', ...policy });
}

describe('the last door before an exchange', () => {
  it('lets an approved order through, the very same', () => {
    const order = approvedExit();
    expect(provenApproved(order)).toBe(order);
  });

  it.each([
    ['that was cast', () => exit() as ApprovedOrder],
    ['that was changed after it was approved', () => ({ ...approvedExit(), symbol: 'ETH/USDT' })],
    [
      'that was read from a file',
      () => JSON.parse(JSON.stringify(approvedExit())) as ApprovedOrder,
    ],
    ['of a backtest without limits', () => passExit(exit(), { kind: 'none' })],
  ])('lets no order through %s', (_, order) => {
    expect(() => provenApproved(order())).toThrow(
      'The order o1 was not approved by the risk gate.',
    );
  });
});
