/** A value that is read again when it has grown old; those who ask while it is being read share the one read. */

import type { Read } from './feed-errors.ts';

/** @param lifeMs - How long a value that was read is good for. */
export function keptFresh<T>(
  read: () => Promise<Read<T>>,
  lifeMs: number,
  now: () => number,
): () => Promise<Read<T>> {
  let kept: { readonly value: Read<T>; readonly until: number } | null = null;
  let reading: Promise<Read<T>> | null = null;

  const readAgain = async (): Promise<Read<T>> => {
    try {
      const value = await read();
      // A failure is not kept: whoever asks next asks the exchange.
      kept = value.ok ? { value, until: now() + lifeMs } : null;
      return value;
    } finally {
      reading = null;
    }
  };

  return () => {
    if (kept !== null && now() < kept.until) return Promise.resolve(kept.value);
    reading ??= readAgain();
    return reading;
  };
}
