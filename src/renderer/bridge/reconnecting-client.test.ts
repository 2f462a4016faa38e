import { describe, expect, it } from 'vitest';
import type { Channel } from '../../contract/rpc/channel.ts';
import { createFixture, deferred, fixtureTable } from '../../contract/rpc/conformance/fixture.ts';
import { recorder } from '../../contract/rpc/conformance/recorder.ts';
import { createMemoryChannels } from '../../contract/rpc/memory-channel.ts';
import { serveContract } from '../../contract/rpc/server.ts';
import { fail, ok } from '../../core/domain/result.ts';
import type { Dial, DialFailure } from './dial.ts';
import { createReconnectingBridge, type ConnectionState } from './reconnecting-client.ts';

/** An app that can be taken away and brought back, and a clock that the test turns. */
function world() {
  const fixture = createFixture();
  const apps: Channel[] = [];
  const waits: { readonly ms: number; readonly action: () => void }[] = [];
  let refusal: DialFailure['code'] | null = null;

  const dial: Dial = () => {
    if (refusal !== null) return Promise.resolve(fail(refusal, `The app said ${refusal}.`));
    const { window, app } = createMemoryChannels(structuredClone);
    serveContract(fixtureTable, fixture.handlers, app, fixture.reporting);
    apps.push(app);
    return Promise.resolve(ok(window));
  };
  return {
    fixture,
    dial,
    waits,
    refuse: (code: DialFailure['code'] | null) => (refusal = code),
    /** The connection drops now. */
    drop: () => apps.at(-1)?.close(),
    /** The time of the next attempt has come. */
    passTime: () => waits.shift()?.action(),
    bridge: (dialled: Dial = dial) =>
      createReconnectingBridge(fixtureTable, dialled, {
        after: (ms, action) => waits.push({ ms, action }),
        random: () => 1,
      }),
  };
}

/** The states the listener is told, and a way to wait for one. */
function watch(bridge: ReturnType<ReturnType<typeof world>['bridge']>) {
  const told: ConnectionState[] = [];
  const sentences: (string | null)[] = [];
  let waiting: { readonly state: ConnectionState; readonly resolve: () => void } | null = null;
  const remove = bridge.onConnection((state, sentence) => {
    told.push(state);
    sentences.push(sentence);
    if (waiting?.state === state) waiting.resolve();
  });
  return {
    told,
    sentences,
    remove,
    until: (state: ConnectionState) =>
      new Promise<void>((resolve) => {
        if (told.at(-1) === state) resolve();
        else waiting = { state, resolve };
      }),
  };
}

describe('the first attempt', () => {
  it('calls made before it is decided wait for it', async () => {
    const { bridge, dial } = world();
    const gate = deferred<void>();
    const { client, ...rest } = bridge(async () => {
      await gate.promise;
      return dial();
    });
    const connection = watch({ client, ...rest });
    const answer = client.call('refuse', {});
    gate.resolve();
    expect(await answer).toMatchObject({ error: { code: 'RUN_NOT_FOUND' } });
    expect(connection.told).toEqual(['connecting', 'open']);
  });

  it('where it fails, they are told, and later ones at once', async () => {
    const { bridge, refuse } = world();
    refuse('UNREACHABLE');
    const made = bridge();
    const connection = watch(made);
    const disconnected = { ok: false, error: { code: 'DISCONNECTED' } };
    expect(await made.client.call('refuse', {})).toMatchObject(disconnected);
    expect(await made.client.call('refuse', {})).toMatchObject(disconnected);
    expect(connection.told).toEqual(['connecting', 'lost']);
    expect(connection.sentences.at(-1)).toBe('The app said UNREACHABLE.');
  });

  it('a refused token is not tried again', async () => {
    const { bridge, refuse, waits } = world();
    refuse('TOKEN_REFUSED');
    const connection = watch(bridge());
    await connection.until('lost');
    expect(connection.sentences.at(-1)).toBe('The app said TOKEN_REFUSED.');
    expect(waits).toEqual([]);
  });
});

describe('a lost connection', () => {
  it('is dialled again, more and more patiently, until it is back', async () => {
    const { bridge, refuse, waits, passTime, drop } = world();
    const connection = watch(bridge());
    await connection.until('open');
    refuse('UNREACHABLE');
    drop();
    await connection.until('lost');
    const patience: number[] = [];
    for (let attempt = 0; attempt < 7; attempt += 1) {
      patience.push(waits[0]?.ms ?? -1);
      passTime();
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    }
    expect(patience).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 8_000]);
    refuse(null);
    passTime();
    await connection.until('open');
    drop();
    await connection.until('lost');
    expect(waits.map(({ ms }) => ms)).toEqual([250]);
  });

  it('a pending call is told; it is never sent twice', async () => {
    const { bridge, drop, passTime, fixture } = world();
    const made = bridge();
    const connection = watch(made);
    await connection.until('open');
    const answer = made.client.call('gate', { key: 'never' });
    const typed = await made.client.call('typed', { amount: 1 });
    drop();
    expect(await answer).toMatchObject({ error: { code: 'DISCONNECTED' } });
    passTime();
    await connection.until('open');
    await made.client.call('refuse', {});
    expect(typed.ok).toBe(true);
    expect(fixture.inputs).toEqual([{ amount: 1 }]);
  });

  it('a subscription is taken up again, and its observer never learns of it', async () => {
    const { bridge, drop, passTime, fixture } = world();
    const made = bridge();
    const connection = watch(made);
    await connection.until('open');
    const observer = recorder();
    made.client.subscribe('latest', { key: 'a' }, observer);
    const first = await fixture.stream('a');
    first.sink.push(1);
    await observer.received(1);
    const again = fixture.next('a');
    drop();
    await connection.until('lost');
    passTime();
    const second = await again;
    second.sink.push(2);
    expect(await observer.received(2)).toEqual([1, 2]);
    expect(observer.ends).toEqual([]);
    expect([first.releases(), second.releases()]).toEqual([1, 0]);
  });

  it('a subscription made while it is lost begins when it is back', async () => {
    const { bridge, drop, passTime, fixture } = world();
    const made = bridge();
    const connection = watch(made);
    await connection.until('open');
    drop();
    await connection.until('lost');
    const [kept, left] = [recorder(), recorder()];
    made.client.subscribe('latest', { key: 'kept' }, kept);
    made.client.subscribe('latest', { key: 'left' }, left)();
    passTime();
    (await fixture.stream('kept')).sink.push(3);
    expect(await kept.received(1)).toEqual([3]);
    expect(fixture.opened()).toEqual(['kept']);
  });

  it('a subscription that was left, or that ended, is not taken up again', async () => {
    const { bridge, drop, passTime, fixture } = world();
    const made = bridge();
    const connection = watch(made);
    await connection.until('open');
    const ended = recorder();
    made.client.subscribe('latest', { key: 'ended' }, ended);
    const leave = made.client.subscribe('latest', { key: 'left' }, recorder());
    const left = await fixture.stream('left');
    (await fixture.stream('ended')).sink.end(null);
    expect(await ended.ended).toBeNull();
    leave();
    await left.released;
    drop();
    await connection.until('lost');
    passTime();
    await connection.until('open');
    await made.client.call('refuse', {});
    expect(fixture.opened()).toEqual(['ended', 'left']);
  });

  it('a listener that was removed is not told', async () => {
    const { bridge, drop } = world();
    const made = bridge();
    const [stays, goes] = [watch(made), watch(made)];
    await stays.until('open');
    goes.remove();
    drop();
    await stays.until('lost');
    expect(goes.told).toEqual(['connecting', 'open']);
  });
});
