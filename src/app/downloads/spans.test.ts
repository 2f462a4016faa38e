/** Spans of time against the plain truth: which whole numbers are in them. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lengthOf, missingSpans, withSpan, type Span } from './spans.ts';

const span = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 10 }))
  .map(([from, length]) => ({ from, to: from + length }));

const moments = (spans: readonly Span[]): readonly number[] =>
  spans.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, index) => from + index));

it('joins into the same spans in whatever order they come', () => {
  fc.assert(
    fc.property(fc.array(span), (added) => {
      const joined = added.reduce<readonly Span[]>(withSpan, []);
      expect(moments(joined)).toEqual([...new Set(moments(added))].toSorted((a, b) => a - b));
      expect(added.toReversed().reduce<readonly Span[]>(withSpan, [])).toEqual(joined);
      for (const [index, { from }] of joined.entries())
        expect(joined[index - 1]?.to ?? -1).toBeLessThan(from);
    }),
  );
});

it('finds what is missing, each moment once', () => {
  fc.assert(
    fc.property(span, fc.array(span), (wanted, added) => {
      const covered = added.reduce<readonly Span[]>(withSpan, []);
      const missing = missingSpans(wanted, covered);
      const known = new Set(moments(covered));
      expect(moments(missing)).toEqual(moments([wanted]).filter((moment) => !known.has(moment)));
      expect(lengthOf(missing)).toBe(moments(missing).length);
    }),
  );
});
