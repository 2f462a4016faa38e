/** The engine's books cannot be written, or contradict themselves: trading ends, and a restart does not begin it again. */

import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../storage/testing/temporary-folder.ts';
import { openWavyReplay } from './testing/wavy-replay.ts';

it('a commit that fails halts the account until somebody arms it', async () => {
  const path = join(await temporaryFolder(), 'profile.sqlite');
  const faults: unknown[] = [];
  let commits = 0;
  const failing = (): void => {
    commits += 1;
    if (commits === 30) throw new Error('disk full');
  };
  const first = await openWavyReplay(path, failing, (error) => faults.push(error));
  const outcome = await first.replay.run();
  if (outcome.ok) throw new Error('It went on.');
  expect(outcome.error.code).toBe('TRADING_FAULT');
  expect(outcome.error.sentence).toContain('disk full');
  expect(faults).toHaveLength(1);
  first.storage.close();

  const second = await openWavyReplay(path);
  expect(second.replay.status().tradingState).toBe('halted');
  second.replay.arm();
  expect(second.replay.status().tradingState).toBe('active');
  second.replay.session.close();
  second.storage.close();
});
