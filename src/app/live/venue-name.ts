/** An exchange by the name that a person knows it by. */

import { VENUE_IDS, VENUE_NAMES } from '../../contract/live.ts';

/** @param id as kept with an account; one that is not known names itself */
export function venueName(id: string): string {
  const known = VENUE_IDS.find((each) => each === id);
  return known === undefined ? id : VENUE_NAMES[known];
}
