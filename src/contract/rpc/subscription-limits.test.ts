/** However many subscriptions one side asks for, the app holds a bounded number, and whoever has one keeps it. */

import { expect, it } from 'vitest';
import { createFixture, fixtureTable } from './conformance/fixture.ts';
import { createMemoryChannels } from './memory-channel.ts';
import { createContractServer, MOST_SUBSCRIPTIONS, MOST_SUBSCRIPTIONS_IN_ALL } from './server.ts';

interface Window {
  readonly heard: { readonly type: string; readonly id: number; readonly error?: unknown }[];
  subscribe(id: number, name?: string): void;
  send(message: unknown): void;
  close(): void;
}

function server() {
  const fixture = createFixture();
  const served = createContractServer(fixtureTable, fixture.handlers, fixture.reporting);
  return {
    fixture,
    open(): Window {
      const { window, app } = createMemoryChannels(structuredClone);
      served.serve(app);
      const heard: Window['heard'] = [];
      window.onMessage((message) => heard.push(message as Window['heard'][number]));
      const send = (message: unknown): void => window.send(message);
      return {
        heard,
        send,
        subscribe: (id, name = 'latest') =>
          send({ type: 'subscribe', id, name, input: { key: `k${id}` }, credits: 1 }),
        close: () => window.close(),
      };
    },
  };
}

/** Everything sent has been dealt with. */
const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

const refused = ({ heard }: Window): number[] =>
  heard.filter(({ type }) => type === 'end').map(({ id }) => id);

it('one connection gets as many as it may hold, then a refusal that says why, and nothing else is disturbed', async () => {
  const { fixture, open } = server();
  const [greedy, other] = [open(), open()];
  other.subscribe(1);
  for (let id = 0; id < MOST_SUBSCRIPTIONS + 10; id += 1) greedy.subscribe(id);
  await settled();
  expect(fixture.opened()).toHaveLength(MOST_SUBSCRIPTIONS + 1);
  expect(refused(greedy)).toHaveLength(10);
  expect(greedy.heard.at(-1)).toMatchObject({ error: { code: 'TOO_MANY_SUBSCRIPTIONS' } });
  expect(refused(other)).toEqual([]);
  const { sink } = await fixture.stream('k0');
  sink.push(7);
  greedy.send({ type: 'call', id: 9_000, name: 'echo', input: { value: 1 } });
  await settled();
  expect(greedy.heard.slice(-2)).toMatchObject([
    { type: 'event', id: 0 },
    { type: 'answer', id: 9_000 },
  ]);
});

it('what one gives back can be had again', async () => {
  const { fixture, open } = server();
  const window = open();
  for (let id = 0; id < MOST_SUBSCRIPTIONS; id += 1) window.subscribe(id);
  window.send({ type: 'unsubscribe', id: 3 });
  window.subscribe(5_000);
  window.subscribe(5_001);
  await settled();
  expect(refused(window)).toEqual([5_001]);
  expect(fixture.opened()).toHaveLength(MOST_SUBSCRIPTIONS + 1);
});

it('all connections together hold a bounded number, until one of them closes', async () => {
  const { fixture, open } = server();
  const full = Array.from({ length: MOST_SUBSCRIPTIONS_IN_ALL / MOST_SUBSCRIPTIONS }, () => open());
  for (const window of full) {
    for (let id = 0; id < MOST_SUBSCRIPTIONS; id += 1) window.subscribe(id);
  }
  const late = open();
  late.subscribe(1);
  await settled();
  expect(fixture.opened()).toHaveLength(MOST_SUBSCRIPTIONS_IN_ALL);
  expect(refused(late)).toEqual([1]);
  full[0]?.close();
  await settled();
  late.subscribe(2);
  await settled();
  expect(refused(late)).toEqual([1]);
  expect(fixture.opened()).toHaveLength(MOST_SUBSCRIPTIONS_IN_ALL + 1);
});

it('a refusal never repeats the name that was sent', async () => {
  const { open } = server();
  const window = open();
  window.subscribe(1, 'sk-secret');
  window.send({ type: 'call', id: 2, name: 'sk-secret', input: {} });
  window.send({ type: 'call', id: 3, name: 'typed', input: { amount: 1, 'sk-secret': 2 } });
  await settled();
  expect(window.heard).toHaveLength(3);
  expect(JSON.stringify(window.heard)).not.toContain('sk-secret');
});
