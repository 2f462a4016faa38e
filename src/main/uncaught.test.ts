import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { logUncaught } from './uncaught.ts';

it('what nobody caught is written down with its stack', () => {
  const process = new EventEmitter();
  const logged: string[] = [];
  logUncaught(process, (text) => logged.push(text));
  process.emit('uncaughtExceptionMonitor', new Error('torn'));
  process.emit('unhandledRejection', 'no reason');
  expect(logged[0]).toMatch(/^Nobody caught this\. Error: torn\n +at /);
  expect(logged[1]).toBe('Nobody handled this. no reason');
});
