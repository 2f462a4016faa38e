/** Writes down the errors nobody foresaw, under the number the window shows. */

import type { Incident, IncidentReporting } from '../contract/rpc/incidents.ts';

/**
 * @param write - Takes a text of one or more lines. It goes to this machine's own log, never to a window.
 * @param newId - A fresh id; its first part is what a person has to read out.
 */
export function incidentLog(write: (text: string) => void, newId: () => string): IncidentReporting {
  return {
    newIncidentId: () => newId().slice(0, 8),
    onInternalError: (incident) => write(incidentText(incident)),
  };
}

function incidentText({ id, name, error }: Incident): string {
  return `Incident ${id} in ${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
