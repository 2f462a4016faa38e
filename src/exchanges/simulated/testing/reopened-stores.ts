/** Memories that can be opened again, as after a crash: one in a file, one without. */

import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openSqliteStorage } from '../../../app/storage/sqlite-storage.ts';
import { temporaryFolder } from '../../../app/storage/testing/temporary-folder.ts';
import type { SimulatedStore } from '../simulated-store.ts';
import { rememberingStore } from './remembering-store.ts';

/** Each call opens the same memory anew. */
export type OpenStore = () => Promise<SimulatedStore>;

export async function inMemory(): Promise<OpenStore> {
  const store = rememberingStore();
  return async () => store;
}

export async function inSqlite(): Promise<OpenStore> {
  const path = join(await temporaryFolder(), 'profile.sqlite');
  let close = (): void => {};
  onTestFinished(() => close());
  return async () => {
    close();
    const { storage } = await openSqliteStorage({ path, now: 0 });
    close = storage.close;
    const account =
      storage.paper.current() ?? storage.paper.begin({ venue: 'Paper', orderPrefix: 'p' }, 0);
    return storage.paper.simulated(account.id);
  };
}
