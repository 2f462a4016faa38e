/** Timing with medians: on a shared machine the mean measures the neighbours. */

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2;
}

/** Milliseconds that one call takes. */
export function milliseconds(work: () => unknown): number {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}

/**
 * Median milliseconds of several pieces of work, taken in turns so that a slow moment of the machine hits all alike.
 * @param warmUps rounds that only let the compiler finish
 */
export function medianInTurns<Name extends string>(
  works: Readonly<Record<Name, () => unknown>>,
  warmUps: number,
  rounds: number,
): Record<Name, number> {
  const names = Object.keys(works) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < warmUps + rounds; round += 1) {
    for (const name of names) {
      const took = milliseconds(works[name]);
      if (round >= warmUps) times.get(name)?.push(took);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<
    Name,
    number
  >;
}
