/** A process whose feed is closed ends at once and without complaint, whatever the other side is doing then. */

import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startSimulator, type Simulator } from '../../../../e2e/exchange-simulator/simulator.ts';
import { startFrameServer } from './testing/frame-server.ts';

/** Starting Node and loading ccxt takes a second or two on a busy machine. */
const LONG = 30_000;
const PATIENCE = { timeout: 15_000, interval: 20 };

interface Child {
  /** What it heard, in order. */
  readonly heard: () => readonly string[];
  /** Closes the feed; the answer is how the process ended, how soon in ms, and what it complained of. */
  close(): Promise<{ readonly code: number | null; readonly ms: number; readonly said: string }>;
}

function startChild(rest: string, stream: string): Child {
  const script = path.join(import.meta.dirname, 'testing/stream-child.ts');
  const child = spawn(process.execPath, [script, rest, stream]);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let out = '';
  let said = '';
  child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    heard: () => out.split('\n').filter(Boolean),
    close: async () => {
      const begun = performance.now();
      child.stdin.end();
      const code = await ended;
      return { code, ms: performance.now() - begun, said };
    },
  };
}

async function simulator(): Promise<Simulator> {
  const started = await startSimulator({ market: { kind: 'still', seed: 1 } });
  onTestFinished(started.close);
  return started;
}

/** Takes connections and never says a word. */
async function silentServer(): Promise<{ readonly url: string; readonly callers: () => number }> {
  let callers = 0;
  const server = createServer((socket) => {
    callers += 1;
    onTestFinished(() => {
      socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { url: `ws://127.0.0.1:${address.port}`, callers: () => callers };
}

const GOOD_END = { code: 0, said: '' };
/** ccxt alone would wait 30 s for the other side's goodbye. */
const SOON_MS = 5_000;

it(
  'while quotes are coming',
  async () => {
    const { restUrl, wsUrl, control } = await simulator();
    const child = startChild(restUrl, wsUrl);
    let price = 60_000;
    await expect
      .poll(() => {
        control.movePrice('BTCUSDT', `${(price += 1)}`);
        return child.heard().length;
      }, PATIENCE)
      .toBeGreaterThan(3);
    const end = await child.close();
    expect(end).toMatchObject(GOOD_END);
    expect(end.ms).toBeLessThan(SOON_MS);
  },
  LONG,
);

it(
  'after connections that broke again and again',
  async () => {
    const { restUrl, wsUrl, control } = await simulator();
    const child = startChild(restUrl, wsUrl);
    for (const heard of [1, 2, 3]) {
      await expect.poll(() => child.heard().length, PATIENCE).toBeGreaterThanOrEqual(heard);
      control.fault({ kind: 'dropped-sockets' });
    }
    const end = await child.close();
    expect(end).toMatchObject(GOOD_END);
    expect(end.ms).toBeLessThan(SOON_MS);
    expect(new Set(child.heard())).toEqual(new Set(['quote']));
  },
  LONG,
);

it(
  'while it is still being connected',
  async () => {
    const { restUrl } = await simulator();
    const { url, callers } = await silentServer();
    const child = startChild(restUrl, url);
    await expect.poll(callers, PATIENCE).toBeGreaterThan(0);
    const end = await child.close();
    expect(end).toMatchObject(GOOD_END);
    expect(end.ms).toBeLessThan(SOON_MS);
  },
  LONG,
);

it(
  'while the other side has gone without a goodbye',
  async () => {
    const { restUrl } = await simulator();
    const mute = await startFrameServer(() => undefined);
    const child = startChild(restUrl, mute.url);
    await expect.poll(() => mute.received.length, PATIENCE).toBeGreaterThan(0);
    mute.deafen();
    const end = await child.close();
    expect(end).toMatchObject(GOOD_END);
    expect(end.ms).toBeLessThan(SOON_MS);
  },
  LONG,
);

it(
  'while nobody is there at all',
  async () => {
    const { restUrl, wsUrl, close } = await simulator();
    await close();
    const child = startChild(restUrl, wsUrl);
    await expect.poll(child.heard, PATIENCE).toContain('connection');
    const end = await child.close();
    expect(end).toMatchObject(GOOD_END);
    expect(end.ms).toBeLessThan(SOON_MS);
  },
  LONG,
);
