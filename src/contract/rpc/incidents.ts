/** Errors nobody foresaw: the window gets a number and a fixed sentence, the app's log gets the error. */

import type { ContractError } from '../errors.ts';

export interface Incident {
  /** The number the person sees. */
  readonly id: string;
  /** The call or stream in which it happened. */
  readonly name: string;
  /** May hold paths, values and secrets: for the app's own log only. */
  readonly error: unknown;
}

export interface IncidentReporting {
  readonly newIncidentId: () => string;
  readonly onInternalError: (incident: Incident) => void;
}

/** Reports the error and gives what may be said about it in the window. */
export function reportIncident(
  reporting: IncidentReporting,
  name: string,
  error: unknown,
): ContractError {
  const id = reporting.newIncidentId();
  reporting.onInternalError({ id, name, error });
  return {
    code: 'INTERNAL',
    sentence: `Something went wrong inside the app (incident ${id}). The log of the app says more.`,
  };
}
