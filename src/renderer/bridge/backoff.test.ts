import fc from 'fast-check';
import { expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

it('waits at least a moment, never longer than eight seconds, never less after more failures', () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.nat(5_000), random, (failures, luck) => {
      const ms = backoffMs(failures, luck);
      expect(ms).toBeGreaterThanOrEqual(125);
      expect(ms).toBeLessThanOrEqual(8_000);
      expect(backoffMs(failures + 1, luck)).toBeGreaterThanOrEqual(ms);
    }),
  );
});
