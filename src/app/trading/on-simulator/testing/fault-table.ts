/** Every fault that the simulator knows, aimed at a request where it is one of requests. */

import type { FaultInput } from '../../../../../e2e/exchange-simulator/faults.ts';
import type { Target } from './wire.ts';

export type AimedFault = (at: Target) => FaultInput;
type FaultKind = FaultInput['kind'];

interface Row<Kind extends FaultKind> {
  readonly faults: readonly ((at: Target) => FaultInput & { readonly kind: Kind })[];
  /** Ends what does not end by itself. */
  readonly end: FaultInput | null;
}

const UNKNOWN_STATUS =
  'An unexpected response was received from the message bus. Execution status unknown.';

/** A kind that is not in here does not compile. */
const FAULTS: { readonly [Kind in FaultKind]: Row<Kind> } = {
  timeout: {
    faults: [
      (at) => ({ kind: 'timeout', effect: 'after', ...at }),
      (at) => ({ kind: 'timeout', effect: 'before', ...at }),
    ],
    end: null,
  },
  delay: {
    faults: [
      (at) => ({ kind: 'delay', ms: 4_000, effect: 'after', ...at }),
      (at) => ({ kind: 'delay', ms: 4_000, effect: 'before', ...at }),
      // Answered, or done, after it was given up.
      (at) => ({ kind: 'delay', ms: 6_000, effect: 'after', ...at }),
      (at) => ({ kind: 'delay', ms: 6_000, effect: 'before', ...at }),
    ],
    end: null,
  },
  reset: {
    faults: [
      (at) => ({ kind: 'reset', effect: 'after', ...at }),
      (at) => ({ kind: 'reset', effect: 'before', ...at }),
    ],
    end: null,
  },
  'rate-limit': {
    faults: [(at) => ({ kind: 'rate-limit', retryAfterSeconds: 2, ...at })],
    end: null,
  },
  ban: { faults: [(at) => ({ kind: 'ban', retryAfterSeconds: 20, ...at })], end: null },
  'server-error': {
    faults: [
      (at) => ({ kind: 'server-error', status: 502, effect: 'after', ...at }),
      (at) => ({ kind: 'server-error', status: 503, effect: 'before', ...at }),
    ],
    end: null,
  },
  'backend-timeout': {
    faults: [
      (at) => ({ kind: 'backend-timeout', effect: 'after', ...at }),
      (at) => ({ kind: 'backend-timeout', effect: 'before', ...at }),
    ],
    end: null,
  },
  'clock-skew': {
    faults: [
      () => ({ kind: 'clock-skew', ms: 30_000 }),
      () => ({ kind: 'clock-skew', ms: -30_000 }),
    ],
    end: { kind: 'clock-skew', ms: 0 },
  },
  'duplicate-events': { faults: [() => ({ kind: 'duplicate-events', times: 10 })], end: null },
  'reordered-events': { faults: [() => ({ kind: 'reordered-events', times: 10 })], end: null },
  'partial-fills': {
    faults: [() => ({ kind: 'partial-fills', percent: 40 })],
    end: { kind: 'partial-fills', percent: 100 },
  },
  'dropped-sockets': { faults: [() => ({ kind: 'dropped-sockets' })], end: null },
  maintenance: {
    faults: [() => ({ kind: 'maintenance', on: true })],
    end: { kind: 'maintenance', on: false },
  },
  // Whoever is told so does not know whether it took effect.
  refusal: {
    faults: [
      (at) => ({ kind: 'refusal', code: -1006, msg: UNKNOWN_STATUS, effect: 'after', ...at }),
      (at) => ({ kind: 'refusal', code: -1006, msg: UNKNOWN_STATUS, effect: 'before', ...at }),
    ],
    end: null,
  },
  body: {
    faults: [
      (at) => ({ kind: 'body', body: '', effect: 'after', ...at }),
      (at) => ({ kind: 'body', body: '<html></html>', type: 'text/html', effect: 'before', ...at }),
    ],
    end: null,
  },
  'silent-streams': {
    faults: [() => ({ kind: 'silent-streams', on: true })],
    end: { kind: 'silent-streams', on: false },
  },
  'refused-streams': {
    faults: [() => ({ kind: 'refused-streams', on: true })],
    end: { kind: 'refused-streams', on: false },
  },
  'ended-streams': { faults: [() => ({ kind: 'ended-streams' })], end: null },
  'shutdown-notice': { faults: [() => ({ kind: 'shutdown-notice' })], end: null },
};

export const FAULT_ROWS = Object.values<Row<FaultKind>>(FAULTS);
