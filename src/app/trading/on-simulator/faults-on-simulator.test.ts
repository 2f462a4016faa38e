/** Every fault of the simulator during every call: the books stay the exchange's, nothing is sent twice, nothing unguarded. */

import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../../../e2e/exchange-simulator/faults.ts';
import { BTC, SimulatorStage } from './testing/simulator-stage.ts';
import { doubleEntries, expectSound } from './testing/sound.ts';
import { BOT, STORIES, type Story } from './testing/stories.ts';
import type { Target } from './testing/wire.ts';

type Aimed = (at: Target) => FaultInput;
type Kind = FaultInput['kind'];

/** A fault that is not in here does not compile. */
const FAULTS = {
  timeout: [
    (at) => ({ kind: 'timeout', effect: 'after', ...at }),
    (at) => ({ kind: 'timeout', effect: 'before', ...at }),
  ],
  delay: [
    (at) => ({ kind: 'delay', ms: 4_000, effect: 'after', ...at }),
    (at) => ({ kind: 'delay', ms: 4_000, effect: 'before', ...at }),
    // Answered, or done, after it was given up.
    (at) => ({ kind: 'delay', ms: 6_000, effect: 'after', ...at }),
    (at) => ({ kind: 'delay', ms: 6_000, effect: 'before', ...at }),
  ],
  reset: [
    (at) => ({ kind: 'reset', effect: 'after', ...at }),
    (at) => ({ kind: 'reset', effect: 'before', ...at }),
  ],
  'rate-limit': [(at) => ({ kind: 'rate-limit', retryAfterSeconds: 2, ...at })],
  ban: [(at) => ({ kind: 'ban', retryAfterSeconds: 20, ...at })],
  'server-error': [
    (at) => ({ kind: 'server-error', status: 502, effect: 'after', ...at }),
    (at) => ({ kind: 'server-error', status: 503, effect: 'before', ...at }),
  ],
  'backend-timeout': [
    (at) => ({ kind: 'backend-timeout', effect: 'after', ...at }),
    (at) => ({ kind: 'backend-timeout', effect: 'before', ...at }),
  ],
  'clock-skew': [
    () => ({ kind: 'clock-skew', ms: 30_000 }),
    () => ({ kind: 'clock-skew', ms: -30_000 }),
  ],
  'duplicate-events': [() => ({ kind: 'duplicate-events', times: 10 })],
  'reordered-events': [() => ({ kind: 'reordered-events', times: 10 })],
  'partial-fills': [() => ({ kind: 'partial-fills', percent: 40 })],
  'dropped-sockets': [() => ({ kind: 'dropped-sockets' })],
  maintenance: [() => ({ kind: 'maintenance', on: true })],
} as const satisfies {
  readonly [K in Kind]: readonly ((at: Target) => FaultInput & { readonly kind: K })[];
};

/** ms; a busy machine takes its time. */
const TIMEOUT_MS = 60_000;

/** How long what does not end by itself goes on, ms. */
const LASTING_MS = 20_000;

/** By then everything has been asked for again, ms. */
const RECOVERY_MS = 90_000;

async function expectSurvived({ target, prepare, act }: Story, fault: Aimed): Promise<void> {
  const stage = await SimulatorStage.open({ pulseMs: 5_000 });
  await stage.addBot(BOT, BTC);
  await stage.price(BTC, '60000');
  await prepare(stage);
  await stage.advance(5_000);
  const input = fault(target);
  stage.fault(input);
  const lasting = stage.clock.run();
  lasting.setTimer(LASTING_MS, () => stage.simulator.control.clearFaults());
  const before = stage.wire.count(target);
  await act(stage);
  await stage.advance(LASTING_MS);
  if ('path' in input) expect(stage.wire.count(target)).toBeGreaterThan(before);
  expect(doubleEntries(stage)).toEqual([]);
  await stage.advance(RECOVERY_MS);
  expectSound(stage);
  // Through every stop there is: what was bought is sold, once.
  await stage.price(BTC, '58500');
  await stage.advance(RECOVERY_MS);
  expectSound(stage);
  await stage.restart();
  expectSound(stage);
}

const ROWS = Object.values<readonly Aimed[]>(FAULTS).flatMap((aimed) =>
  aimed.map((fault) => ({ fault, name: nameOf(fault) })),
);

function nameOf(fault: Aimed): string {
  return JSON.stringify(fault({ method: 'GET', path: '' }))
    .replaceAll(/"method":"GET",?|"path":"",?|["{}]/g, '')
    .replace('kind:', '');
}

describe.each(Object.entries<Story>(STORIES))('%s', (_, story) => {
  it.each(ROWS)('$name', ({ fault }) => expectSurvived(story, fault), TIMEOUT_MS);
});
