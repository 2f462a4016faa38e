/** Every fault of the simulator during every call: the books stay the exchange's, nothing is sent twice, nothing unguarded. */

import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../../../e2e/exchange-simulator/faults.ts';
import { expectSoundJournal } from '../testing/live-journal.ts';
import { FAULT_ROWS, type AimedFault } from './testing/fault-table.ts';
import { BTC } from './testing/instruments.ts';
import { SimulatorStage } from './testing/simulator-stage.ts';
import { doubleEntries, wrongs } from './testing/sound.ts';
import { BOT, STORIES, type Story } from './testing/stories.ts';
import type { Target } from './testing/wire.ts';

/** ms; a busy machine takes its time. */
const TIMEOUT_MS = 60_000;

/** How long what does not end by itself goes on, ms. */
const LASTING_MS = 20_000;

/** By then everything has been asked for again, ms. */
const RECOVERY_MS = 90_000;

async function expectSurvived(
  story: Story,
  faultsAt: (at: Target) => readonly FaultInput[],
): Promise<void> {
  const { target, prepare, act, missing = () => [] } = story;
  const stage = await SimulatorStage.open({ pulseMs: 5_000, watchMs: 4_000 });
  await stage.addBot(BOT, BTC);
  await stage.price(BTC, '60000');
  await prepare(stage);
  await stage.advance(5_000);
  const faults = faultsAt(target);
  for (const fault of faults) stage.fault(fault);
  const lasting = stage.clock.run();
  lasting.setTimer(LASTING_MS, () => stage.simulator.control.clearFaults());
  const before = stage.wire.count(target);
  await act(stage);
  await stage.advance(LASTING_MS);
  const isAimed = faults.some((fault) => 'path' in fault);
  if (isAimed) expect(stage.wire.count(target)).toBeGreaterThan(before);
  expect(doubleEntries(stage.ledger)).toEqual([]);
  await stage.advance(RECOVERY_MS);
  expect([...wrongs(stage.ledger), ...missing(stage)]).toEqual([]);
  // Through every stop there is: what was bought is sold, once.
  await stage.price(BTC, '58500');
  await stage.advance(RECOVERY_MS);
  expect(wrongs(stage.ledger)).toEqual([]);
  await stage.restart();
  expect(wrongs(stage.ledger)).toEqual([]);
  expectSoundJournal(stage.store);
}

/** Whatever is asked, to whom it may concern: twice in a row each. */
function storm(): readonly FaultInput[] {
  const kinds = FAULT_ROWS.flatMap(({ faults }) => faults.map((fault) => fault(ANYWHERE)));
  return kinds.flatMap((fault) => {
    if (!('path' in fault)) return [];
    const { method: _method, path: _path, ...unaimed } = fault;
    return [{ ...unaimed, times: 2 }];
  });
}

const ANYWHERE: Target = { method: 'GET', path: '' };

const ROWS = FAULT_ROWS.flatMap(({ faults }) =>
  faults.map((fault) => ({ fault, name: nameOf(fault) })),
);

function nameOf(fault: AimedFault): string {
  return JSON.stringify(fault(ANYWHERE))
    .replaceAll(/"method":"GET",?|"path":"",?|["{}]/g, '')
    .replace('kind:', '');
}

describe.each(Object.entries<Story>(STORIES))('%s', (_, story) => {
  it.each(ROWS)('$name', ({ fault }) => expectSurvived(story, (at) => [fault(at)]), TIMEOUT_MS);
  it(
    'all that can happen to a request, one after the other',
    () => expectSurvived(story, storm),
    TIMEOUT_MS,
  );
});
