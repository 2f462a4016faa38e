/** Asks whether an exchange is well and a key may trade there, and tells the gate. */

import { contractFailure, type ContractResult } from '../../contract/errors.ts';
import { ok } from '../../core/domain/result.ts';
import type { LiveGateEvent } from '../../core/risk/live-gate.ts';
import type { Clock } from '../trading/clock.ts';
import { askHealth, healthEvent, type HealthReport } from './health-checks.ts';
import type { LiveGateway } from './live-gateway.ts';

export interface ValidationOptions {
  readonly clock: Clock;
  readonly report: (health: HealthReport) => void;
  readonly tell: (event: LiveGateEvent) => void;
}

/** @returns a sentence for the person, whichever way it went */
export async function validate(
  gateway: LiveGateway,
  { clock, report, tell }: ValidationOptions,
): Promise<ContractResult<{ sentence: string }>> {
  const health = await askHealth(gateway, clock);
  report(health);
  tell(healthEvent(health));
  if (!health.isHealthy) return contractFailure('EXCHANGE_UNAVAILABLE', health.sentence);
  const valid = await gateway.validateKey();
  if (valid.ok) {
    const reason = `${gateway.name} lets the key read and trade.`;
    tell({ kind: 'credentials', areValid: true, reason });
    return ok({ sentence: 'Credentials validated and synced.' });
  }
  const { code, sentence } = valid.error;
  tell({ kind: 'credentials', areValid: false, reason: sentence });
  return contractFailure(code, sentence);
}
