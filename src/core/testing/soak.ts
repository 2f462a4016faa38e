/** The random sequences in great number, and how much they have seen. */

import fc from 'fast-check';
import { runSequence } from './run-sequence.ts';
import { sequences } from './sequence.ts';

const DEFAULT_RUNS = 10_000;

/** Longest sequence, in steps. */
const LONGEST = 250;

/** Runs as many sequences as `SOAK_RUNS` says and prints what was in them. @throws Error with the shrunk sequence */
export function soakEngine(): void {
  const numRuns = Number(process.env['SOAK_RUNS'] ?? DEFAULT_RUNS);
  const totals = new Map<string, number>([['sequences', 0]]);
  const add = (name: string, count: number) => totals.set(name, (totals.get(name) ?? 0) + count);
  fc.assert(
    fc.property(sequences(LONGEST), (sequence) => {
      const counts = runSequence(sequence);
      add('sequences', 1);
      for (const [name, count] of Object.entries(counts)) add(name, count);
    }),
    { numRuns },
  );
  const figures = [...totals].map(([name, count]) => `  ${count.toLocaleString('en')} ${name}`);
  process.stdout.write(`The engine, whatever happens to it:\n${figures.join('\n')}\n`);
}
