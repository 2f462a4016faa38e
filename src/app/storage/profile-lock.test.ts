import { join } from 'node:path';
import { expect, it } from 'vitest';
import { takeProfileLock } from './profile-lock.ts';
import { startChild } from './testing/child-process.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

it('is held by one at a time, and free again after its release', async () => {
  const path = join(await temporaryFolder(), 'profile.lock');
  const release = takeProfileLock(path);
  expect(release).not.toBeNull();
  expect(takeProfileLock(path)).toBeNull();
  release?.();
  release?.();
  const again = takeProfileLock(path);
  expect(again).not.toBeNull();
  again?.();
});

it('is held against another process, and dropped when that is killed', async () => {
  const path = join(await temporaryFolder(), 'profile.lock');
  const child = startChild(new URL('./testing/locking-child.ts', import.meta.url), path);
  for await (const line of child.lines) {
    expect(line).toBe('held');
    expect(takeProfileLock(path)).toBeNull();
    await child.kill();
  }
  const release = takeProfileLock(path);
  expect(release).not.toBeNull();
  release?.();
});
