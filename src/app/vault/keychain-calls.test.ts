import { beforeEach, expect, it, vi } from 'vitest';
import { openKeychain, type Keychain } from './keychain.ts';
import type { Request } from './keychain-messages.ts';
import type { KeychainProcess } from './keychain-process.ts';

/** A process whose answers the test gives. */
class HandProcess implements KeychainProcess {
  readonly sent: Request[] = [];
  killed = false;
  #message: (message: unknown) => void = () => undefined;
  #exit = (): void => undefined;
  send = (message: Request): void => void this.sent.push(message);
  onMessage = (listener: (message: unknown) => void): void => void (this.#message = listener);
  onExit = (listener: () => void): void => void (this.#exit = listener);
  kill = (): void => {
    this.killed = true;
    this.#exit();
  };
  reach = (): void => this.#message({ kind: 'reached', id: this.sent.at(-1)?.id });
  done = (value: unknown): void => this.#message({ kind: 'done', id: this.sent.at(-1)?.id, value });
}

let started: HandProcess[] = [];
let keychain: Keychain;

beforeEach(() => {
  vi.useFakeTimers();
  started = [];
  keychain = openKeychain(() => {
    const made = new HandProcess();
    started.push(made);
    return made;
  }, 2_000);
  return () => vi.useRealTimers();
});

const kindsSentTo = (index: number): unknown => started[index]?.sent.map(({ call }) => call.kind);
const turn = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
const failure = (reason: string): object => ({ ok: false, error: { reason } });

it('sends one call at a time, in the order they came', async () => {
  const first = keychain.setPassword('s', 'a', 'one');
  const second = keychain.getPassword('s', 'a');
  await turn();
  expect(kindsSentTo(0)).toEqual(['set']);
  started[0]?.done(null);
  expect(await first).toEqual({ ok: true, value: null });
  await turn();
  started[0]?.done('one');
  expect(await second).toEqual({ ok: true, value: 'one' });
  expect(started).toHaveLength(1);
});

it('ends a process that is late with a password, so that it cannot be kept after all', async () => {
  const saving = keychain.setPassword('s', 'a', 'one');
  await turn();
  started[0]?.reach();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await saving).toMatchObject(failure('locked'));
  expect(started[0]?.killed).toBe(true);
  const next = keychain.getPassword('s', 'a');
  await turn();
  started[1]?.done(null);
  expect(await next).toEqual({ ok: true, value: null });
});

it('leaves a late reading to the person who is asked to unlock, who then need not be asked again', async () => {
  const reading = keychain.getPassword('s', 'a');
  await turn();
  started[0]?.reach();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await reading).toMatchObject(failure('locked'));
  expect(started[0]?.killed).toBe(false);
  started[0]?.done('one');
  const again = keychain.getPassword('s', 'a');
  await turn();
  started[0]?.done('one');
  expect(await again).toEqual({ ok: true, value: 'one' });
});

it('leaves a late probe to the person who is asked to unlock, and sends nothing that was given up meanwhile', async () => {
  const probe = keychain.probe();
  const again = keychain.probe();
  await turn();
  started[0]?.reach();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await probe).toMatchObject({ works: false, reason: 'locked' });
  expect(await again).toEqual(await probe);

  const saving = keychain.setPassword('s', 'a', 'one');
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await saving).toMatchObject(failure('locked'));
  expect(started[0]?.killed).toBe(false);

  started[0]?.done(true);
  await turn();
  const later = keychain.probe();
  await turn();
  expect(kindsSentTo(0)).toEqual(['probe', 'probe']);
  started[0]?.done(true);
  expect(await later).toEqual({ works: true });
});

it('tells a keychain that was never reached from one that waits for a person', async () => {
  const probe = keychain.probe();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await probe).toMatchObject({ works: false, reason: 'not-responding' });
  expect(started[0]?.killed).toBe(true);
});

it('answers where the system starts no process', async () => {
  const none = openKeychain(() => {
    throw new Error('EAGAIN');
  });
  for (const _time of [1, 2]) {
    expect(await none.getPassword('s', 'a')).toMatchObject(failure('not-responding'));
  }
});

it('takes a probe that reads back something else for a locked keyring', async () => {
  const probe = keychain.probe();
  await turn();
  started[0]?.done(false);
  expect(await probe).toMatchObject({ works: false, reason: 'locked' });
});

it('answers at once what waits when it is closed', async () => {
  const reading = keychain.getPassword('s', 'a');
  await turn();
  keychain.close();
  expect(await reading).toMatchObject(failure('not-responding'));
});
