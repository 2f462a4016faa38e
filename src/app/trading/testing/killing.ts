/** Kills a trading process at a given moment, and looks at what it left behind. */

import { startChild } from '../../storage/testing/child-process.ts';
import { differences } from './compare-books.ts';
import { openWavyReplay } from './wavy-replay.ts';

const CHILD = new URL('./replay-child.ts', import.meta.url);

/** Lets the process go on with the profile and kills it after so many signs of life, wherever it is then. */
export async function killAfterSigns(path: string, signs: number): Promise<void> {
  const child = startChild(CHILD, path);
  let seen = 0;
  for await (const _ of child.lines) {
    seen += 1;
    if (seen >= signs) break;
  }
  await child.kill();
}

/** Lets the process go on with the profile and die right after so many commits of either side. */
export async function dieAfterCommits(path: string, commits: number): Promise<void> {
  await startChild(CHILD, path, String(commits)).ended;
}

/** Lets the process go on to the end. @returns its exit code */
export async function finish(path: string): Promise<string | number | null> {
  return startChild(CHILD, path).ended;
}

/** Reconciles as a restart does. @returns what the books and the exchange disagree on afterwards */
export async function reconcile(path: string): Promise<readonly string[]> {
  const { storage, replay } = await openWavyReplay(path);
  await replay.reconcile();
  replay.session.close();
  storage.close();
  return differences(path);
}
