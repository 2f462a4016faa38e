/** Strategies that no person should meet, put beside the built-in ones for one test. */

import { onTestFinished } from 'vitest';
import { ok } from '../../../core/domain/result.ts';
import { strategies, type RegisteredStrategy } from '../../../core/strategies/registry.ts';

/** `throws` fails at the first bar that it may act on or learn from. */
export function aStrategyThatThrows(): void {
  const thrower: RegisteredStrategy = {
    name: 'throws',
    title: 'Throws',
    summary: 'Fails at every bar.',
    parameters: {},
    configure: () =>
      ok({
        name: 'throws',
        params: {},
        init: () => ({
          next() {
            throw new Error('It fell over.');
          },
        }),
      }),
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the list is an array; it is only shown as one that cannot be changed
  const list = strategies as RegisteredStrategy[];
  list.push(thrower);
  onTestFinished(() => {
    list.splice(list.indexOf(thrower), 1);
  });
}
