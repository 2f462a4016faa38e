/** A process that trades on paper, killed at any moment: nothing is lost, nothing is sent twice. */

import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../storage/testing/temporary-folder.ts';
import { counts, differences } from './testing/compare-books.ts';
import { dieAfterCommits, finish, killAfterSigns, reconcile } from './testing/killing.ts';

it('killed again and again, it goes on where it was, and its books stay the exchange’s', async () => {
  const path = join(await temporaryFolder(), 'profile.sqlite');
  for (let kill = 0; kill < 4; kill += 1) {
    await killAfterSigns(path, 1 + kill * 5);
    expect(await reconcile(path)).toEqual([]);
  }
  expect(await finish(path)).toBe(0);
  expect(differences(path)).toEqual([]);
}, 60_000);

it('killed between any two commits, its own and the exchange’s, it knows afterwards what was sent', async () => {
  const path = join(await temporaryFolder(), 'profile.sqlite');
  // One more each time: whatever lies between two commits of a trade is met sooner or later.
  for (let commits = 1; commits <= 16; commits += 1) {
    await dieAfterCommits(path, commits);
    expect(await reconcile(path)).toEqual([]);
  }
  const { orders, lost } = counts(path);
  expect(orders).toBeGreaterThan(10);
  expect(lost).toBeGreaterThan(0);
}, 60_000);
