import { describe, expect, it } from 'vitest';
import { nextSorting, sortRows } from './sort-rows.ts';

const ROWS = [
  { name: 'USDT', worth: 9_994 },
  { name: 'BTC', worth: 6_006 },
  { name: 'DUST', worth: null },
  { name: 'ETH', worth: -3 },
];

describe('rows', () => {
  it('go by figures or by words, either way; what has no figure stays last', () => {
    const byWorth = (direction: 'ascending' | 'descending') =>
      sortRows(ROWS, ({ worth }) => worth, direction).map(({ name }) => name);
    expect(byWorth('ascending')).toEqual(['ETH', 'BTC', 'USDT', 'DUST']);
    expect(byWorth('descending')).toEqual(['USDT', 'BTC', 'ETH', 'DUST']);
    const byName = sortRows(ROWS, ({ name }) => name, 'ascending');
    expect(byName.map(({ name }) => name)).toEqual(['BTC', 'DUST', 'ETH', 'USDT']);
  });

  it('that are equal stay as they came', () => {
    const equal = sortRows(ROWS, () => 1, 'descending');
    expect(equal).toEqual(ROWS);
  });
});

it('a column is pressed three times: up, down, and as it was', () => {
  const first = nextSorting(null, 'PnL');
  const second = nextSorting(first, 'PnL');
  expect([first, second, nextSorting(second, 'PnL')]).toEqual([
    { column: 'PnL', direction: 'ascending' },
    { column: 'PnL', direction: 'descending' },
    null,
  ]);
  expect(nextSorting(second, 'Cost')).toEqual({ column: 'Cost', direction: 'ascending' });
});
