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

  it('takes any number where it is empty: what has to go out together must', () => {
    const budget = new OrderBudget(ALLOWANCE);
    expect(budget.hasRoom('entry', 11)).toBe(true);
    budget.count(1);
    expect(budget.hasRoom('entry', 4)).toBe(false);
    expect(budget.hasRoom('entry', 3)).toBe(true);
    budget.hear(0);
    expect(budget.hasRoom('entry', 4)).toBe(false);
  });

  it('counts what went out from the next moment that is heard, each once', () => {
    const budget = new OrderBudget(ALLOWANCE);
    expect(budget.hear(10)).toBe(false);
    budget.count(2);
    expect(budget.state()).toEqual({ sent: [], undated: 2 });
    expect(budget.hear(20)).toBe(true);
    expect(budget.state()).toEqual({ sent: [20, 20], undated: 0 });
    expect(budget.hear(30)).toBe(false);
    budget.count(1);
    budget.hear(500);
    // A window long after the first, and not after the second.
    expect(budget.hear(1_020)).toBe(false);
    expect(budget.state()).toEqual({ sent: [500], undated: 0 });
  });

  it('is as it was when it is brought back, and apart from what it was brought from', () => {
    const kept = { sent: [1, 2, 3], undated: 1 };
    const budget = new OrderBudget(ALLOWANCE);
    budget.restore(kept);
    expect(budget.state()).toEqual(kept);
    budget.hear(4);
    expect(kept.sent).toEqual([1, 2, 3]);
  });

  it('says when there will be room for so many, and nothing where there is or nobody can tell', () => {
    const budget = new OrderBudget(ALLOWANCE);
    expect(budget.roomAt('entry', 1)).toBeNull();
    budget.restore({ sent: [100, 200, 300], undated: 0 });
    expect(budget.roomAt('entry', 1)).toBeNull();
    // One too many: when the first is over.
    expect(budget.roomAt('entry', 2)).toBe(1_100);
    expect(budget.roomAt('entry', 3)).toBe(1_200);
    // More than there ever will be: when the last is over.
    expect(budget.roomAt('entry', 9)).toBe(1_300);
    expect(budget.roomAt('sale', 1)).toBeNull();
    // What went out at no moment that is known frees no room that is.
    budget.restore({ sent: [], undated: 4 });
    expect(budget.roomAt('entry', 1)).toBeNull();
    budget.restore({ sent: [100], undated: 4 });
    expect(budget.roomAt('entry', 1)).toBe(1_100);
  });
});
