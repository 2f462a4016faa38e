import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { logUncaught } from './uncaught.ts';

function faulty() {
  const stderr = new EventEmitter();
  const process = Object.assign(new EventEmitter(), { stderr });
  const logged: string[] = [];
  logUncaught(process, (text) => logged.push(text));
  return { process, stderr, logged };
}

it('what nobody caught is written down with its stack', () => {
  const { process, logged } = faulty();
  process.emit('uncaughtExceptionMonitor', new Error('torn'));
  process.emit('unhandledRejection', 'no reason');
  expect(logged[0]).toMatch(/^Nobody caught this\. Error: torn\n +at /);
  expect(logged[1]).toBe('Nobody handled this. no reason');
});

it('a terminal that is gone is no fault', () => {
  const { stderr, logged } = faulty();
  expect(() => stderr.emit('error', new Error('write EPIPE'))).not.toThrow();
  expect(logged).toEqual([]);
});
