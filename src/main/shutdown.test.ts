import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { followShutdown } from './shutdown.ts';

function running() {
  const system = new EventEmitter();
  const logged: string[] = [];
  let quits = 0;
  const shutdown = followShutdown({
    process: system,
    powerMonitor: system,
    quit: () => (quits += 1),
    log: (sentence) => logged.push(sentence),
  });
  return { system, logged, shutdown, quits: () => quits };
}

describe('the end of the system', () => {
  it('is told once, however often it is announced, and each time quits', () => {
    const { system, logged, shutdown, quits } = running();
    expect(shutdown.signal.aborted).toBe(false);
    system.emit('SIGTERM');
    system.emit('SIGTERM');
    shutdown.begin();
    expect([shutdown.signal.aborted, quits()]).toEqual([true, 3]);
    expect(logged).toEqual(['SIGTERM has come; CryptoPiggy quits.']);
  });

  it('is held up where the system lets it be', () => {
    const { system, quits } = running();
    let isHeldUp = false;
    system.emit('shutdown', { preventDefault: () => (isHeldUp = true) });
    expect([isHeldUp, quits()]).toEqual([true, 1]);
  });
});
