/** Ties each name of the contract to its handler, once, at start. */

import { assertNever } from '../../core/domain/assert-never.ts';
import type { CallSpec, ContractTable, Spec, StreamSpec } from '../define.ts';
import type { Handlers, Sink } from './handlers.ts';

export interface BoundCall {
  readonly kind: 'call';
  readonly name: string;
  readonly spec: CallSpec;
  /** @param input - Already parsed by the spec. Answers what the spec must still check. */
  readonly handle: (input: unknown) => unknown;
}

export interface BoundStream {
  readonly kind: 'stream';
  readonly name: string;
  readonly spec: StreamSpec;
  readonly handle: (input: unknown, sink: Sink<unknown>) => unknown;
}

export type BoundContract = ReadonlyMap<string, BoundCall | BoundStream>;

/** @throws Error when a name has no handler, or a handler has no name: a programming error, found at start. */
export function bindHandlers<Table extends ContractTable>(
  table: Table,
  handlers: Handlers<Table>,
): BoundContract {
  const byName = new Map<string, unknown>(Object.entries(handlers));
  for (const name of byName.keys()) {
    if (!Object.hasOwn(table, name)) {
      throw new Error(`The handler "${name}" has no entry in the contract.`);
    }
  }
  return new Map(
    Object.entries(table).map(([name, spec]) => {
      const handler = byName.get(name);
      if (typeof handler !== 'function') {
        throw new Error(`The contract's entry "${name}" has no handler.`);
      }
      // `handlers` stays their `this`, so that a class may implement them.
      return [name, bindOne(name, spec, (...given) => Reflect.apply(handler, handlers, given))];
    }),
  );
}

function bindOne(
  name: string,
  spec: Spec,
  handle: (...given: readonly unknown[]) => unknown,
): BoundCall | BoundStream {
  switch (spec.kind) {
    case 'call':
      return { kind: 'call', name, spec, handle };
    case 'stream':
      return { kind: 'stream', name, spec, handle };
    default:
      return assertNever(spec);
  }
}
