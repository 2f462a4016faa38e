/** Writes down what nobody caught; what becomes of it stays as it is. */

/** What is used of Node's `process`. */
interface FaultyProcess {
  on(
    event: 'uncaughtExceptionMonitor' | 'unhandledRejection',
    listener: (fault: unknown) => void,
  ): unknown;
  readonly stderr: { on(event: 'error', listener: () => void): unknown };
}

/** Electron's main process goes on after a rejection that nobody handles, with a warning nobody sees. */
export function logUncaught(process: FaultyProcess, log: (text: string) => void): void {
  // A terminal that is gone must not take the app along: the log's file has every line too.
  process.stderr.on('error', () => {});
  process.on('uncaughtExceptionMonitor', (fault) => log(`Nobody caught this. ${textOf(fault)}`));
  process.on('unhandledRejection', (fault) => log(`Nobody handled this. ${textOf(fault)}`));
}

function textOf(fault: unknown): string {
  return fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
}
