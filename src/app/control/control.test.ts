import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { describeTransport } from '../../contract/rpc/conformance.ts';
import { fixtureTable } from '../../contract/rpc/conformance/fixture.ts';
import { createContractServer } from '../../contract/rpc/server.ts';
import type { Channel } from '../../contract/rpc/channel.ts';
import { temporaryFolder } from '../storage/testing/temporary-folder.ts';
import { connectControl } from './client.ts';
import { framed, FrameReader } from './frames.ts';
import { controlPlace } from './place.ts';
import { serveControl, type ControlServer } from './server.ts';

const TOKEN = new Uint8Array(32).fill(7);

async function served(
  dataDir: string,
  serve: (channel: Channel) => void = () => {},
): Promise<ControlServer> {
  const server = await serveControl({
    dataDir,
    serve,
    token: TOKEN,
    platform: process.platform,
    helloMs: 50,
  });
  onTestFinished(() => server.close());
  return server;
}

describeTransport('control socket', async (fixture) => {
  const dataDir = await temporaryFolder();
  const contract = createContractServer(fixtureTable, fixture.handlers, fixture.reporting);
  const server = await serveControl({
    dataDir,
    serve: (channel) => contract.serve(channel),
    token: TOKEN,
    platform: process.platform,
  });
  const connected = await connectControl(dataDir, process.platform);
  if (!connected.ok) throw new Error(connected.error.sentence);
  return {
    channel: connected.value,
    stopApp: () => server.close(),
    dispose: () => server.close(),
  };
});

describe('who may connect', () => {
  it.skipIf(process.platform === 'win32')(
    'the socket and the token are for the user alone',
    async () => {
      const dataDir = await temporaryFolder();
      await served(dataDir);
      const modes = await Promise.all(
        ['control.sock', 'control-token'].map(
          async (name) => (await stat(join(dataDir, name))).mode & 0o777,
        ),
      );
      expect(modes).toEqual([0o600, 0o600]);
    },
  );

  it('says in words that nothing runs there', async () => {
    const dataDir = await temporaryFolder();
    const answer = await connectControl(dataDir, process.platform);
    expect(answer).toMatchObject({ ok: false, error: { code: 'NOT_RUNNING' } });
    await writeFile(join(dataDir, 'control-token'), TOKEN);
    expect(await connectControl(dataDir, process.platform)).toMatchObject({
      error: { code: 'NOT_RUNNING' },
    });
  });

  it.each([
    ['a wrong token', framed(new Uint8Array(32))],
    ['a short token', framed(TOKEN.subarray(1))],
    ['an empty hello', framed(new Uint8Array(0))],
    ['an endless hello', new Uint8Array([0xff, 0xff, 0xff, 0xff])],
    ['half a hello, and then nothing', framed(TOKEN).subarray(0, 10)],
    ['an HTTP request', new TextEncoder().encode('GET / HTTP/1.1\r\n\r\n')],
  ])('cuts off %s without a word', async (_, bytes) => {
    const dataDir = await temporaryFolder();
    let isServed = false;
    await served(dataDir, () => {
      isServed = true;
    });
    const { socket } = controlPlace(dataDir, process.platform, '');
    expect(await heardFrom(connect(socket), bytes)).toEqual(new Uint8Array(0));
    expect(isServed).toBe(false);
  });

  it('believes nobody who answers with nonsense', async () => {
    const dataDir = await temporaryFolder();
    await writeFile(join(dataDir, 'control-token'), TOKEN);
    const stranger = createServer((socket) => {
      socket.on('error', () => {});
      socket.write(new Uint8Array([0xff, 0xff, 0xff, 0xff]));
    });
    const { socket } = controlPlace(dataDir, process.platform, tmpdir());
    await new Promise<void>((resolve) => {
      stranger.listen(socket, resolve);
    });
    onTestFinished(() => void stranger.close());
    expect(await connectControl(dataDir, process.platform)).toMatchObject({
      error: { code: 'CONTROL_REFUSED' },
    });
  });

  it('takes the place of a socket that a killed process left', async () => {
    const dataDir = await temporaryFolder();
    await writeFile(join(dataDir, 'control.sock'), '');
    await writeFile(join(dataDir, 'control-token'), 'old');
    await served(dataDir);
    expect(await connectControl(dataDir, process.platform)).toMatchObject({ ok: true });
    expect(new Uint8Array(await readFile(join(dataDir, 'control-token')))).toEqual(TOKEN);
  });

  it('works from a folder whose path is too long for a socket', async () => {
    const dataDir = join(await temporaryFolder(), 'a'.repeat(120));
    await mkdir(dataDir);
    const server = await served(dataDir);
    expect(await connectControl(dataDir, process.platform)).toMatchObject({ ok: true });
    const { socketDir } = controlPlace(dataDir, process.platform, tmpdir());
    await server.close();
    if (socketDir !== null) await expect(stat(socketDir)).rejects.toThrow('ENOENT');
  });
});

/** Everything the other side says until it hangs up. */
function heardFrom(socket: Socket, said: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve) => {
    const heard: Uint8Array[] = [];
    socket.on('data', (piece) => heard.push(piece));
    socket.on('error', () => {});
    socket.on('close', () => resolve(new Uint8Array(Buffer.concat(heard))));
    socket.write(said);
  });
}

it('puts the same frames together however the bytes are cut', () => {
  const frames = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 });
  fc.assert(
    fc.property(
      frames,
      fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }),
      (sent, cuts) => {
        const bytes = Buffer.concat(sent.map((frame) => framed(frame)));
        const reader = new FrameReader(300);
        const got: Uint8Array[] = [];
        for (let at = 0, cut = 0; at < bytes.length; cut += 1) {
          const length = cuts[cut % cuts.length] ?? 1;
          reader.push(bytes.subarray(at, at + length));
          at += length;
          for (let frame = reader.next(); frame !== null; frame = reader.next()) got.push(frame);
        }
        expect(got.map((frame) => [...frame])).toEqual(sent.map((frame) => [...frame]));
      },
    ),
  );
});
