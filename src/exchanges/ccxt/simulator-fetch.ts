/** Sends every request to an exchange simulator on this computer instead: rehearsals, and tests of the whole app. */

import type { Fetch } from './public-fetch.ts';

/** @param address of the simulator, as in `http://127.0.0.1:48123` */
export function toSimulator(address: string): Fetch {
  const { origin } = new URL(address);
  return (url, init) => {
    const { pathname, search } = new URL(url);
    return fetch(`${origin}${pathname}${search}`, init);
  };
}
