/** Keys under which user data streams are opened; each lives for an hour after it was last kept alive. */

export interface ListenKeys {
  /** The open one, kept alive, where there is one. */
  readonly create: () => string;
  /** False if there is no such key. */
  readonly keepAlive: (key: string) => boolean;
  readonly close: (key: string) => boolean;
  readonly isOpen: (key: string) => boolean;
}

const LIFETIME_MS = 60 * 60_000;

export function createListenKeys(now: () => number): ListenKeys {
  const expiry = new Map<string, number>();
  let count = 0;
  const isOpen = (key: string): boolean => (expiry.get(key) ?? 0) > now();
  return {
    create: () => {
      const open = [...expiry.keys()].find(isOpen);
      if (open !== undefined) {
        expiry.set(open, now() + LIFETIME_MS);
        return open;
      }
      count += 1;
      const key = `listenKey${count.toString().padStart(51, '0')}`;
      expiry.set(key, now() + LIFETIME_MS);
      return key;
    },
    keepAlive: (key) => {
      if (!isOpen(key)) return false;
      expiry.set(key, now() + LIFETIME_MS);
      return true;
    },
    close: (key) => expiry.delete(key),
    isOpen,
  };
}
