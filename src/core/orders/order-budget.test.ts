import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OrderBudget } from './order-budget.ts';

const ALLOWANCE = { orders: 10, windowMs: 1_000 };

describe('the budget of an account', () => {
  it('never lets more out in any window than is allowed, whatever is asked', () => {
    const asks = fc.array(
      fc.record({
        pause: fc.integer({ min: 0, max: 700 }),
        count: fc.integer({ min: 1, max: 3 }),
        urgency: fc.constantFrom('sale', 'guard', 'entry'),
        isHeard: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(asks, (list) => {
        const budget = new OrderBudget(ALLOWANCE);
        const sent: number[] = [];
        let now = 0;
        for (const { pause, count, urgency, isHeard } of list) {
          now += pause;
          if (isHeard) budget.hear(now);
          if (!budget.hasRoom(urgency, count)) continue;
          budget.count(count);
          for (let order = 0; order < count; order += 1) sent.push(now);
          const inWindow = sent.filter((at) => at > now - ALLOWANCE.windowMs);
          expect(inWindow.length).toBeLessThanOrEqual(ALLOWANCE.orders);
        }
      }),
    );
  });

  it('leaves room for exits when entries have used up theirs, and says when there is more', () => {
    const budget = new OrderBudget(ALLOWANCE);
    budget.count(4);
    budget.hear(100);
    expect(budget.hasRoom('entry', 1)).toBe(false);
    expect(budget.hasRoom('guard', 4)).toBe(true);
    budget.count(4);
    budget.hear(500);
    expect(budget.hasRoom('guard', 1)).toBe(false);
    expect(budget.roomAt('guard', 1)).toBe(1_100);
    expect(budget.hasRoom('sale', 2)).toBe(true);
  });

  it('counts over a restart', () => {
    const budget = new OrderBudget(ALLOWANCE);
    budget.count(10);
    const again = new OrderBudget(ALLOWANCE);
    again.restore(budget.state());
    expect(again.hasRoom('sale', 1)).toBe(false);
    again.hear(50);
    again.hear(1_050);
    expect(again.hasRoom('sale', 1)).toBe(true);
  });
});
