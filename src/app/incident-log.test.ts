import { expect, it } from 'vitest';
import { incidentLog } from './incident-log.ts';

it('writes the error with its stack under a short number', () => {
  const written: string[] = [];
  const log = incidentLog(
    (text) => written.push(text),
    () => '0f8c2d41-9a70-4c0e-b1f1',
  );
  const id = log.newIncidentId();
  log.onInternalError({ id, name: 'backtest.start', error: new Error('disk full') });
  log.onInternalError({ id, name: 'app.info', error: 'a text' });
  expect(written[0]).toMatch(/^Incident 0f8c2d41 in backtest\.start: Error: disk full\n +at /);
  expect(written[1]).toBe('Incident 0f8c2d41 in app.info: a text');
});
