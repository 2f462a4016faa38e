import { describe, expect, it } from 'vitest';
import { createMemoryChannels } from './memory-channel.ts';
import { connectContract } from './client.ts';
import { CREDIT_WINDOW } from './client-subscription.ts';
import { fixtureTable } from './conformance/fixture.ts';
import { recorder } from './conformance/recorder.ts';

/** A client, and an app that the test plays by hand. */
function clientOfHandmadeApp() {
  const { window, app } = createMemoryChannels(structuredClone);
  const received: unknown[] = [];
  app.onMessage((message) => received.push(message));
  return { client: connectContract(fixtureTable, window), app, window, received };
}

/** Lets every message on its way arrive. */
async function delivered(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

describe('an app that answers wrongly', () => {
  it('an output of the wrong shape becomes an error, not a value', async () => {
    const { client, app } = clientOfHandmadeApp();
    const answer = client.call('leaks', {});
    app.send({ type: 'answer', id: 0, value: { name: 7 } });
    expect(await answer).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
  });

  it('an event of the wrong shape ends the subscription, and the app is told', async () => {
    const { client, app, received } = clientOfHandmadeApp();
    const observer = recorder();
    client.subscribe('latest', { key: 'a' }, observer);
    app.send({ type: 'event', id: 0, event: 'seven' });
    app.send({ type: 'event', id: 0, event: 7 });
    expect(await observer.ended).toMatchObject({ code: 'INTERNAL' });
    await delivered();
    expect(observer.events).toEqual([]);
    expect(observer.ends).toHaveLength(1);
    expect(received.at(-1)).toEqual({ type: 'unsubscribe', id: 0 });
  });

  it.each([
    null,
    'answer',
    { type: 'answer', id: -1, value: {} },
    { type: 'failure', id: 0, error: { code: 'MADE_UP', sentence: '' } },
    { type: 'failure', id: 0, error: { code: 'INTERNAL', sentence: '', stack: 'at x' } },
  ])('a message like %j closes the channel and settles what waits', async (message) => {
    const { client, app } = clientOfHandmadeApp();
    const answer = client.call('refuse', {});
    app.send(message);
    expect(await answer).toMatchObject({ ok: false, error: { code: 'DISCONNECTED' } });
  });

  it('answers to nobody, or twice, are ignored', async () => {
    const { client, app } = clientOfHandmadeApp();
    const answer = client.call('refuse', {});
    app.send({ type: 'answer', id: 55, value: {} });
    app.send({ type: 'event', id: 55, event: 1 });
    app.send({ type: 'end', id: 55, error: null });
    app.send({ type: 'answer', id: 0, value: {} });
    app.send({ type: 'answer', id: 0, value: {} });
    expect(await answer).toEqual({ ok: true, value: {} });
  });
});

describe('credit', () => {
  it('is granted again for what was read, half a window at a time', async () => {
    const { client, app, received } = clientOfHandmadeApp();
    client.subscribe('fail', { key: 'a' }, recorder());
    const grants = () => received.filter((message) => JSON.stringify(message).includes('"credit"'));
    for (let event = 1; event < CREDIT_WINDOW / 2; event += 1) {
      app.send({ type: 'event', id: 0, event });
    }
    await delivered();
    expect(received[0]).toMatchObject({ type: 'subscribe', credits: CREDIT_WINDOW });
    expect(grants()).toEqual([]);
    app.send({ type: 'event', id: 0, event: 0 });
    await delivered();
    expect(grants()).toEqual([{ type: 'credit', id: 0, credits: CREDIT_WINDOW / 2 }]);
  });
});

describe('a subscription that cannot begin', () => {
  it('ends after the caller holds its unsubscribe, and not at all once that was used', async () => {
    const { client, window } = clientOfHandmadeApp();
    window.close();
    const [kept, left] = [recorder(), recorder()];
    client.subscribe('latest', { key: 'a' }, kept);
    const unsubscribe = client.subscribe('latest', { key: 'b' }, left);
    expect(kept.ends).toEqual([]);
    unsubscribe();
    await delivered();
    expect(kept.ends).toMatchObject([{ code: 'DISCONNECTED' }]);
    expect(left.ends).toEqual([]);
  });
});
