/** Starts the process that holds the keychain's library. */

import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '../child-environment.ts';
import type { Request } from './keychain-messages.ts';

/** A running process; Electron's utility processes can stand behind it as well as those of Node. */
export interface KeychainProcess {
  send(message: Request): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: () => void): void;
  kill(): void;
}

export type StartKeychainProcess = () => KeychainProcess;

/**
 * Not for Electron, whose packed program does not run as Node (electron-builder.yml, `runAsNode`).
 * @param script - `keychain-child.ts`, or what was built of it
 * @param environment - ours: of it the process gets the session's D-Bus address, and no key or token
 */
export function keychainInNode(
  script: URL,
  environment: Readonly<Record<string, string | undefined>>,
): StartKeychainProcess {
  const env = childEnvironment(environment);
  return () => {
    const child = fork(fileURLToPath(script), { env, execArgv: [], stdio: 'ignore' });
    // It does not keep the app from ending; the time limit of a call keeps the app until the answer.
    child.unref();
    child.channel?.unref();
    child.on('error', () => undefined);
    return {
      send: (message) => void child.send(message, () => undefined),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.once('close', listener),
      kill: () => void child.kill('SIGKILL'),
    };
  };
}
