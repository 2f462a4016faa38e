/** A small contract whose handlers the conformance suite drives by hand. */

import { z } from 'zod';
import { call, defineContract, stream } from '../../define.ts';
import { contractFailure } from '../../errors.ts';
import { float64Column } from '../../shared-schemas.ts';
import type { Handlers, Sink } from '../handlers.ts';
import type { Incident, IncidentReporting } from '../incidents.ts';

/** Stands for a key, a path, a customer's balance: whatever an error's text may hold. */
export const CANARY = 'sk-live-canary-4711';

const nothing = z.strictObject({});

export const fixtureTable = defineContract({
  echo: call(
    z.strictObject({ value: z.unknown() }),
    z.strictObject({ value: z.unknown().optional() }),
  ),
  column: call(
    z.strictObject({ column: float64Column }),
    z.strictObject({ column: float64Column }),
  ),
  typed: call(z.strictObject({ amount: z.number().positive() }), z.strictObject({})),
  refuse: call(nothing, nothing),
  throws: call(nothing, nothing),
  rejects: call(nothing, nothing),
  leaks: call(nothing, z.strictObject({ name: z.string() })),
  answersNonsense: call(nothing, nothing),
  gate: call(z.strictObject({ key: z.string() }), z.strictObject({ key: z.string() })),
  latest: stream(z.strictObject({ key: z.string() }), z.number().int(), 'latest'),
  fail: stream(z.strictObject({ key: z.string() }), z.number().int(), 'fail'),
  throwsAtOnce: stream(nothing, z.number(), 'fail'),
});

export type FixtureTable = typeof fixtureTable;

/** One subscription as its handler sees it. */
interface OpenStream {
  readonly sink: Sink<number>;
  readonly releases: () => number;
  /** Resolves with the first release. */
  readonly released: Promise<void>;
}

export interface Fixture {
  readonly handlers: Handlers<FixtureTable>;
  readonly reporting: IncidentReporting;
  readonly incidents: readonly Incident[];
  /** Every input that `typed` and `echo` were given. */
  readonly inputs: readonly unknown[];
  /** Lets the `gate` call of this key answer. */
  openGate(key: string): Promise<void>;
  /** The stream that was subscribed to with this key, once it is. */
  stream(key: string): Promise<OpenStream>;
  /** The next one that will be subscribed to with this key. */
  next(key: string): Promise<OpenStream>;
  /** The keys of all subscriptions so far, in order. */
  opened(): readonly string[];
}

/** @param overrides - Handlers to use instead of the fixture's own. */
export function createFixture(overrides: Partial<Handlers<FixtureTable>> = {}): Fixture {
  const incidents: Incident[] = [];
  const inputs: unknown[] = [];
  const gates = createKeyed<() => void>();
  const streams = createKeyed<OpenStream>();
  const keys: string[] = [];

  function openStream({ key }: { readonly key: string }, sink: Sink<number>): () => void {
    const { opened, release } = createOpenStream(sink);
    keys.push(key);
    streams.put(key, opened);
    return release;
  }

  const handlers: Handlers<FixtureTable> = {
    echo: ({ value }) => {
      inputs.push(value);
      return { ok: true, value: { value } };
    },
    column: ({ column }) => ({ ok: true, value: { column } }),
    typed: (input) => {
      inputs.push(input);
      return { ok: true, value: {} };
    },
    refuse: () => contractFailure('RUN_NOT_FOUND', 'There is no such run. Choose another.'),
    throws: () => {
      throw new Error(`opening /home/someone/${CANARY}`);
    },
    rejects: () => Promise.reject(new Error(CANARY)),
    leaks: () => {
      const record = { name: 'piggy', secret: CANARY };
      return { ok: true, value: record };
    },
    // What an untyped library may bring about in spite of the compiler.
    answersNonsense: () => {
      const answer = { ok: true as const, value: {} };
      Reflect.set(answer, 'ok', CANARY);
      return answer;
    },
    gate: ({ key }) =>
      new Promise((resolve) => {
        gates.put(key, () => resolve({ ok: true, value: { key } }));
      }),
    latest: openStream,
    fail: openStream,
    throwsAtOnce: () => {
      throw new Error(CANARY);
    },
    ...overrides,
  };

  return {
    handlers,
    reporting: {
      newIncidentId: () => `incident-${incidents.length + 1}`,
      onInternalError: (incident) => incidents.push(incident),
    },
    incidents,
    inputs,
    openGate: async (key) => (await gates.get(key))(),
    stream: (key) => streams.get(key),
    next(key) {
      streams.forget(key);
      return streams.get(key);
    },
    opened: () => keys,
  };
}

function createOpenStream(sink: Sink<number>) {
  let releases = 0;
  const { promise: released, resolve } = deferred<void>();
  const opened: OpenStream = { sink, releases: () => releases, released };
  const release = (): void => {
    releases += 1;
    resolve();
  };
  return { opened, release };
}

/** Values that may be asked for before they are there. */
function createKeyed<Value>() {
  const entries = new Map<string, ReturnType<typeof deferred<Value>>>();
  const entry = (key: string) => {
    const found = entries.get(key) ?? deferred<Value>();
    entries.set(key, found);
    return found;
  };
  return {
    put: (key: string, value: Value) => entry(key).resolve(value),
    get: (key: string) => entry(key).promise,
    forget: (key: string) => entries.delete(key),
  };
}

export function deferred<Value>() {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
