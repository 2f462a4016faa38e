import { describe, expect, it } from 'vitest';
import { followPower } from './power-events.ts';

function computer(resume: () => Promise<void>) {
  const done: string[] = [];
  const logged: string[] = [];
  const listeners = new Map<string, () => void>();
  followPower({
    powerMonitor: { on: (event, listener) => listeners.set(event, listener) },
    controls: {
      suspend: () => void done.push('suspended'),
      resume: () => {
        done.push('resumed');
        return resume();
      },
    },
    log: (sentence) => logged.push(sentence),
  });
  return { done, logged, says: (event: 'suspend' | 'resume') => listeners.get(event)?.() };
}

describe('a computer that sleeps', () => {
  it('switches live mode off before, and learns what happened after', () => {
    const { done, says } = computer(() => Promise.resolve());
    says('suspend');
    says('resume');
    expect(done).toEqual(['suspended', 'resumed']);
  });

  it('and cannot learn what happened says so', async () => {
    const { logged, says } = computer(() => Promise.reject(new Error('no network')));
    says('resume');
    await Promise.resolve();
    await Promise.resolve();
    expect(logged).toEqual(['Waking up failed; live mode stays off. Error: no network']);
  });
});
