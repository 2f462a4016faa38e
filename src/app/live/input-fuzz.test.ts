/** What no window of ours sends: every live call with inputs that are wrong in every way. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { liveContract } from '../../contract/live.ts';
import { LiveExchange } from './testing/live-exchange.ts';

const SECRET = 'not-to-be-seen-again-0001';

const CALLS = Object.entries(liveContract).flatMap(([name, spec]) =>
  spec.kind === 'call' ? [{ name: name as keyof typeof liveContract, input: spec.input }] : [],
);

/** Near misses, with a secret in them, and anything at all. */
const wrong = fc.oneof(
  fc.anything({ withDate: true, withBigInt: true }),
  fc.record(
    {
      venue: fc.constantFrom('binanceus', 'nowhere', '', null, 7),
      symbol: fc.constantFrom('BTC/USDT', 'btc', '../..', '', SECRET, 7),
      text: fc.constantFrom(SECRET, SECRET.repeat(50), 7, null),
      cost: fc.constantFrom(-1, 0, Number.NaN, Number.POSITIVE_INFINITY, '2'),
      apiKey: fc.constantFrom(SECRET, '', null, [SECRET]),
      secret: fc.constantFrom(SECRET, '', { SECRET }, SECRET.repeat(500)),
      passphrase: fc.constantFrom('', null, SECRET.repeat(500), [SECRET]),
      place: fc.constantFrom('keychain', 'environment', 'cloud', SECRET),
      more: fc.constant(SECRET),
    },
    { requiredKeys: [] },
  ),
);

it('is refused in a sentence, changes nothing and is not repeated', async () => {
  const stage = await LiveExchange.live();
  const before = await stage.state();
  const { orders } = stage.simulator.control.truth();
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...CALLS), wrong, async ({ name, input }, given) => {
      fc.pre(!input.safeParse(given).success);
      const refusal = await stage.refusal(
        name as 'live.confirm',
        given as { text: string; shown: string },
      );
      expect(refusal?.code).toBe('INVALID_INPUT');
      expect(refusal?.sentence).not.toContain(SECRET);
      expect(refusal?.sentence.length).toBeLessThan(2_000);
    }),
    { numRuns: 300 },
  );
  expect(await stage.state()).toEqual(before);
  expect(stage.simulator.control.truth().orders).toEqual(orders);
}, 30_000);
