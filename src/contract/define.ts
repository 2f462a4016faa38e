/** How the contract is written: a table of named calls and streams, each with its schemas. */

import type { z } from 'zod';

/** Asked once, answered once. */
export interface CallSpec<
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> {
  readonly kind: 'call';
  readonly input: Input;
  readonly output: Output;
}

/**
 * What happens when the window reads slower than the app speaks:
 * `latest` keeps only the newest unsent event; `fail` ends the subscription with SUBSCRIPTION_OVERFLOW,
 * for streams in which every event matters.
 */
export type OverflowPolicy = 'latest' | 'fail';

/** Asked once, answered by any number of events until either side ends it. */
export interface StreamSpec<
  Input extends z.ZodType = z.ZodType,
  Event extends z.ZodType = z.ZodType,
> {
  readonly kind: 'stream';
  readonly input: Input;
  readonly event: Event;
  readonly overflow: OverflowPolicy;
}

export type Spec = CallSpec | StreamSpec;
export type ContractTable = Readonly<Record<string, Spec>>;

export function call<Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
): CallSpec<Input, Output> {
  return { kind: 'call', input, output };
}

export function stream<Input extends z.ZodType, Event extends z.ZodType>(
  input: Input,
  event: Event,
  overflow: OverflowPolicy,
): StreamSpec<Input, Event> {
  return { kind: 'stream', input, event, overflow };
}

type Merged<Groups extends readonly ContractTable[]> = Groups extends readonly [
  infer First extends ContractTable,
  ...infer Rest extends readonly ContractTable[],
]
  ? First & Merged<Rest>
  : unknown;

/**
 * One table from several groups.
 * @throws Error when two groups use the same name: a programming error, found at start.
 */
export function defineContract<const Groups extends readonly ContractTable[]>(
  ...groups: Groups
): Merged<Groups> {
  const table: Record<string, Spec> = {};
  for (const group of groups) {
    for (const [name, spec] of Object.entries(group)) {
      if (Object.hasOwn(table, name))
        throw new Error(`The contract has two entries named "${name}".`);
      table[name] = spec;
    }
  }
  // The loop above is what `Merged` says; the compiler cannot follow it.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return table as Merged<Groups>;
}

export type CallName<Table> = {
  [Name in keyof Table]: Table[Name] extends CallSpec ? Name : never;
}[keyof Table] &
  string;

export type StreamName<Table> = {
  [Name in keyof Table]: Table[Name] extends StreamSpec ? Name : never;
}[keyof Table] &
  string;

/** What the caller gives, before parsing. */
export type InputOf<S> = S extends { readonly input: infer I extends z.ZodType }
  ? z.input<I>
  : never;
/** What the handler is given, after parsing. */
export type ParsedInputOf<S> = S extends { readonly input: infer I extends z.ZodType }
  ? z.output<I>
  : never;
export type OutputOf<S> = S extends CallSpec<z.ZodType, infer O> ? z.output<O> : never;
export type EventOf<S> = S extends StreamSpec<z.ZodType, infer E> ? z.output<E> : never;
