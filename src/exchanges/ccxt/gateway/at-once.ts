/** A look at what has just been sent: soon, a few times, and never for long. */

import { wait, type Patience } from '../retry.ts';

/** A sender is not kept waiting for longer, ms. */
const LONGEST_MS = 1_500;
/** Between two looks, ms. */
const PAUSES_MS = [100, 300, 600];

/** @returns what was seen last; `null` where nothing was in time @throws what the first look throws */
export async function atOnce<T>(
  look: () => Promise<T>,
  isEnough: (seen: T) => boolean,
  patience: Patience,
): Promise<T | null> {
  const { promise: isLate, resolve } = Promise.withResolvers<null>();
  const callOff = patience.clock.setTimer(LONGEST_MS, () => resolve(null));
  const looks = async (): Promise<T> => {
    let seen = await look();
    for (const ms of PAUSES_MS) {
      if (isEnough(seen)) return seen;
      await wait(ms, patience);
      seen = await look();
    }
    return seen;
  };
  return Promise.race([looks(), isLate]).finally(callOff);
}
