/** The keychain's library in a process of Electron's own kind: the packed program does not run as Node. */

import { childEnvironment } from '../app/child-environment.ts';
import type { KeychainProcess, StartKeychainProcess } from '../app/vault/keychain-process.ts';

/** What is used of Electron's `UtilityProcess`. */
interface ForkedProcess {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: () => void): unknown;
  kill(): boolean;
}

/** What is used of Electron's `utilityProcess`. */
export interface UtilityProcesses {
  fork(
    script: string,
    args: string[],
    options: {
      readonly env: Readonly<Record<string, string | undefined>>;
      readonly stdio: 'ignore';
      readonly serviceName: string;
    },
  ): ForkedProcess;
}

export interface KeychainProcessParts {
  readonly utilityProcess: UtilityProcesses;
  /** Absolute path of the built `keychain-child`. */
  readonly script: string;
  /** Ours: of it the process gets the session's D-Bus address, and no key or token. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export function keychainInElectron(parts: KeychainProcessParts): StartKeychainProcess {
  const { utilityProcess, script, environment } = parts;
  const env = childEnvironment(environment);
  return (): KeychainProcess => {
    const serviceName = 'CryptoPiggy keychain';
    const child = utilityProcess.fork(script, [], { env, stdio: 'ignore', serviceName });
    return {
      send: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.on('exit', listener),
      kill: () => void child.kill(),
    };
  };
}
