/** What a window sees of the app, whatever the transport. */

import type { CallName, EventOf, InputOf, OutputOf, StreamName } from '../define.ts';
import type { ContractError, ContractResult } from '../errors.ts';

export interface StreamObserver<Event> {
  onEvent(event: Event): void;
  /** Once, at the end: `null` when the app ended it in good order. Not called after unsubscribing. */
  onEnd(error: ContractError | null): void;
}

export interface ContractClient<Table> {
  /** Never rejects: a lost connection is `DISCONNECTED`. */
  call<Name extends CallName<Table>>(
    name: Name,
    input: InputOf<Table[Name]>,
  ): Promise<ContractResult<OutputOf<Table[Name]>>>;
  /** Returns the unsubscribe. Events stop at once, and the app is told to release what it holds. */
  subscribe<Name extends StreamName<Table>>(
    name: Name,
    input: InputOf<Table[Name]>,
    observer: StreamObserver<EventOf<Table[Name]>>,
  ): () => void;
}
