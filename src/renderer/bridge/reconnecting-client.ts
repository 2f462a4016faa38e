/** A client that outlives its connection: it dials again, and takes up its subscriptions where it can. */

import type { ContractTable, EventOf, InputOf, StreamName } from '../../contract/define.ts';
import { connectContract } from '../../contract/rpc/client.ts';
import type { ContractClient, StreamObserver } from '../../contract/rpc/client-types.ts';
import { DISCONNECTED } from '../../contract/rpc/connection-errors.ts';
import { createListeners } from '../../contract/rpc/listeners.ts';
import { backoffMs } from './backoff.ts';
import type { Dial } from './dial.ts';

/** `connecting` is the first attempt only; `lost` lasts until a later one succeeds. */
export type ConnectionState = 'connecting' | 'open' | 'lost';

/** `sentence` says what to do about `lost`, where that is known. */
type ConnectionListener = (state: ConnectionState, sentence: string | null) => void;

export interface Bridge<Table> {
  readonly client: ContractClient<Table>;
  /** Told at once, and again at each change. Returns the removal. */
  onConnection(listener: ConnectionListener): () => void;
}

export interface Timing {
  /** Runs the action once after this many ms. */
  after(ms: number, action: () => void): void;
  /** From 0 inclusive to 1 exclusive. */
  random(): number;
}

export function createReconnectingBridge<Table extends ContractTable>(
  table: Table,
  dial: Dial,
  timing: Timing,
): Bridge<Table> {
  const line = new ReconnectingLine(table, dial, timing);
  line.connect();
  return {
    client: {
      async call(name, input) {
        const client = await line.current();
        return client === null ? { ok: false, error: DISCONNECTED } : client.call(name, input);
      },
      subscribe: (name, input, observer) => line.subscribe(name, input, observer),
    },
    onConnection: (listener) => line.onConnection(listener),
  };
}

/** A subscription that is to be there whenever there is a connection. */
interface Standing<Table> {
  start(client: ContractClient<Table>): void;
}

class ReconnectingLine<Table extends ContractTable> {
  readonly #table: Table;
  readonly #dial: Dial;
  readonly #timing: Timing;
  readonly #standing = new Set<Standing<Table>>();
  readonly #states = createListeners<void>();
  #client: ContractClient<Table> | null = null;
  #state: ConnectionState = 'connecting';
  #sentence: string | null = null;
  /** Failed attempts since the last connection. */
  #failures = 0;
  /** Settles with the first attempt: calls made before then wait for it. */
  #firstAttempt: Promise<void> = Promise.resolve();

  constructor(table: Table, dial: Dial, timing: Timing) {
    this.#table = table;
    this.#dial = dial;
    this.#timing = timing;
  }

  connect(): void {
    this.#firstAttempt = this.#attempt();
  }

  async current(): Promise<ContractClient<Table> | null> {
    if (this.#state === 'connecting') await this.#firstAttempt;
    return this.#client;
  }

  onConnection(listener: ConnectionListener): () => void {
    listener(this.#state, this.#sentence);
    return this.#states.add(() => listener(this.#state, this.#sentence));
  }

  subscribe<Name extends StreamName<Table>>(
    name: Name,
    input: InputOf<Table[Name]>,
    observer: StreamObserver<EventOf<Table[Name]>>,
  ): () => void {
    let unsubscribe = (): void => {};
    const standing: Standing<Table> = {
      start: (client) => {
        unsubscribe = client.subscribe(name, input, {
          onEvent: (event) => observer.onEvent(event),
          onEnd: (error) => {
            // Stays standing: the next connection takes it up again.
            if (error?.code === 'DISCONNECTED') return;
            this.#standing.delete(standing);
            observer.onEnd(error);
          },
        });
      },
    };
    this.#standing.add(standing);
    if (this.#client !== null) standing.start(this.#client);
    return () => {
      this.#standing.delete(standing);
      unsubscribe();
    };
  }

  async #attempt(): Promise<void> {
    const result = await this.#dial();
    if (!result.ok) {
      this.#change('lost', result.error.sentence);
      if (result.error.code === 'UNREACHABLE') this.#attemptLater();
      return;
    }
    this.#failures = 0;
    const client = connectContract(this.#table, result.value);
    this.#client = client;
    // After the client's own listener, so that its subscriptions have ended before any is taken up again.
    result.value.onClose(() => this.#lost());
    if (this.#client !== client) return;
    for (const standing of this.#standing) standing.start(client);
    this.#change('open', null);
  }

  #lost(): void {
    this.#client = null;
    this.#change('lost', DISCONNECTED.sentence);
    this.#attemptLater();
  }

  #attemptLater(): void {
    const ms = backoffMs(this.#failures, this.#timing.random());
    this.#failures += 1;
    this.#timing.after(ms, () => void this.#attempt());
  }

  #change(state: ConnectionState, sentence: string | null): void {
    if (this.#state === state && this.#sentence === sentence) return;
    this.#state = state;
    this.#sentence = sentence;
    this.#states.tell();
  }
}
