import { describe, expect, it } from 'vitest';
import { connectContract } from '../contract/rpc/client.ts';
import { describeTransport } from '../contract/rpc/conformance.ts';
import { createFixture, fixtureTable, type Fixture } from '../contract/rpc/conformance/fixture.ts';
import { recorder } from '../contract/rpc/conformance/recorder.ts';
import type { Channel } from '../contract/rpc/channel.ts';
import { IPC_CHANNEL, type ElectronBridge } from '../contract/rpc/electron-bridge.ts';
import { createContractServer } from '../contract/rpc/server.ts';
import { createElectronBridge } from '../preload/bridge.ts';
import { openElectronChannel } from '../renderer/bridge/electron-channel.ts';
import { ElectronStandIn, throughContextBridge, type PageStandIn } from './testing/electron.ts';
import { acceptIpcConnections } from './ipc-channel.ts';
import { isTrustedSender } from './trusted-sender.ts';

/** The whole way in: preload script, context bridge, the window's channel. */
function openPage({ ipcRenderer, onPageHide }: PageStandIn): Channel {
  const bridge = createElectronBridge({
    ipcRenderer,
    onPageHide,
    newConnectionId: () => crypto.randomUUID(),
  });
  return openElectronChannel(throughContextBridge(bridge) as ElectronBridge);
}

function startMain(fixture: Fixture) {
  const electron = new ElectronStandIn();
  const served: Channel[] = [];
  const logged: string[] = [];
  const server = createContractServer(fixtureTable, fixture.handlers, fixture.reporting);
  acceptIpcConnections({
    ipcMain: electron.ipcMain,
    isTrusted: (event) => isTrustedSender(event, () => true),
    serve: (channel) => {
      served.push(channel);
      server.serve(channel);
    },
    log: (sentence) => logged.push(sentence),
  });
  return { electron, served, logged };
}

describeTransport('Electron IPC', async (fixture) => {
  const { electron, served } = startMain(fixture);
  const window = electron.openWindow();
  const channel = openPage(window.page());
  return {
    channel,
    stopApp: () => {
      for (const end of served) end.close();
    },
    dispose: () => window.destroy(),
  };
});

/** A window with one subscription that the app has taken up. */
async function subscribed() {
  const fixture = createFixture();
  const { electron, logged } = startMain(fixture);
  const window = electron.openWindow();
  const observer = recorder();
  const client = connectContract(fixtureTable, openPage(window.page()));
  client.subscribe('latest', { key: 'old' }, observer);
  const old = await fixture.stream('old');
  return { fixture, electron, window, observer, old, logged };
}

describe("a window's life", () => {
  it('a reload gives back what the old page held, and the new page works', async () => {
    const { fixture, window, old } = await subscribed();
    window.reload();
    const client = connectContract(fixtureTable, openPage(window.page()));
    expect(await client.call('refuse', {})).toMatchObject({ error: { code: 'RUN_NOT_FOUND' } });
    await old.released;
    const observer = recorder();
    client.subscribe('latest', { key: 'new' }, observer);
    (await fixture.stream('new')).sink.push(7);
    old.sink.push(1);
    expect(await observer.received(1)).toEqual([7]);
    expect(old.releases()).toBe(1);
  });

  it('late mail of the old page does not reach the new connection', async () => {
    const { fixture, window } = await subscribed();
    const old = openPage(window.page());
    window.reload();
    const client = connectContract(fixtureTable, openPage(window.page()));
    await client.call('refuse', {});
    old.send({ type: 'call', id: 900, name: 'typed', input: { amount: 1 } });
    old.close();
    expect(await client.call('refuse', {})).toMatchObject({ error: { code: 'RUN_NOT_FOUND' } });
    expect(fixture.inputs).toEqual([]);
  });

  it.each(['crash', 'destroy'] as const)('a %s gives back what it held', async (event) => {
    const { window, old } = await subscribed();
    window[event]();
    await old.released;
    old.sink.push(1);
    expect(old.releases()).toBe(1);
  });

  it('a page that is left says goodbye itself', async () => {
    const { window, old } = await subscribed();
    window.page().hide();
    await old.released;
    expect(old.releases()).toBe(1);
  });

  it('two windows are two connections', async () => {
    const { electron, old } = await subscribed();
    const second = electron.openWindow();
    const client = connectContract(fixtureTable, openPage(second.page()));
    await client.call('refuse', {});
    second.destroy();
    expect(old.releases()).toBe(0);
  });
});

