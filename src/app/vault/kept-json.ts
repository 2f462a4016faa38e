/** Reads JSON that holds secrets: what does not fit is null, because a parser's message quotes what it read. */

import type { z } from 'zod';

export function readKept<T>(text: string, shape: z.ZodType<T>): T | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = shape.safeParse(value);
  return parsed.success ? parsed.data : null;
}
