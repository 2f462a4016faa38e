/** Notices a polite request to end. */

/** The first Ctrl+C or kill makes the answer `true`; a second one ends the process as usual. */
export function stopRequested(): () => boolean {
  let isRequested = false;
  const request = (): void => {
    isRequested = true;
  };
  process.once('SIGINT', request);
  process.once('SIGTERM', request);
  return () => isRequested;
}
