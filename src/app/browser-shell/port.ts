/** Which port the browser shell takes: the one asked for, or its usual one, or any. */

import { fail, ok, type Result } from '../../core/domain/result.ts';

/** The same at every start where it is free: a browser keeps a page's settings by address and port. */
export const USUAL_PORT = 47_110;

/**
 * @param asked - `null` when no port was asked for; then any will do.
 * @param start - Starts on this port, 0 being any free one; throws with `code` EADDRINUSE where it is taken.
 * @throws whatever else `start` throws.
 */
export async function startOnPort<Started>(
  asked: number | null,
  start: (port: number) => Promise<Started>,
): Promise<Result<Started>> {
  try {
    return ok(await start(asked ?? USUAL_PORT));
  } catch (error) {
    if (!isPortTaken(error)) throw error;
  }
  if (asked === null) return ok(await start(0));
  return fail(
    'PORT_TAKEN',
    `Port ${asked} is in use by another program. Choose another with --port, or leave it out.`,
  );
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
