import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../storage/testing/temporary-folder.ts';
import type { JournalRow } from '../storage/trading-store.ts';
import { dieAfterCommits, finish } from './testing/killing.ts';
import { openWavyReplay } from './testing/wavy-replay.ts';
import { verifyJournal } from './verify-journal.ts';

async function journalOf(path: string): Promise<readonly JournalRow[]> {
  const { storage, replay } = await openWavyReplay(path);
  replay.session.close();
  const account = storage.paper.current();
  if (account === null) throw new Error('no account');
  const rows = [...storage.paper.journal(account.id)];
  storage.close();
  return rows;
}

it('a journal replayed decides the same, byte for byte, over restarts and crashes', async () => {
  const path = join(await temporaryFolder(), 'profile.sqlite');
  await dieAfterCommits(path, 40);
  await dieAfterCommits(path, 333);
  expect(await finish(path)).toBe(0);
  const verdict = verifyJournal(await journalOf(path));
  expect(verdict.difference).toBeNull();
  expect(verdict.sessions).toBe(4);
  expect(verdict.events).toBeGreaterThan(3_000);
  expect(verdict.decisions).toBeGreaterThan(800);
}, 30_000);

it('says at which row a journal was tampered with', async () => {
  const path = join(await temporaryFolder(), 'profile.sqlite');
  await dieAfterCommits(path, 60);
  const rows = await journalOf(path);
  const tampered = rows.map((row) => ({
    ...row,
    decisions: row.decisions.replace('"cost":40', '"cost":45'),
  }));
  const first = rows.find((row, index) => row.decisions !== tampered[index]?.decisions);
  expect(verifyJournal(tampered).difference?.seq).toBe(first?.seq);
});
