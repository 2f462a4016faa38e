/** The engine's books contradict themselves: trading ends, and a restart does not begin it again. */

import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../storage/testing/temporary-folder.ts';
import { openWavyReplay } from './testing/wavy-replay.ts';

it('books that contradict themselves halt the account until somebody arms it', async () => {
  const path = join(await temporaryFolder(), 'profile.sqlite');
  const faults: unknown[] = [];
  const first = await openWavyReplay(
    path,
    () => {},
    (error) => faults.push(error),
  );
  let events = 0;
  first.replay.session.onEvent(() => {
    events += 1;
    if (events === 300) {
      first.replay.session.dispatch({ kind: 'bot-started', time: 0, botId: 'nobody' });
    }
  });
  const outcome = await first.replay.run();
  if (outcome.ok) throw new Error('It went on.');
  expect(outcome.error.code).toBe('TRADING_FAULT');
  expect(outcome.error.sentence).toContain('nobody');
  expect(faults).toHaveLength(1);
  first.storage.close();

  const second = await openWavyReplay(path);
  expect(second.replay.status().tradingState).toBe('halted');
  second.replay.arm();
  expect(second.replay.status().tradingState).toBe('active');
  second.replay.session.close();
  second.storage.close();
});
