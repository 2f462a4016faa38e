/** What goes wrong on demand: to the next requests, to the events, or until it is called off. */

import { z } from 'zod';

/** Which requests it meets: those whose method is this and whose path ends so, and how many of them. */
const scope = {
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).optional(),
  path: z.string().optional(),
  /** Only those whose query or body has this in it, decoded: `side=SELL`. */
  having: z.string().optional(),
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
  /** Any of the exchange's own errors: `{"code":-1013,"msg":"Market is closed."}`. */
  z.strictObject({
    kind: z.literal('refusal'),
    ...scope,
    effect,
    status: z.int().min(400).max(599).default(400),
    code: z.int(),
    msg: z.string(),
  }),
  /** An answer that is none: a proxy's page, nothing at all, `{}`. */
  z.strictObject({
    kind: z.literal('body'),
    ...scope,
    effect,
    status: z.int().min(200).max(599).default(200),
    type: z.string().default('application/json;charset=UTF-8'),
    body: z.string(),
  }),
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
  /** The account's stream stays open and says nothing; what happens meanwhile is never told. */
  z.strictObject({ kind: z.literal('silent-streams'), on: z.boolean() }),
  /** Nobody can subscribe to the account's stream. */
  z.strictObject({ kind: z.literal('refused-streams'), on: z.boolean() }),
]);

/** Once, to every stream that is open. */
const streamFault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('dropped-sockets') }),
  /** The account's stream ends, and its connection stays open. */
  z.strictObject({ kind: z.literal('ended-streams') }),
  /** The exchange says that it is going to close the connection, which is for the client to do first. */
  z.strictObject({ kind: z.literal('shutdown-notice') }),
]);

export const faultSchema = z.union([requestFault, condition, streamFault]);

/** As it is written down; what has a default may be left out. */
export type FaultInput = z.input<typeof faultSchema>;
export type RequestFault = z.output<typeof requestFault>;
export type StreamFault = z.output<typeof streamFault>['kind'];

export interface Faults {
  readonly add: (fault: FaultInput) => void;
  /** Calls all of them off. */
  readonly clear: () => void;
  /** @param sent - Query and body, one after the other. */
  readonly takeForRequest: (method: string, path: string, sent: string) => RequestFault | undefined;
  /** True as often as events are to be duplicated. */
  readonly takeDuplicate: () => boolean;
  readonly takeReordering: () => boolean;
  readonly skewMs: () => number;
  readonly matchPercent: () => number;
  readonly isUnderMaintenance: () => boolean;
  readonly areStreamsSilent: () => boolean;
  readonly areStreamsRefused: () => boolean;
}

/** @param meetStreams - Does it to every stream that is open. */
export function createFaults(meetStreams: (fault: StreamFault) => void): Faults {
  let waiting: readonly RequestFault[] = [];
  let skewMs = 0;
  let duplicates = 0;
  let reorderings = 0;
  let matchPercent = 100;
  let isUnderMaintenance = false;
  let areStreamsSilent = false;
  let areStreamsRefused = false;

  const clear = (): void => {
    waiting = [];
    skewMs = 0;
    duplicates = 0;
    reorderings = 0;
    matchPercent = 100;
    isUnderMaintenance = false;
    areStreamsSilent = false;
    areStreamsRefused = false;
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
        case 'silent-streams':
          areStreamsSilent = fault.on;
          return;
        case 'refused-streams':
          areStreamsRefused = fault.on;
          return;
        case 'dropped-sockets':
        case 'ended-streams':
        case 'shutdown-notice':
          meetStreams(fault.kind);
          return;
        default:
          waiting = [...waiting, fault];
      }
    },
    clear,
    takeForRequest: (method, path, sent) => {
      const fault = waiting.find((each) => meets(each, method, path, sent));
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
    areStreamsSilent: () => areStreamsSilent,
    areStreamsRefused: () => areStreamsRefused,
  };
}

function meets(fault: RequestFault, method: string, path: string, sent: string): boolean {
  return (
    (fault.method ?? method) === method &&
    path.endsWith(fault.path ?? '') &&
    decoded(sent).includes(fault.having ?? '')
  );
}

/** What is not written as parameters are is left as it is. */
export function decoded(sent: string): string {
  try {
    return decodeURIComponent(sent);
  } catch {
    return sent;
  }
}
