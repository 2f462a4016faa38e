/** A position that was left at the exchange, and a start at which the exchange cannot be reached. */

import { expect, it, vi } from 'vitest';
import { LiveExchange } from './testing/live-exchange.ts';

/** Nothing comes back from the exchange. */
function cutOff({ simulator }: LiveExchange): void {
  simulator.control.fault({ kind: 'reset', path: '/time', times: 10_000 });
}

/** Lets time pass for as long as it takes: the pauses begin when an answer has come, which takes real time. */
async function passUntil(stage: LiveExchange, isSo: () => boolean): Promise<void> {
  do {
    await stage.pass(1_000);
  } while (!isSo());
}

it('is taken up as soon as the exchange answers again; live mode stays off', async () => {
  const stage = await LiveExchange.live();
  await stage.buy(20);
  await stage.pass(4_000);
  cutOff(stage);
  await stage.restart();
  await stage.until(() => stage.live.state().health !== null);
  expect(stage.live.account()).toBeNull();
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const before = stage.live.state().health;
    await passUntil(stage, () => stage.live.state().health !== before);
    expect(stage.live.account()).toBeNull();
  }
  stage.simulator.control.clearFaults();
  await passUntil(stage, () => stage.live.account()?.status().positions.length === 1);
  expect(stage.live.isLive).toBe(false);
});

it('is not asked for any more when the app closes', async () => {
  const stage = await LiveExchange.live();
  await stage.buy(20);
  await stage.pass(4_000);
  cutOff(stage);
  await stage.restart();
  await stage.until(() => stage.live.state().health !== null);
  // Another run of the app: the pauses of the one before are called off with it.
  await stage.restart();
  stage.simulator.control.clearFaults();
  await passUntil(stage, () => stage.live.account() !== null);
});

it('is not asked for again where the key is what is missing', async () => {
  const stage = await LiveExchange.live();
  await stage.buy(20);
  await stage.pass(4_000);
  await stage.vault.forget('binanceus');
  await stage.restart();
  await stage.pass(120_000);
  expect(stage.live.account()).toBeNull();
  expect(stage.live.state().health).toBeNull();
});

it('is taken up again after settings were changed while the exchange did not answer', async () => {
  const stage = await LiveExchange.live();
  await stage.buy(20);
  await stage.pass(4_000);
  const rules = await stage.call('trading.rules', {});
  cutOff(stage);
  const changing = stage.refusal('trading.configure', {
    ...rules,
    limits: { ...rules.limits, maxTradeUsd: 40 },
  });
  await stage.pass(40_000);
  await changing;
  expect(stage.live.account()).toBeNull();
  stage.simulator.control.clearFaults();
  await passUntil(stage, () => stage.live.account()?.status().positions.length === 1);
});

it('is taken up as soon as the person has unlocked the key', async () => {
  const stage = await LiveExchange.live();
  await stage.buy(20);
  await stage.pass(4_000);
  stage.vault.isLocked = true;
  await stage.restart();
  await stage.pass(30_000);
  expect(stage.live.account()).toBeNull();
  stage.vault.isLocked = false;
  await stage.call('keys.unlock-file', { passphrase: 'any that opens it' });
  await passUntil(stage, () => stage.live.account()?.status().positions.length === 1);
});

it('is taken up where the keys are unlocked while they are being asked for', async () => {
  const stage = await LiveExchange.live();
  await stage.buy(20);
  await stage.pass(4_000);
  stage.vault.isLocked = true;
  await stage.restart();
  await stage.pass(4_000);
  const locked = await stage.vault.read('binanceus');
  const asked = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  vi.spyOn(stage.vault, 'read').mockImplementationOnce(async () => {
    asked.resolve();
    await answered.promise;
    return locked;
  });
  const passing = stage.pass(2_000);
  await asked.promise;
  stage.vault.isLocked = false;
  await stage.call('keys.unlock-file', { passphrase: 'any that opens it' });
  answered.resolve();
  await passing;
  await stage.pass(20_000);
  await stage.until(() => stage.live.account()?.status().positions.length === 1);
});
