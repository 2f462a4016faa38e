/** 200 kills at random moments, half of them between two commits. */

import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../storage/testing/temporary-folder.ts';
import { counts, differences } from './testing/compare-books.ts';
import { dieAfterCommits, finish, killAfterSigns, reconcile } from './testing/killing.ts';

const KILLS = 200;
const KILLS_A_PROFILE = 25;
const SEED = Number(process.env['FC_SEED'] ?? 42);

it(`survives ${KILLS} kills (seed ${SEED})`, async () => {
  const moments = fc.sample(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 30 })), {
    seed: SEED,
    numRuns: KILLS,
  });
  const total = { kills: 0, orders: 0, fills: 0, lost: 0 };
  for (let first = 0; first < KILLS; first += KILLS_A_PROFILE) {
    const path = join(await temporaryFolder(), 'profile.sqlite');
    for (const [atCommit, moment] of moments.slice(first, first + KILLS_A_PROFILE)) {
      await (atCommit ? dieAfterCommits(path, moment) : killAfterSigns(path, moment));
      total.kills += 1;
      expect(await reconcile(path), `after kill ${total.kills}, seed ${SEED}`).toEqual([]);
    }
    expect(await finish(path)).toBe(0);
    expect(differences(path)).toEqual([]);
    const { orders, fills, lost } = counts(path);
    total.orders += orders;
    total.fills += fills;
    total.lost += lost;
  }
  process.stdout.write(`crash soak, seed ${SEED}: ${JSON.stringify(total)}\n`);
  expect(total.lost).toBeGreaterThan(0);
});
