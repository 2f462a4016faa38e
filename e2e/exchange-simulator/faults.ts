/** What goes wrong on demand: to the next requests, to the events, or until it is called off. */

import { z } from 'zod';

/** Which requests it meets: those whose method is this and whose path ends so, and how many of them. */
const scope = {
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).optional(),
  path: z.string().optional(),
  times: z.int().positive().default(1),
};

/** Whether the request took effect before it went wrong. */
const effect = z.enum(['before', 'after']).default('before');

const requestFault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('delay'), ...scope, effect, ms: z.number().positive() }),
  /** No answer, ever. */
  z.strictObject({ kind: z.literal('timeout'), ...scope, effect }),
  z.strictObject({ kind: z.literal('reset'), ...scope, effect }),
  /** 429. */
  z.strictObject({
    kind: z.literal('rate-limit'),
    ...scope,
    retryAfterSeconds: z.int().positive(),
  }),
  /** 418. */
  z.strictObject({ kind: z.literal('ban'), ...scope, retryAfterSeconds: z.int().positive() }),
  z.strictObject({
    kind: z.literal('server-error'),
    ...scope,
    effect,
    status: z.int().min(500).max(599),
  }),
  /** −1007: the exchange's own words for not knowing whether the order took effect. */
  z.strictObject({ kind: z.literal('backend-timeout'), ...scope, effect }),
]);

const condition = z.discriminatedUnion('kind', [
  /** The exchange's clock is this far ahead, or behind if negative. */
  z.strictObject({ kind: z.literal('clock-skew'), ms: z.int() }),
  /** The next user events are sent twice. */
  z.strictObject({ kind: z.literal('duplicate-events'), times: z.int().positive().default(1) }),
  /** The next execution reports are sent only after the one that follows them. */
  z.strictObject({ kind: z.literal('reordered-events'), times: z.int().positive().default(1) }),
  /** No match fills more than this share of an order. */
  z.strictObject({ kind: z.literal('partial-fills'), percent: z.int().min(1).max(100) }),
  z.strictObject({ kind: z.literal('maintenance'), on: z.boolean() }),
]);

const dropped = z.strictObject({ kind: z.literal('dropped-sockets') });

export const faultSchema = z.union([requestFault, condition, dropped]);

/** As it is written down; what has a default may be left out. */
export type FaultInput = z.input<typeof faultSchema>;
export type RequestFault = z.output<typeof requestFault>;

export interface Faults {
  readonly add: (fault: FaultInput) => void;
  /** Calls all of them off. */
  readonly clear: () => void;
  readonly takeForRequest: (method: string, path: string) => RequestFault | undefined;
  /** True as often as events are to be duplicated. */
  readonly takeDuplicate: () => boolean;
  readonly takeReordering: () => boolean;
  readonly skewMs: () => number;
  readonly matchPercent: () => number;
  readonly isUnderMaintenance: () => boolean;
}

/** @param dropSockets - Ends every WebSocket without a goodbye. */
export function createFaults(dropSockets: () => void): Faults {
  let waiting: readonly RequestFault[] = [];
  let skewMs = 0;
  let duplicates = 0;
  let reorderings = 0;
  let matchPercent = 100;
  let isUnderMaintenance = false;

  const clear = (): void => {
    waiting = [];
    skewMs = 0;
    duplicates = 0;
    reorderings = 0;
    matchPercent = 100;
    isUnderMaintenance = false;
  };

  return {
    add: (input) => {
      const fault = faultSchema.parse(input);
      switch (fault.kind) {
        case 'clock-skew':
          skewMs = fault.ms;
          return;
        case 'duplicate-events':
          duplicates += fault.times;
          return;
        case 'reordered-events':
          reorderings += fault.times;
          return;
        case 'partial-fills':
          matchPercent = fault.percent;
          return;
        case 'maintenance':
          isUnderMaintenance = fault.on;
          return;
        case 'dropped-sockets':
          dropSockets();
          return;
        default:
          waiting = [...waiting, fault];
      }
    },
    clear,
    takeForRequest: (method, path) => {
      const fault = waiting.find((each) => meets(each, method, path));
      if (fault === undefined) return undefined;
      waiting = waiting.flatMap((each) => {
        if (each !== fault) return [each];
        return each.times > 1 ? [{ ...each, times: each.times - 1 }] : [];
      });
      return fault;
    },
    takeDuplicate: () => {
      if (duplicates === 0) return false;
      duplicates -= 1;
      return true;
    },
    takeReordering: () => {
      if (reorderings === 0) return false;
      reorderings -= 1;
      return true;
    },
    skewMs: () => skewMs,
    matchPercent: () => matchPercent,
    isUnderMaintenance: () => isUnderMaintenance,
  };
}

function meets(fault: RequestFault, method: string, path: string): boolean {
  return (fault.method ?? method) === method && path.endsWith(fault.path ?? '');
}
