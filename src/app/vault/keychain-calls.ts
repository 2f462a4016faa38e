/** One call of the keychain at a time, each answered within its limit, whatever the keychain does. */

import { ok, type Result } from '../../core/domain/result.ts';
import { Reply, type KeychainCall } from './keychain-messages.ts';
import type { KeychainProcess, StartKeychainProcess } from './keychain-process.ts';
import { unavailable, type KeychainFailure } from './keychain-reasons.ts';

type Answer = Result<unknown, KeychainFailure>;

/** The call that the process is at. */
interface Pending {
  readonly id: number;
  readonly settle: (answer: Answer) => void;
  /** Whether the keychain itself has answered; then it is a person it waits for, at a request to unlock it. */
  reached: boolean;
}

/**
 * Whether a call may go on after its time is over, and later calls wait behind it. What only looks may, once a person is
 * asked to unlock: ending it would close that request under their hands. What changes something may not, because it
 * would be done after its failure was told.
 */
const mayGoOn = ({ kind }: KeychainCall): boolean => kind !== 'set' && kind !== 'delete';

export class KeychainCalls {
  readonly #start: StartKeychainProcess;
  readonly #within: number;
  #process: KeychainProcess | null = null;
  #pending: Pending | null = null;
  #before: Promise<unknown> = Promise.resolve();
  #lastId = 0;

  /** @param within - how long a call may take, its waiting for others included, in ms */
  constructor(start: StartKeychainProcess, within: number) {
    this.#start = start;
    this.#within = within;
  }

  async ask(call: KeychainCall): Promise<Answer> {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const turn = { given: false, over: false };
    const timer = setTimeout(() => {
      turn.over = true;
      const waitsForPerson = this.#pending?.reached === true;
      resolve(unavailable(waitsForPerson ? 'locked' : 'not-responding'));
      if (turn.given && !(waitsForPerson && mayGoOn(call))) this.#process?.kill();
    }, this.#within);
    this.#before = this.#before.then(async () => {
      // Too late to be sent: whoever asked has been told that it was not done.
      if (turn.over) return;
      turn.given = true;
      resolve(await this.#exchange(call));
      turn.given = false;
    });
    return promise.finally(() => clearTimeout(timer));
  }

  /** Ends the process, and with it a call that hangs. */
  close(): void {
    this.#process?.kill();
  }

  #exchange(call: KeychainCall): Promise<Answer> {
    return new Promise((resolve) => {
      const id = (this.#lastId += 1);
      const settle = (answer: Answer): void => {
        this.#pending = null;
        resolve(answer);
      };
      this.#pending = { id, settle, reached: false };
      try {
        this.#running().send({ id, call });
      } catch {
        // The system does not start another process, for one.
        settle(unavailable('not-responding'));
      }
    });
  }

  #running(): KeychainProcess {
    if (this.#process !== null) return this.#process;
    const process = this.#start();
    process.onMessage((message) => this.#hear(message));
    process.onExit(() => {
      if (this.#process !== process) return;
      this.#process = null;
      this.#pending?.settle(unavailable('not-responding'));
    });
    this.#process = process;
    return process;
  }

  #hear(message: unknown): void {
    const reply = Reply.parse(message);
    if (this.#pending?.id !== reply.id) return;
    switch (reply.kind) {
      case 'reached':
        this.#pending.reached = true;
        return;
      case 'done':
        return this.#pending.settle(ok(reply.value));
      case 'failed':
        return this.#pending.settle(unavailable(reply.reason));
    }
  }
}
