/** An exchange by the name that a person knows it by. */

import { VENUE_IDS, VENUE_NAMES } from '../../contract/live.ts';

/**
 * @param id as kept with an account; one that is not known names itself
 * @param isSimulated a simulator stands in for the exchange: it is called one
 */
export function venueName(id: string, isSimulated = false): string {
  const known = VENUE_IDS.find((each) => each === id);
  const name = known === undefined ? id : VENUE_NAMES[known];
  return isSimulated ? `${name} (simulator)` : name;
}
