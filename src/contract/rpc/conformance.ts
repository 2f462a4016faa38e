/** The one suite that every transport of the contract must pass. */

import { describe } from 'vitest';
import { describeCalls } from './conformance/calls.ts';
import { describeGarbage } from './conformance/garbage.ts';
import type { MakePair } from './conformance/pair.ts';
import { describeStreams } from './conformance/streams.ts';

export function describeTransport(name: string, makePair: MakePair): void {
  describe(`the contract over ${name}`, () => {
    describeCalls(makePair);
    describeStreams(makePair);
    describeGarbage(makePair);
  });
}
