import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startJob, type Job } from './job.ts';

const workerUrl = new URL('./testing/trial-worker.ts', import.meta.url);
const value = z.instanceof(Float64Array);

function start(
  behaviour: string,
  options: {
    column?: Float64Array;
    onProgress?: (fraction: number) => void;
    graceMs?: number;
  } = {},
): Job<Float64Array> {
  const { column = Float64Array.of(1, 2), ...rest } = options;
  return startJob({ workerUrl, input: { behaviour, column }, value, ...rest });
}

/** Cancels a job as soon as it says that it is at work. */
function cancelAtWork(behaviour: string, graceMs: number): Job<Float64Array> {
  const job = start(behaviour, { graceMs, onProgress: () => job.cancel() });
  return job;
}

describe('a job', () => {
  it('tells its progress and gives its value', async () => {
    const told: number[] = [];
    const job = start('double', { onProgress: (fraction) => told.push(fraction) });
    expect(await job.outcome).toEqual({ kind: 'done', value: Float64Array.of(2, 4) });
    expect(told).toEqual([0, 1]);
  });

  it('works on a shared column without copying it', async () => {
    const column = new Float64Array(new SharedArrayBuffer(16));
    column.set([3, 4]);
    await start('double', { column }).outcome;
    expect([...column]).toEqual([6, 8]);
  });

  it('takes over a transferred column', async () => {
    const column = Float64Array.of(5);
    const input = { behaviour: 'double', column };
    const job = startJob({ workerUrl, input, transfer: [column.buffer], value });
    expect(column.length).toBe(0);
    expect(await job.outcome).toEqual({ kind: 'done', value: Float64Array.of(10) });
  });

  it('passes a foreseen failure on', async () => {
    const error = { code: 'PIG_ASLEEP', sentence: 'The pig is asleep.' };
    expect(await start('fail').outcome).toEqual({ kind: 'failed', error });
  });

  it('sees nothing of the environment', async () => {
    expect(await start('environment').outcome).toEqual({ kind: 'done', value: Float64Array.of(0) });
  });
});

describe('a job ends as crashed', () => {
  const containing = (text: string): unknown => expect.stringContaining(text);
  it.each([
    ['throw', 'thrown inside'],
    ['exit', 'exit code 3'],
    ['nonsense', 'fraction'],
    ['wrong-value', 'Float64Array'],
    ['no-such-behaviour', 'behaviour'],
  ])('when its worker does this: %s', async (behaviour, message) => {
    const outcome = await start(behaviour).outcome;
    expect(outcome).toMatchObject({
      kind: 'crashed',
      error: { message: containing(message) },
    });
  });

  it('when its worker cannot be loaded', async () => {
    const missing = new URL('./testing/no-such-worker.ts', import.meta.url);
    const job = startJob({ workerUrl: missing, input: null, value });
    expect((await job.outcome).kind).toBe('crashed');
  });
});

describe('a cancelled job', () => {
  // A grace of ten minutes: if the worker did not notice by itself, the test would run out of time.
  it.each(['loop-and-look', 'sleep-until-cancelled'])(
    'notices in the middle of: %s',
    async (behaviour) => {
      expect(await cancelAtWork(behaviour, 600_000).outcome).toEqual({ kind: 'cancelled' });
    },
  );

  it('is ended by force when it does not look', async () => {
    expect(await cancelAtWork('loop-deaf', 1).outcome).toEqual({ kind: 'cancelled' });
  });

  it('is cancelled even when its value was already on its way', async () => {
    expect(await cancelAtWork('double', 600_000).outcome).toEqual({ kind: 'cancelled' });
  });

  it('can be cancelled before it has started, and twice', async () => {
    const job = start('loop-and-look');
    job.cancel();
    job.cancel();
    expect(await job.outcome).toEqual({ kind: 'cancelled' });
  });
});

it('cancelling a job that has ended changes nothing', async () => {
  const job = start('double');
  const outcome = await job.outcome;
  job.cancel();
  expect(await job.outcome).toBe(outcome);
});
