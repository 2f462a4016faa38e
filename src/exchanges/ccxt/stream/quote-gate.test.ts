/** Which updates of a book are news. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createQuoteGate, type BookUpdate } from './quote-gate.ts';

const NOW = 1_000_000;

function update(time: number, sequence: number | null, bid = 100): BookUpdate {
  return { quote: { symbol: 'BTC/USDT', time, bid, ask: 101, depth: null }, sequence };
}

it('lets through only what goes forward, whatever comes in whatever order', () => {
  const updates = fc.array(
    fc.record({ time: fc.integer({ min: NOW - 20_000, max: NOW + 20_000 }), sequence: fc.nat(50) }),
  );
  fc.assert(
    fc.property(updates, (many) => {
      const gate = createQuoteGate(() => NOW);
      const admitted = many.filter(({ time, sequence }) => gate.admits(update(time, sequence)));
      for (const [index, { time, sequence }] of admitted.entries()) {
        const before = admitted[index - 1];
        expect(Math.abs(time - NOW)).toBeLessThanOrEqual(15_000);
        expect(time).toBeGreaterThanOrEqual(before?.time ?? time);
        expect(sequence).toBeGreaterThan(before?.sequence ?? -1);
      }
    }),
  );
});

it('knows a book without a count by its prices', () => {
  const gate = createQuoteGate(() => NOW);
  expect(gate.admits(update(NOW, null, 100))).toBe(true);
  expect(gate.admits(update(NOW, null, 100))).toBe(false);
  expect(gate.admits(update(NOW, null, 100.5))).toBe(true);
});

it('takes up a new count after another connection, and still no earlier time', () => {
  const gate = createQuoteGate(() => NOW);
  expect(gate.admits(update(NOW, 900))).toBe(true);
  gate.redialled();
  expect(gate.admits(update(NOW - 1, 5))).toBe(false);
  expect(gate.admits(update(NOW + 1, 5))).toBe(true);
  expect(gate.admits(update(NOW + 2, 5))).toBe(false);
});