describe('messages from elsewhere', () => {
  it.each([
    ['a page of another origin', { url: 'https://evil.example/' }],
    ['a host that only begins like ours', { url: 'app://cryptopiggy.evil.example/' }],
    ['a local file', { url: 'file:///home/someone/page.html' }],
    ['a frame inside our page', { parent: {} }],
  ])('%s gets no connection and no answer', async (_, choices) => {
    const fixture = createFixture();
    const { electron, served, logged } = startMain(fixture);
    const stranger = electron.openWindow(choices);
    const answers: unknown[] = [];
    const channel = openPage(stranger.page());
    channel.onMessage((message) => answers.push(message));
    channel.send({ type: 'call', id: 1, name: 'typed', input: { amount: 1 } });
    // Our own window's answer comes after whatever the stranger was going to get.
    const own = connectContract(fixtureTable, openPage(electron.openWindow().page()));
    await own.call('refuse', {});
    expect(answers).toEqual([]);
    expect(fixture.inputs).toEqual([]);
    expect(served).toHaveLength(1);
    expect(new Set(logged)).toEqual(
      new Set(['A message from a page that is not ours was dropped.']),
    );
  });

  it('a frame that has gone elsewhere is not trusted', () => {
    expect(isTrustedSender({ sender: { id: 1 }, senderFrame: null }, () => true)).toBe(false);
  });

  it('a window that the app did not open is not trusted', () => {
    const senderFrame = { url: 'app://cryptopiggy/', parent: null };
    expect(isTrustedSender({ sender: { id: 1 }, senderFrame }, (id) => id === 1)).toBe(true);
    expect(isTrustedSender({ sender: { id: 2 }, senderFrame }, (id) => id === 1)).toBe(false);
  });

  it.each([
    null,
    'open',
    { kind: 'open' },
    { kind: 'open', connection: 7 },
    { kind: 'open', connection: 'x'.repeat(65) },
    { kind: 'eval', connection: 'a' },
    { kind: 'message', connection: 'a' },
  ])('an envelope like %j is dropped', async (envelope) => {
    const { electron, window, old, logged, fixture } = await subscribed();
    window.page().ipcRenderer.send(IPC_CHANNEL, envelope as never);
    const own = connectContract(fixtureTable, openPage(electron.openWindow().page()));
    await own.call('refuse', {});
    expect(logged).toEqual(['A message that is not part of the contract was dropped.']);
    expect(old.releases()).toBe(0);
    expect(fixture.incidents).toEqual([]);
  });
});

describe('what the page can reach', () => {
  it('is connect, and on its result send and close; never an event or ipcRenderer', () => {
    const { page } = new ElectronStandIn().openWindow();
    const given: unknown[][] = [];
    const listeners: ((event: unknown, envelope: unknown) => void)[] = [];
    const bridge = createElectronBridge({
      ...page(),
      ipcRenderer: {
        send: () => {},
        on: (_channel, listener) => listeners.push(listener),
        off: () => {},
      },
      newConnectionId: () => 'c',
    });
    const connection = bridge.connect(
      (...all) => given.push(all),
      (...all) => given.push(all),
    );
    for (const kind of ['message', 'close']) {
      const envelope = { kind, connection: 'c', message: 1 };
      for (const listener of listeners) listener({ sender: 'ipcRenderer' }, envelope);
    }
    expect(Object.keys(bridge)).toEqual(['connect']);
    expect(Object.keys(connection)).toEqual(['send', 'close']);
    expect(given).toEqual([[1], []]);
  });
});
