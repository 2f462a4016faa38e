/** An observer that writes down what it was told. */

import type { StreamObserver } from '../client-types.ts';
import type { ContractError } from '../../errors.ts';
import { deferred } from './fixture.ts';

export interface Recorder extends StreamObserver<number> {
  readonly events: readonly number[];
  readonly ends: readonly (ContractError | null)[];
  /** Resolves with the first end. */
  readonly ended: Promise<ContractError | null>;
  /** Resolves once this many events have come. */
  received(count: number): Promise<readonly number[]>;
}

export function recorder(): Recorder {
  const events: number[] = [];
  const ends: (ContractError | null)[] = [];
  const end = deferred<ContractError | null>();
  const waiting: { readonly count: number; readonly resolve: (events: number[]) => void }[] = [];
  return {
    events,
    ends,
    ended: end.promise,
    received: (count) =>
      new Promise((resolve) => {
        if (events.length >= count) resolve(events);
        else waiting.push({ count, resolve });
      }),
    onEvent(event) {
      events.push(event);
      for (const { count, resolve } of waiting) if (events.length >= count) resolve(events);
    },
    onEnd(error) {
      ends.push(error);
      end.resolve(error);
    },
  };
}
