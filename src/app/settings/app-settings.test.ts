/** Settings from a file and the environment: which one counts, and what is said of a bad one. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../storage/testing/temporary-folder.ts';
import { readSettings, SETTINGS_FILE } from './app-settings.ts';

async function read(file: unknown, environment: Readonly<Record<string, string>> = {}) {
  const folder = await temporaryFolder();
  if (file !== undefined) {
    const text = typeof file === 'string' ? file : JSON.stringify(file);
    await writeFile(join(folder, SETTINGS_FILE), text);
  }
  return readSettings(folder, environment);
}

async function complaint(
  file: unknown,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const settings = await read(file, environment);
  return settings.ok ? '' : settings.error.sentence;
}

describe('settings', () => {
  it('are safe where nothing is set', async () => {
    expect(await read(undefined)).toEqual({
      ok: true,
      value: {
        ALLOW_LIVE: false,
        AUTO_UPDATE: true,
        EXCHANGE: 'binanceus',
        BACKEND_API_URL: null,
        TELEGRAM_BOT_TOKEN: null,
        TELEGRAM_CHAT_ID: null,
        LIVE_CONFIRM_TOKEN: null,
        EXCHANGE_SIMULATOR_URL: null,
      },
    });
  });

  it('come from the file before the environment, and from both together', async () => {
    const settings = await read(
      { EXCHANGE: 'kraken' },
      { EXCHANGE: 'coinbase', ALLOW_LIVE: ' 1 ', PATH: '/bin', TELEGRAM_CHAT_ID: '' },
    );
    expect(settings).toMatchObject({
      value: { EXCHANGE: 'kraken', ALLOW_LIVE: true, TELEGRAM_CHAT_ID: null },
    });
  });

  it('switch updates off in either place', async () => {
    expect(await read({ AUTO_UPDATE: false })).toMatchObject({ value: { AUTO_UPDATE: false } });
    const settings = await read(undefined, { AUTO_UPDATE: '0' });
    expect(settings).toMatchObject({ value: { AUTO_UPDATE: false } });
  });

  it('may be written as JSON writes them', async () => {
    const settings = await read({ ALLOW_LIVE: true, TELEGRAM_CHAT_ID: -100_200 });
    expect(settings).toMatchObject({ value: { ALLOW_LIVE: true, TELEGRAM_CHAT_ID: '-100200' } });
  });

  it('that do not exist are named, with those that do', async () => {
    const sentence = await complaint({ ALOW_LIVE: '1', EXCHANGE: 'kraken' });
    expect(sentence).toMatch(/sets ALOW_LIVE, which does not exist\. It may set ALLOW_LIVE, /);
  });

  it('that do not look like names are not repeated: they may be secrets', async () => {
    const sentence = await complaint({ EXCHANGE: 'kraken', 'sk-1234567890abcdef': 'x' });
    expect(sentence).toMatch(/sets entry 2, which does not exist\. It may set ALLOW_LIVE, /);
    expect(sentence).not.toContain('sk-1234567890abcdef');
  });

  it('are read behind the mark that editors on Windows put before them', async () => {
    const settings = await read(`\uFEFF${JSON.stringify({ EXCHANGE: 'kraken' })}`);
    expect(settings).toMatchObject({ value: { EXCHANGE: 'kraken' } });
  });

  it.each([
    ['ALLOW_LIVE', 'yes', 'must be 1 or 0'],
    ['EXCHANGE', 'mtgox', 'must be one of binanceus, binance, kraken, coinbase'],
    ['BACKEND_API_URL', 'ftp://x', 'must be an address that begins with https:// or http://'],
    ['TELEGRAM_BOT_TOKEN', 'hello', 'must be a bot token'],
    ['TELEGRAM_CHAT_ID', 'me', 'must be a number or a name that begins with @'],
    ['LIVE_CONFIRM_TOKEN', 'short', 'must have at least 8 characters'],
    ['EXCHANGE_SIMULATOR_URL', 'http://example.org', 'must be an address on this computer'],
  ])('%s that is wrong is named with its place and without its value', async (name, bad, why) => {
    const inEnvironment = await complaint(undefined, { [name]: bad });
    expect(inEnvironment).toContain(`the environment variable ${name} ${why}`);
    const inFile = await complaint({ [name]: bad });
    expect(inFile).toContain(`${name} in `);
    expect(inFile.replace(why, '')).not.toContain(bad);
  });

  it('that are not a JSON object of texts are refused as a whole', async () => {
    for (const file of ['ALLOW_LIVE=1', '[]', { ALLOW_LIVE: null }, { ALLOW_LIVE: ['1'] }]) {
      expect(await complaint(file)).toContain('must be a JSON object of texts');
    }
  });

  it('tell of every bad one at once', async () => {
    const sentence = await complaint({ ALLOW_LIVE: 'maybe' }, { EXCHANGE: 'mtgox' });
    expect(sentence).toContain('ALLOW_LIVE in ');
    expect(sentence).toContain('the environment variable EXCHANGE must');
  });
});
