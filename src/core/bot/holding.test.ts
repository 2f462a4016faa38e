/** What a holding makes up its mind about without asking for anything yet must be told all the same. */

import { describe, expect, it } from 'vitest';
import { cancels, Stage } from '../testing/stage.ts';

/** A position whose target is gone, and whose stop is being withdrawn to be placed anew with another. */
function withoutGuards(): Stage {
  const stage = new Stage({ restingExits: 'pair' });
  stage.quote(100);
  stage.buy({ stop: { kind: 'price', price: 95 }, target: 110 });
  stage.filled('o1', 0.5, 100);
  stage.accepted('o2');
  stage.accepted('o3');
  expect(cancels(stage.cancelled('o3'))).toEqual(['o2']);
  return stage;
}

describe('a price at which the position is to be sold, while its stop is being withdrawn', () => {
  it('is told to the books: a journal without it would go on otherwise', () => {
    const stage = withoutGuards();
    const told = stage.audited.length;
    expect(stage.quote(111)).toEqual([]);
    expect(stage.audited.length).toBeGreaterThan(told);
    stage.quote(109);
    expect(stage.cancelled('o2')).toMatchObject([
      { kind: 'submit', order: { type: 'market', reason: 'take-profit' } },
    ]);
  });

  it('is told once', () => {
    const stage = withoutGuards();
    stage.quote(111);
    const told = stage.audited.length;
    stage.quote(112);
    expect(stage.audited).toHaveLength(told);
  });
});
