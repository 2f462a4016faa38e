/** A key that watches what is open stays at work, whatever a person does with it in Settings. */

import { describe, expect, it } from 'vitest';
import { LiveExchange } from './testing/live-exchange.ts';
import { SIMULATOR_KEY } from './testing/memory-vault.ts';

const KEY = { venue: 'binanceus', place: 'keychain' } as const;
const OTHER = { apiKey: 'another-key-0001', secret: 'another-secret-0001' };

async function holding(): Promise<LiveExchange> {
  const stage = await LiveExchange.live();
  await stage.buy(20);
  await stage.pass(4_000);
  return stage;
}

describe('with something open', () => {
  it('the key is not forgotten, and live mode stays as it is', async () => {
    const stage = await holding();
    const account = stage.live.account();
    expect(await stage.refusal('keys.forget', { venue: 'binanceus' })).toMatchObject({
      code: 'ACCOUNT_BUSY',
      sentence: expect.stringContaining('Close them first') as unknown,
    });
    expect(stage.live.account()).toBe(account);
    expect(await stage.state()).toMatchObject({ isLive: true, key: { masked: 'simu…' } });
  });

  it('a key that the exchange does not take replaces none', async () => {
    const stage = await holding();
    const account = stage.live.account();
    expect(await stage.refusal('keys.save', { ...KEY, ...OTHER })).toMatchObject({
      code: 'EXCHANGE_REFUSED',
      sentence: expect.stringContaining('The previous key stays') as unknown,
    });
    expect(stage.live.account()).toBe(account);
    expect(await stage.vault.read('binanceus')).toMatchObject({
      value: { credentials: SIMULATOR_KEY },
    });
  });

  it('a key that cannot be tried replaces none', async () => {
    const stage = await holding();
    stage.simulator.control.fault({ kind: 'reset', path: '/time', times: 10 });
    expect(await stage.refusal('keys.save', { ...KEY, ...SIMULATOR_KEY })).toMatchObject({
      code: 'EXCHANGE_UNAVAILABLE',
    });
    stage.simulator.control.clearFaults();
  });

  it('a key that is taken is used at once', async () => {
    const stage = await holding();
    const account = stage.live.account();
    await stage.call('keys.save', { ...KEY, ...SIMULATOR_KEY });
    expect(stage.live.account()).not.toBeNull();
    expect(stage.live.account()).not.toBe(account);
    expect((await stage.status()).positions).toHaveLength(1);
  });

  it('the key stays while the exchange does not answer, and may go once it is worth nothing', async () => {
    const stage = await holding();
    stage.simulator.control.fault({ kind: 'reset', times: 100_000 });
    await stage.restart();
    await stage.until(() => stage.live.trouble !== null);
    expect(await stage.refusal('keys.forget', { venue: 'binanceus' })).toMatchObject({
      code: 'ACCOUNT_BUSY',
    });
    expect(await stage.refusal('keys.save', { ...KEY, ...OTHER })).toMatchObject({
      code: 'EXCHANGE_UNAVAILABLE',
      sentence: expect.stringContaining('The previous key stays') as unknown,
    });
    expect(await stage.vault.read('binanceus')).toMatchObject({
      value: { credentials: SIMULATOR_KEY },
    });
    stage.simulator.control.clearFaults();
    await stage.restart(() => void stage.vault.save('binanceus', OTHER));
    await stage.until(() => stage.live.trouble?.code === 'EXCHANGE_REFUSED');
    expect(await stage.refusal('keys.forget', { venue: 'binanceus' })).toBeNull();
    expect((await stage.exposure()).places).toMatchObject([{ todo: { kind: 'key' } }]);
    expect(await stage.refusal('keys.save', { ...KEY, ...OTHER })).toBeNull();
  });
});
