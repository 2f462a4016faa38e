/** Opens an address in the person's own browser, as each system wants it. */

import { spawn } from 'node:child_process';
import { childEnvironment, type Environment } from '../child-environment.ts';

/** @returns program and arguments; none goes through a shell. */
export function browserCommand(
  platform: NodeJS.Platform,
  address: string,
): readonly [program: string, ...args: string[]] {
  switch (platform) {
    case 'win32':
      // `start` is a shell's own word, and a shell would read the address; this is not.
      return ['rundll32', 'url.dll,FileProtocolHandler', address];
    case 'darwin':
      return ['open', address];
    default:
      return ['xdg-open', address];
  }
}

/**
 * Resolves when the browser was started, or with why it was not.
 * @param environment - ours, of which it gets what a desktop needs and no secret
 */
export function openBrowser(
  platform: NodeJS.Platform,
  address: string,
  environment: Environment,
): Promise<Error | null> {
  const [program, ...args] = browserCommand(platform, address);
  return new Promise((resolve) => {
    const env = childEnvironment(environment);
    const child = spawn(program, args, { stdio: 'ignore', detached: true, env });
    child.once('error', resolve);
    child.once('spawn', () => {
      // It lives on its own.
      child.unref();
      resolve(null);
    });
  });
}
