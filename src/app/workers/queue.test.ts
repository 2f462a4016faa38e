import { expect, it } from 'vitest';
import { createJobQueue } from './queue.ts';

interface Task {
  readonly run: () => Promise<void>;
  end(error?: Error): Promise<void>;
}

function tasks(log: string[]): (name: string) => Task {
  return (name) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    return {
      run: () => {
        log.push(name);
        return promise;
      },
      async end(error) {
        if (error === undefined) resolve();
        else reject(error);
        await new Promise(setImmediate);
      },
    };
  };
}

const unexpected = (error: unknown): never => {
  throw error;
};

it('runs as many as allowed, the others in the order they came', async () => {
  const log: string[] = [];
  const task = tasks(log);
  const [a, b, c, d] = [task('a'), task('b'), task('c'), task('d')];
  const queue = createJobQueue(2, unexpected);
  for (const { run } of [a, b, c, d]) queue.add(run);
  expect(log).toEqual(['a', 'b']);
  await b.end();
  expect(log).toEqual(['a', 'b', 'c']);
  await a.end();
  expect(log).toEqual(['a', 'b', 'c', 'd']);
});

it('a waiting task can be withdrawn, a running one cannot', async () => {
  const log: string[] = [];
  const task = tasks(log);
  const [a, b, c] = [task('a'), task('b'), task('c')];
  const queue = createJobQueue(1, unexpected);
  const [withdrawA, withdrawB] = [queue.add(a.run), queue.add(b.run)];
  queue.add(c.run);
  expect([withdrawA(), withdrawB(), withdrawB()]).toEqual([false, true, false]);
  await a.end();
  expect(log).toEqual(['a', 'c']);
});

it('a task that throws is reported and makes way', async () => {
  const log: string[] = [];
  const faults: unknown[] = [];
  const task = tasks(log);
  const [a, b] = [task('a'), task('b')];
  const queue = createJobQueue(1, (error) => faults.push(error));
  queue.add(a.run);
  queue.add(b.run);
  const error = new Error('broken');
  await a.end(error);
  expect([log, faults]).toEqual([['a', 'b'], [error]]);
});
