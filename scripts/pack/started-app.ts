/** The packed app, extracted and started in a process of its own; a test talks to it as its window would. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { contract, type Contract } from '../../src/contract/contract.ts';
import { createChannelEnd } from '../../src/contract/rpc/channel.ts';
import type { ContractClient } from '../../src/contract/rpc/client-types.ts';
import { connectContract } from '../../src/contract/rpc/client.ts';
import type { FromPackedApp, ToPackedApp } from './messages.ts';

const LAST_WORDS_MS = 2_000;

const CHILD = path.join(import.meta.dirname, '..', 'pack-child.ts');

type Fetched = Extract<FromPackedApp, { kind: 'fetched' }>;

export interface StartedApp extends AsyncDisposable {
  readonly client: ContractClient<Contract>;
  /** What the page finds on `window`. */
  readonly exposed: readonly string[];
  readonly fetch: (url: string) => Promise<Fetched>;
  /** @returns the exit code */
  readonly quit: () => Promise<number | null>;
  /** As the system ends it, on Linux and macOS. @returns the exit code; `null` where it was simply gone */
  readonly terminate: () => Promise<number | null>;
  /** What it wrote to standard error. */
  readonly complaints: () => string;
}

/** @param environment - All of it: the app learns nothing else of the machine's. */
export async function startPackedApp(
  appDir: string,
  dataDir: string,
  environment: NodeJS.ProcessEnv,
): Promise<StartedApp> {
  const child = fork(CHILD, [appDir, dataDir], {
    env: environment,
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaints = '';
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => (complaints += piece));
  const messages = listenTo(child);
  const post = (message: ToPackedApp): void => void child.send(message);
  const ended = once(child, 'exit').then(() => {
    throw new Error(`The packed app ended: ${complaints}`);
  });
  ended.catch(() => undefined);
  const { exposed } = await Promise.race([messages.next('ready'), ended]);
  const end = createChannelEnd({
    send: (message) => post({ kind: 'message', message }),
    close: () => child.disconnect(),
  });
  messages.onContract((message) => end.receive(message));
  return {
    client: connectContract(contract, end.channel),
    exposed,
    async fetch(url) {
      const fetched = messages.next('fetched');
      post({ kind: 'fetch', url });
      return Promise.race([fetched, ended]);
    },
    async quit() {
      const exited = once(child, 'exit');
      const closed = once(child, 'close');
      post({ kind: 'quit' });
      await exited;
      // Its last words may come after it has gone; a process of its own that outlives it would never let go of them.
      await Promise.race([closed, wait(LAST_WORDS_MS, undefined, { ref: false })]);
      return child.exitCode;
    },
    async terminate() {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
      return child.exitCode;
    },
    complaints: () => complaints,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

function listenTo(child: ChildProcess) {
  const on = (listener: (message: FromPackedApp) => void): void =>
    void child.on('message', (message) => listener(message as FromPackedApp));
  return {
    /** The next message of this kind; to be asked for before it can arrive. */
    next: <Kind extends FromPackedApp['kind']>(kind: Kind) =>
      new Promise<Extract<FromPackedApp, { kind: Kind }>>((resolve) =>
        on((message) => {
          if (message.kind === kind) resolve(message as Extract<FromPackedApp, { kind: Kind }>);
        }),
      ),
    onContract: (listener: (message: unknown) => void) =>
      on((message) => {
        if (message.kind === 'message') listener(message.message);
      }),
  };
}
