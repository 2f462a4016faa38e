/** Random weather on the engine: what an exchange, a person and a clock can do to it, against references. */

import fc from 'fast-check';
import { describe, it } from 'vitest';
import { runSequence } from './testing/run-sequence.ts';
import { sequences } from './testing/sequence.ts';

describe('the engine, whatever happens to it', () => {
  it('keeps its books, its limits and its guards', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(sequences(150), (sequence) => {
        runSequence(sequence);
      }),
      { numRuns: 2_000 },
    );
  });
});
