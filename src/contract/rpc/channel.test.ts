import { describe, expect, it } from 'vitest';
import { createChannelEnd } from './channel.ts';
import { createListeners } from './listeners.ts';

function end() {
  const wire: unknown[] = [];
  const made = createChannelEnd({
    send: (message) => wire.push(message),
    close: () => wire.push('closed'),
  });
  return { ...made, wire };
}

describe('a closed channel', () => {
  it('sends nothing, delivers nothing and closes the wire once', () => {
    const { channel, receive, wire } = end();
    const seen: unknown[] = [];
    channel.onMessage((message) => seen.push(message));
    receive(1);
    channel.close();
    channel.close();
    channel.send(2);
    receive(3);
    expect(wire).toEqual(['closed']);
    expect(seen).toEqual([1]);
  });

  it('tells each listener once, those that come later at once, those removed not at all', () => {
    const { channel, hangUp } = end();
    const told: string[] = [];
    channel.onClose(() => told.push('early'));
    channel.onClose(() => told.push('removed'))();
    hangUp();
    hangUp();
    channel.onClose(() => told.push('late'));
    expect(told).toEqual(['early', 'late']);
  });

  it('a wire that broke by itself is not closed again', () => {
    const { channel, hangUp, wire } = end();
    hangUp();
    channel.close();
    expect(wire).toEqual([]);
  });
});

describe('listeners', () => {
  it('one that throws does not silence the others, and its error is not lost', () => {
    const listeners = createListeners<number>();
    const told: number[] = [];
    listeners.add(() => {
      throw new Error('first');
    });
    listeners.add((value) => told.push(value));
    expect(() => listeners.tell(5)).toThrow('first');
    expect(told).toEqual([5]);
  });

  it('one removed by another is not told any more', () => {
    const listeners = createListeners<void>();
    const told: string[] = [];
    let removeSecond = (): void => {};
    listeners.add(() => removeSecond());
    removeSecond = listeners.add(() => told.push('second'));
    listeners.tell();
    expect(told).toEqual([]);
  });
});
