/** A folder for one test, in memory where the system has a place for that: no commit waits for a disk. */

import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const SHARED_MEMORY = '/dev/shm';

export async function memoryFolder(): Promise<string> {
  const place = existsSync(SHARED_MEMORY) ? SHARED_MEMORY : tmpdir();
  const folder = await mkdtemp(join(place, 'cryptopiggy-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
