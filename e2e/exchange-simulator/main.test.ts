import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';

const MAIN = join(import.meta.dirname, 'main.ts');
const run = promisify(execFile);

/** A process starts slowly on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

test('--help names the options, the control port and the faults', async () => {
  const { stdout } = await run(process.execPath, [MAIN, '--help']);
  for (const word of ['--port', '--candles', '--seed', '/_control/faults', 'partial-fills']) {
    expect(stdout).toContain(word);
  }
});

test('it serves on the port that it prints, and goes when asked to', async () => {
  const child = spawn(process.execPath, [MAIN, '--port', '0', '--seed', '7']);
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await expect.poll(() => printed, { timeout: 30_000 }).toContain('secret simulator-secret');
  const url = /REST (http:\S+)/.exec(printed)?.[1] ?? '';
  const answer = await fetch(`${url}/api/v3/ticker/price?symbol=BTCUSDT`);
  expect(await answer.json()).toMatchObject({ symbol: 'BTCUSDT' });
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test.each([
  [['--port', 'none'], '--port'],
  [['--candles', 'no-such-file.csv'], 'no-such-file.csv'],
])('%s ends with a sentence', async (args, word) => {
  await expect(run(process.execPath, [MAIN, ...args])).rejects.toMatchObject({
    stderr: expect.stringContaining(word) as string,
  });
});
