/** The live gate: whether orders may go to a real exchange. Shut at every start; open only while everything holds. */

import { assertNever } from '../domain/assert-never.ts';
import { LIVE_CONDITIONS, type LiveCondition } from '../domain/live-condition.ts';
import { utcDay } from '../domain/timeframe.ts';

/** `reason` says what holds, or what is missing and how to mend it. */
export interface ConditionState {
  readonly holds: boolean;
  readonly reason: string;
}

export interface LiveGate {
  readonly conditions: Readonly<Record<LiveCondition, ConditionState>>;
  /** Failed health checks in a row. */
  readonly failedChecks: number;
  /** Whole UTC days since 1970 of a day that lost too much; no confirmation opens the gate on it. */
  readonly lostDay: number | null;
  /** Why it was shut last, as a sentence; `null` while it has not been open. */
  readonly shutBecause: string | null;
}

export type LiveGateEvent =
  /** What `ALLOW_LIVE` says, read once at the start. */
  | { readonly kind: 'allowed'; readonly isAllowed: boolean }
  | { readonly kind: 'health'; readonly isHealthy: boolean; readonly reason: string }
  /** Asked of the exchange in this run: it can read and trade, and cannot withdraw. */
  | { readonly kind: 'credentials'; readonly areValid: boolean; readonly reason: string }
  | { readonly kind: 'reconciled'; readonly isDone: boolean; readonly reason: string }
  /** Today has lost too much, or nobody knows whether it has. */
  | { readonly kind: 'loss-limit'; readonly time: number; readonly reason: string }
  /** The token or the sentence was typed. Counts only while all else holds. */
  | { readonly kind: 'confirmed'; readonly time: number }
  | { readonly kind: 'emergency-stop' | 'suspended' | 'switched-off' }
  /** This computer's clock was set, or it slept without saying so: whether the exchange agrees is asked again. */
  | { readonly kind: 'clock-jumped' }
  /** The exchange is not asked any more. */
  | { readonly kind: 'disconnected' }
  /** Another exchange or symbol: what was confirmed was something else. */
  | { readonly kind: 'target-changed'; readonly what: string };

/** A health check may fail now and then; so many in a row shut the gate. */
const MOST_FAILED_CHECKS = 3;

const CLOCK_JUMPED =
  "This computer's clock jumped: it was set, or the computer slept. The exchange is being asked what time it is.";

const UNKNOWN: Readonly<Record<LiveCondition, ConditionState>> = {
  allowed: missing('Live trading is not allowed here. Start with ALLOW_LIVE=1 to allow it.'),
  healthy: missing('The exchange has not been asked yet.'),
  credentials: missing('The key has not been validated since the start.'),
  reconciled: missing('Orders and balances have not been compared with the exchange yet.'),
  'loss-limit': { holds: true, reason: "Today's loss is within the limit." },
  confirmed: missing('Live mode has not been confirmed.'),
};

export const SHUT_GATE: LiveGate = Object.freeze({
  conditions: UNKNOWN,
  failedChecks: 0,
  lostDay: null,
  shutBecause: null,
});

export function isLive({ conditions }: LiveGate): boolean {
  return LIVE_CONDITIONS.every((name) => conditions[name].holds);
}

/** Everything but the confirmation: it can be asked for. */
export function isReadyToConfirm({ conditions }: LiveGate): boolean {
  return LIVE_CONDITIONS.every((name) => name === 'confirmed' || conditions[name].holds);
}

/** Any condition that is lost takes the confirmation with it: the gate never opens again by itself. */
export function advanceGate(gate: LiveGate, event: LiveGateEvent): LiveGate {
  switch (event.kind) {
    case 'allowed':
      return event.isAllowed
        ? having(gate, 'allowed', 'Allowed by ALLOW_LIVE=1.')
        : lacking(gate, 'allowed', UNKNOWN.allowed.reason);
    case 'health':
      return checked(gate, event);
    case 'credentials':
      return event.areValid
        ? having(gate, 'credentials', event.reason)
        : lacking(gate, 'credentials', event.reason);
    case 'reconciled':
      return event.isDone
        ? having(gate, 'reconciled', event.reason)
        : lacking(gate, 'reconciled', event.reason);
    case 'loss-limit':
      return onLostDay(gate, utcDay(event.time), event.reason);
    case 'confirmed':
      return confirmed(gate, event.time);
    case 'disconnected':
      return disconnected(gate);
    case 'emergency-stop':
      return unconfirmed(gate, 'The emergency stop switched live mode off.');
    case 'suspended':
      return unconfirmed(gate, 'The computer was asleep.');
    case 'clock-jumped':
      return lacking(gate, 'healthy', CLOCK_JUMPED);
    case 'switched-off':
      return unconfirmed(gate, 'Live mode was switched off.');
    case 'target-changed':
      return unconfirmed(gate, `${event.what} was changed.`);
    default:
      return assertNever(event);
  }
}

/** The gate as a new day finds it: a lost day is over, the confirmation that it took is not given back. */
export function gateOnDay(gate: LiveGate, time: number): LiveGate {
  if (gate.lostDay === null || utcDay(time) <= gate.lostDay) return gate;
  return { ...having(gate, 'loss-limit', UNKNOWN['loss-limit'].reason), lostDay: null };
}

/** The latest lost day counts: a clock that is set back does not bring it nearer. */
function onLostDay(gate: LiveGate, day: number, reason: string): LiveGate {
  const lostDay = Math.max(day, gate.lostDay ?? day);
  return { ...lacking(gate, 'loss-limit', reason), lostDay };
}

function checked(
  gate: LiveGate,
  { isHealthy, reason }: Extract<LiveGateEvent, { readonly kind: 'health' }>,
): LiveGate {
  if (isHealthy) return { ...having(gate, 'healthy', reason), failedChecks: 0 };
  const failedChecks = gate.failedChecks + 1;
  if (gate.conditions.healthy.holds && failedChecks < MOST_FAILED_CHECKS) {
    return { ...gate, failedChecks };
  }
  return { ...lacking(gate, 'healthy', reason), failedChecks };
}

function disconnected(gate: LiveGate): LiveGate {
  const { healthy, credentials, reconciled } = UNKNOWN;
  const conditions = { ...gate.conditions, healthy, credentials, reconciled };
  return unconfirmed({ ...gate, conditions, failedChecks: 0 }, 'The exchange was disconnected.');
}

function confirmed(gate: LiveGate, time: number): LiveGate {
  const today = gateOnDay(gate, time);
  return isReadyToConfirm(today) ? having(today, 'confirmed', 'Confirmed in this run.') : today;
}

function having(gate: LiveGate, name: LiveCondition, reason: string): LiveGate {
  return { ...gate, conditions: { ...gate.conditions, [name]: { holds: true, reason } } };
}

function lacking(gate: LiveGate, name: LiveCondition, reason: string): LiveGate {
  const lost = { ...gate, conditions: { ...gate.conditions, [name]: missing(reason) } };
  return unconfirmed(lost, reason);
}

/** @param because remembered only where the gate was confirmed until now */
function unconfirmed(gate: LiveGate, because: string): LiveGate {
  if (!gate.conditions.confirmed.holds) return gate;
  const { confirmed: unasked } = UNKNOWN;
  return { ...gate, conditions: { ...gate.conditions, confirmed: unasked }, shutBecause: because };
}

function missing(reason: string): ConditionState {
  return { holds: false, reason };
}
