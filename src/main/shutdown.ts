/** Notices that the system or a terminal ends the app: it then closes in good order, and asks nobody. */

import type { Preventable } from './navigation-guard.ts';

/** What is used of Node's `process`. */
interface SignalledProcess {
  on(signal: 'SIGTERM' | 'SIGINT' | 'SIGHUP', listener: () => void): unknown;
}

/** What is used of Electron's `powerMonitor`. */
interface EndingSystem {
  /** The event is not in Electron's types, only in their text. */
  on(event: 'shutdown', listener: (event?: Preventable) => void): unknown;
}

export interface ShutdownParts {
  readonly process: SignalledProcess;
  readonly powerMonitor: EndingSystem;
  readonly quit: () => void;
  readonly log: (sentence: string) => void;
}

export interface Shutdown {
  /** Aborted once the end has begun. */
  readonly signal: AbortSignal;
  /** For whoever learns of it elsewhere. */
  begin(): void;
}

export function followShutdown({ process, powerMonitor, quit, log }: ShutdownParts): Shutdown {
  const end = new AbortController();

  function begin(why: string): void {
    if (!end.signal.aborted) log(`${why}; CryptoPiggy quits.`);
    end.abort();
    quit();
  }

  // A logout on Linux, Ctrl+C, and a terminal that is closed.
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(name, () => begin(`${name} has come`));
  }
  powerMonitor.on('shutdown', (event) => {
    // Linux and macOS then wait a little.
    event?.preventDefault();
    begin('The system shuts down');
  });
  return { signal: end.signal, begin: () => begin('The session ends') };
}
