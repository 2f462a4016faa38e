/** What the app implements: one handler for each name of the contract. */

import type { CallName, EventOf, OutputOf, ParsedInputOf, StreamName } from '../define.ts';
import type { ContractError, ContractResult } from '../errors.ts';

/** Where a stream's handler puts its events. Never blocks: the overflow policy of the stream decides. */
export interface Sink<Event> {
  push(event: Event): void;
  /** Ends the stream; later pushes are ignored. */
  end(error: ContractError | null): void;
}

export type CallHandlers<Table> = {
  readonly [Name in CallName<Table>]: (
    input: ParsedInputOf<Table[Name]>,
  ) => Promise<ContractResult<OutputOf<Table[Name]>>> | ContractResult<OutputOf<Table[Name]>>;
};

export type StreamHandlers<Table> = {
  /** Returns the release: called once when the subscriber leaves, the connection drops, or the stream ended. */
  readonly [Name in StreamName<Table>]: (
    input: ParsedInputOf<Table[Name]>,
    sink: Sink<EventOf<Table[Name]>>,
  ) => () => void;
};

export type Handlers<Table> = CallHandlers<Table> & StreamHandlers<Table>;
