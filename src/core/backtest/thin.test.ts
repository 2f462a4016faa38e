import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thinIndices } from './thin.ts';

const values = fc
  .array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 400 })
  .map((drawn) => Float64Array.from(drawn));
const maxPoints = fc.integer({ min: 4, max: 60 });

function thinned(column: Float64Array, points: number): number[] {
  return [...thinIndices(column, column.length, points)];
}

describe('thinning a curve', () => {
  it('keeps a spike that lies between thousands of flat points', () => {
    const column = new Float64Array(10_000).fill(5);
    column[6_789] = 9;
    column[6_790] = 1;
    expect(thinned(column, 100)).toEqual(expect.arrayContaining([0, 6_789, 6_790, 9_999]));
  });

  it('keeps every point of a short curve', () => {
    expect(thinned(Float64Array.of(3, 1, 2), 4)).toEqual([0, 1, 2]);
    expect(thinned(new Float64Array(0), 4)).toEqual([]);
  });

  it('ignores what lies beyond the length', () => {
    expect([...thinIndices(Float64Array.of(1, 2, 1, 2, 1, 99), 5, 4)]).not.toContain(5);
  });

  it('gives rising indices within bounds, first and last among them, at most as many as asked', () => {
    fc.assert(
      fc.property(values, maxPoints, (column, points) => {
        const kept = thinned(column, points);
        expect(kept.length).toBe(new Set(kept).size);
        expect(kept.length).toBeLessThanOrEqual(points);
        expect(kept).toEqual(kept.toSorted((a, b) => a - b));
        if (column.length > 0) expect([kept[0], kept.at(-1)]).toEqual([0, column.length - 1]);
      }),
    );
  });

  it('keeps the highest and the lowest value of the whole', () => {
    fc.assert(
      fc.property(values, maxPoints, (column, points) => {
        const drawn = thinned(column, points).map((index) => column[index] ?? NaN);
        expect(Math.max(...drawn)).toBe(Math.max(...column));
        expect(Math.min(...drawn)).toBe(Math.min(...column));
      }),
    );
  });

  it('keeps the extremes of each of several columns on one time axis', () => {
    const pair = fc.array(fc.tuple(fc.integer(), fc.integer()), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(pair, fc.integer({ min: 6, max: 60 }), (rows, points) => {
        const columns = [0, 1].map((side) => Float64Array.from(rows, (row) => row[side] ?? NaN));
        const [first, second] = columns;
        if (first === undefined || second === undefined) throw new Error('two columns were made');
        const kept = [...thinIndices([first, second], rows.length, points)];
        expect(kept.length).toBeLessThanOrEqual(points);
        for (const column of columns) {
          const drawn = kept.map((index) => column[index] ?? NaN);
          expect(Math.max(...drawn)).toBe(Math.max(...column));
          expect(Math.min(...drawn)).toBe(Math.min(...column));
        }
      }),
    );
  });

  it('refuses fewer points than the extremes need', () => {
    expect(() => thinIndices(new Float64Array(9), 9, 3)).toThrow(RangeError);
    expect(() => thinIndices([new Float64Array(9), new Float64Array(9)], 9, 5)).toThrow(RangeError);
  });
});
