import { describe, expect, it } from 'vitest';
import { createFixture } from '../../contract/rpc/conformance/fixture.ts';
import { startOnPort, USUAL_PORT } from './port.ts';
import { startTestShell } from './testing/shell.ts';

describe('the port', () => {
  it('is the usual one, or any where that is taken', async () => {
    const tried: number[] = [];
    const result = await startOnPort(null, (port) => {
      tried.push(port);
      return port === 0 ? Promise.resolve('started') : Promise.reject(portTaken());
    });
    expect(result).toEqual({ ok: true, value: 'started' });
    expect(tried).toEqual([USUAL_PORT, 0]);
  });

  it('that was asked for is taken or refused, never another', async () => {
    await using first = await startTestShell();
    const result = await startOnPort(first.port, (port) => startTestShell(createFixture(), port));
    expect(result).toMatchObject({ ok: false, error: { code: 'PORT_TAKEN' } });
    expect(result.ok ? '' : result.error.sentence).toContain(`Port ${first.port} is in use`);
  });

  it('any other trouble is not about the port', async () => {
    const start = () => Promise.reject(new Error('The window is not built'));
    await expect(startOnPort(null, start)).rejects.toThrow('not built');
  });
});

function portTaken(): Error {
  return Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE' });
}
