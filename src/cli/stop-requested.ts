/** Notices a polite request to end. */

/** Aborts at the first Ctrl+C or polite kill; a second one ends the process as usual. */
export function stopRequested(): AbortSignal {
  const controller = new AbortController();
  const request = (): void => controller.abort();
  process.once('SIGINT', request);
  process.once('SIGTERM', request);
  return controller.signal;
}
