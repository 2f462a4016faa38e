import { describe, expect, it } from 'vitest';
import { openAppLog } from '../logs/app-log.ts';
import { temporaryFolder } from '../storage/testing/temporary-folder.ts';
import { MemoryKeychain } from './testing/memory-keychain.ts';
import { redactedKeychain } from './redacted-keychain.ts';

const KEY = { apiKey: 'plain words only', secret: 'nothing random here' };

/** A log, and the keychain of a person who has kept a key before, or not yet. */
async function keeping(entries: Readonly<Record<string, string>> = {}) {
  const written: string[] = [];
  const mirror = (text: string) => void written.push(text);
  const log = openAppLog({ dataDir: await temporaryFolder(), now: () => 0, mirror });
  const memory = new MemoryKeychain();
  for (const [account, password] of Object.entries(entries)) memory.entries.set(account, password);
  return { log, written, memory, keychain: redactedKeychain(memory, log.redact) };
}

describe('a key in the keychain', () => {
  it.each([
    ['is kept', {}, 'set'],
    ['is read', { key: JSON.stringify(KEY) }, 'get'],
    ['is looked for', { key: JSON.stringify(KEY) }, 'find'],
  ] as const)('is in no line once it %s', async (_when, entries, how) => {
    const { log, written, keychain } = await keeping(entries);
    if (how === 'set') await keychain.setPassword('piggy', 'key', JSON.stringify(KEY));
    if (how === 'get') await keychain.getPassword('piggy', 'key');
    if (how === 'find') await keychain.findCredentials('piggy');
    log.info(`Refused: ${KEY.apiKey}, ${KEY.secret}.`);
    expect(written).toEqual(['Refused: [redacted], [redacted].']);
  });

  it('need not be JSON', async () => {
    const { log, written, keychain } = await keeping({ word: 'peppermint tea' });
    await keychain.getPassword('piggy', 'word');
    log.info('It was peppermint tea.');
    expect(written).toEqual(['It was [redacted].']);
  });

  it('comes and goes as without it', async () => {
    const { memory, keychain } = await keeping();
    await keychain.setPassword('piggy', 'key', 'a word');
    expect(memory.entries.get('key')).toBe('a word');
    expect(await keychain.getPassword('piggy', 'key')).toEqual({ ok: true, value: 'a word' });
    await keychain.deletePassword('piggy', 'key');
    expect(await keychain.getPassword('piggy', 'key')).toEqual({ ok: true, value: null });
    expect(await keychain.probe()).toEqual({ works: true });
  });
});
