import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_PROTECTION, type Protection, type StopLevel } from '../domain/order.ts';
import { mergePlans, planExit, trail, type ExitPlan } from './exit-plan.ts';

const at = (price: number): StopLevel => ({ kind: 'price', price });
const below = (fraction: number): StopLevel => ({ kind: 'distance', fraction });

function plan(over: Partial<Protection>, price = 100): ExitPlan {
  return planExit({ ...NO_PROTECTION, ...over }, price, 1_000);
}

describe('the plan of a position', () => {
  it('has its stop at a price, or below what was paid', () => {
    expect(plan({ stop: at(93) })).toMatchObject({ stop: 93, stopReason: 'stop-loss' });
    expect(plan({ stop: below(0.05) }, 200)).toMatchObject({ stop: 190 });
    expect(plan({})).toMatchObject({ stop: null, target: null, trailing: null, sellAt: null });
  });

  it('takes the higher of stop and trailing stop, and calls it by its name', () => {
    expect(plan({ stop: at(93), trailing: 0.1 })).toMatchObject({
      stop: 93,
      stopReason: 'stop-loss',
      trailing: 0.1,
    });
    expect(plan({ stop: at(80), trailing: 0.1 })).toMatchObject({
      stop: 90,
      stopReason: 'trailing-stop',
    });
    expect(plan({ trailing: 0.25 })).toMatchObject({ stop: 75, stopReason: 'trailing-stop' });
    expect(plan({ stop: at(90), trailing: 0.1 }).stopReason).toBe('stop-loss');
  });

  it('counts the time from the entry', () => {
    expect(plan({ maxHoldMs: 60_000 }).sellAt).toBe(61_000);
  });
});

describe('a further fill', () => {
  it('never lowers the stop', () => {
    const first = plan({ stop: below(0.05) });
    const cheaper = plan({ stop: below(0.05) }, 98);
    expect(mergePlans(first, cheaper)).toEqual({ ...cheaper, stop: 95, highest: 100 });
    const dearer = plan({ stop: below(0.05) }, 110);
    expect(mergePlans(first, dearer)).toEqual({ ...dearer, stop: 104.5, highest: 110 });
  });

  it('keeps a stop that was trailed up, its name and the highest price', () => {
    const trailed = trail(plan({ trailing: 0.1 }), 120, null);
    expect(mergePlans(trailed, plan({ trailing: 0.1 }, 105))).toMatchObject({
      stop: 108,
      stopReason: 'trailing-stop',
      highest: 120,
    });
  });

  it('is the whole plan where there was none, or none with a stop', () => {
    const next = plan({ stop: at(90) });
    expect(mergePlans(null, next)).toBe(next);
    expect(mergePlans(plan({}), next)).toBe(next);
    expect(mergePlans(next, plan({})).stop).toBe(90);
  });
});

describe('trailing', () => {
  const trailing = plan({ trailing: 0.1 });

  it('follows the highest price up and stays when it falls', () => {
    const up = trail(trailing, 120, null);
    expect(up).toMatchObject({ stop: 108, highest: 120, stopReason: 'trailing-stop' });
    expect(trail(up, 110, null)).toBe(up);
    expect(trail(up, 120, null)).toBe(up);
  });

  it('does not touch a plan without it', () => {
    const fixed = plan({ stop: at(93) });
    expect(trail(fixed, 500, null)).toBe(fixed);
  });

  it('remembers a new high that does not reach the fixed stop yet', () => {
    const mixed = plan({ stop: at(95), trailing: 0.1 });
    expect(trail(mixed, 104, null)).toEqual({ ...mixed, highest: 104 });
    expect(trail(mixed, 110, null)).toMatchObject({ stop: 99, stopReason: 'trailing-stop' });
  });

  it('moves in steps of the price, downwards', () => {
    expect(trail(trailing, 121.5, 0.5).stop).toBe(109);
    expect(trail(trailing, 122, 0.5).stop).toBe(109.5);
    const up = trail(trailing, 122, 0.5);
    expect(trail(up, 122.1, 0.5)).toEqual({ ...up, highest: 122.1 });
  });

  it('passes over a high that is no number', () => {
    expect(trail(trailing, NaN, null)).toBe(trailing);
  });

  it('only ever raises the stop, and leaves it under the highest price', () => {
    const highs = fc.array(fc.double({ min: 1, max: 1e6, noNaN: true }), { maxLength: 30 });
    const step = fc.constantFrom(null, 0.01, 1);
    fc.assert(
      fc.property(highs, step, (list, priceStep) => {
        let now = trailing;
        for (const high of list) {
          const next = trail(now, high, priceStep);
          expect(next.stop).toBeGreaterThanOrEqual(now.stop ?? NaN);
          expect(next.stop).toBeLessThan(next.highest);
          expect(next.highest).toBe(Math.max(now.highest, high));
          now = next;
        }
      }),
    );
  });
});
