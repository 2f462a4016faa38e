/**
 * Single-use codes that open the window. A browser's command line can be read by every user of the machine: what stands
 * there must be worth nothing by the time someone has read it, which the session token would not be.
 */

export interface OpenTickets {
  /** The path to open, good for one visit. */
  issue(): string;
  /** Whether this is the code that was issued last and not used yet. Any attempt uses it up. */
  redeem(offered: string): boolean;
}

export const OPEN_PATH = '/open/';

/** @param newCode - Random and unguessable, without characters that an address would escape. */
export function createOpenTickets(
  newCode: () => string,
  isSame: (expected: string, offered: string) => boolean,
): OpenTickets {
  let issued: string | null = null;
  return {
    issue() {
      issued = newCode();
      return `${OPEN_PATH}${issued}`;
    },
    redeem(offered) {
      const expected = issued;
      issued = null;
      return expected !== null && isSame(expected, offered);
    },
  };
}
