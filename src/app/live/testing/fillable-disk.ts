/** A disk that is full when a story says so: nothing that live trading does is written any more. */

import type { Storage } from '../../storage/storage.ts';

export function onFillableDisk(storage: Storage, isFull: () => boolean): Storage {
  const { live } = storage;
  return {
    ...storage,
    live: {
      ...live,
      isWritable: () => !isFull() && live.isWritable(),
      commit(accountId, commit) {
        if (isFull()) throw new Error('database or disk is full');
        live.commit(accountId, commit);
      },
    },
  };
}
