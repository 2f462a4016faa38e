/** A report that can be sent to anybody: what is in it, and above all what is not. */

import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openAppLog } from '../logs/app-log.ts';
import { Stage } from '../../core/testing/stage.ts';
import { openSqliteStorage } from '../storage/sqlite-storage.ts';
import { temporaryFolder } from '../storage/testing/temporary-folder.ts';
import { LiveExchange } from '../live/testing/live-exchange.ts';
import { collectDiagnostics } from './diagnostics.ts';
import { withoutPrivate } from './without-private.ts';

const NOW = Date.UTC(2026, 0, 5, 12);

async function report(
  dataDir: string,
  environment: Readonly<Record<string, string>> = {},
  logged: readonly string[] = [],
): Promise<string> {
  const log = openAppLog({ dataDir, now: () => NOW, mirror: () => {} });
  for (const text of logged) log.info(text);
  return collectDiagnostics({
    dataDir,
    environment,
    version: '0.1.0',
    shell: 'browser',
    now: () => NOW,
    log,
  });
}

describe('a report', () => {
  it('tells about a profile that has traded, without what is in the account', async () => {
    const dataDir = await temporaryFolder();
    const { storage } = await openSqliteStorage({
      path: join(dataDir, 'cryptopiggy.sqlite'),
      now: NOW,
    });
    const { id } = storage.paper.begin({ venue: 'kraken', orderPrefix: 'p1' }, NOW);
    storage.paper.sampleEquity(id, NOW, 987.65);
    const text = await report(dataDir, {}, ['A first line.', 'A second line.']);
    storage.close();
    expect(JSON.parse(text)).toMatchObject({
      format: 'cryptopiggy-diagnostics 1',
      madeAt: '2026-01-05T12:00:00.000Z',
      app: { version: '0.1.0', shell: 'browser', node: process.versions.node },
      settings: { ALLOW_LIVE: false, EXCHANGE: 'binanceus', LIVE_CONFIRM_TOKEN: 'not set' },
      profile: {
        paper: [{ venue: 'kraken', startedAt: '2026-01-05T12:00:00.000Z', trades: 0, alerts: [] }],
        database: { kind: 'sound' },
        live: [],
      },
      log: [{ text: 'A first line.' }, { text: 'A second line.' }],
    });
    expect(text).toContain('cryptopiggy.sqlite');
    expect(text).not.toContain('987.65');
  });

  it('is made of a folder that is not there, and of a profile that is damaged', async () => {
    const folder = await temporaryFolder();
    expect(JSON.parse(await report(join(folder, 'none')))).toMatchObject({
      profile: { paper: { problem: expect.stringContaining('no profile') as unknown } },
    });
    await writeFile(join(folder, 'cryptopiggy.sqlite'), 'this is not a database, and long enough');
    await writeFile(join(folder, 'settings.json'), '{ "ALLOW_LIVE": "maybe" }');
    expect(JSON.parse(await report(folder))).toMatchObject({
      settings: { problem: expect.stringContaining('ALLOW_LIVE') as unknown },
      profile: { live: { problem: expect.stringContaining('damaged') as unknown } },
    });
  });

  it('tells that something is open with real money, and neither how much nor at what price', async () => {
    const stage = await LiveExchange.live();
    await stage.buy(20);
    await stage.pass(4_000);
    const text = await report(dirname(stage.path));
    const [position] = (await stage.status()).positions;
    expect(JSON.parse(text)).toMatchObject({
      profile: {
        open: {
          state: 'open',
          unknown: null,
          places: [{ venue: 'binanceus', positions: 1, orders: 1, isGuarded: true, stop: null }],
        },
      },
    });
    for (const figure of [position?.amount, position?.entryPrice, position?.stop]) {
      expect(text).not.toContain(String(figure));
    }
  });

  it('tells neither what was free to spend nor what the account was worth', async () => {
    const dataDir = await temporaryFolder();
    const { storage } = await openSqliteStorage({
      path: join(dataDir, 'cryptopiggy.sqlite'),
      now: NOW,
    });
    const { id } = storage.live.begin({ venue: 'kraken', orderPrefix: 'l1' }, NOW);
    const sentence = 'Only 1234.56 USD are free.';
    const alert = { kind: 'alert', code: 'DAILY_LOSS_LIMIT', botId: null, sentence } as const;
    const denial = {
      time: NOW,
      side: 'buy',
      code: 'INSUFFICIENT_FUNDS',
      sentence,
      askedCost: 5,
    } as const;
    const decisions = [alert, { kind: 'denied', botId: 'b', denial } as const];
    storage.live.commit(id, {
      entries: [{ entry: { kind: 'tick', time: NOW }, time: NOW, decisions }],
      audit: [],
      addedBots: [],
      state: new Stage().engine.state(),
    });
    const text = await report(dataDir);
    storage.close();
    expect(text).not.toContain('1234.56');
    expect(JSON.parse(text)).toMatchObject({
      profile: {
        live: [
          {
            decisions: [{ code: 'INSUFFICIENT_FUNDS' }, { code: 'DAILY_LOSS_LIMIT' }],
            reasons: { INSUFFICIENT_FUNDS: 1, DAILY_LOSS_LIMIT: 1 },
            alerts: [{ code: 'DAILY_LOSS_LIMIT' }],
          },
        ],
      },
    });
  });

  it('holds no secret of a settings file in which something else is wrong', async () => {
    const dataDir = await temporaryFolder();
    const settings = { LIVE_CONFIRM_TOKEN: 'plain words of a token', ALLOW_LIVE: 'maybe' };
    const logged = ['It was plain words of a token.'];
    for (const text of [JSON.stringify(settings), `${JSON.stringify(settings)},`]) {
      await writeFile(join(dataDir, 'settings.json'), text);
      const found = await report(dataDir, {}, logged);
      expect(found).toContain('settings.json');
      expect(found).not.toContain('plain words');
    }
  });

  it('holds no secret, wherever it was set, and however it came into the log', async () => {
    const secret = fc.stringMatching(/^[\x21-\x7e]{10,40}$/);
    const botToken = fc.stringMatching(/^\d{6}:[\w-]{35}$/);
    await fc.assert(
      fc.asyncProperty(secret, secret, botToken, async (key, token, bot) => {
        const dataDir = await temporaryFolder();
        await mkdir(dataDir, { recursive: true });
        await writeFile(
          join(dataDir, 'settings.json'),
          JSON.stringify({ LIVE_CONFIRM_TOKEN: token }),
        );
        const environment = { EXCHANGE_API_KEY: key, TELEGRAM_BOT_TOKEN: bot };
        const base64 = Buffer.from(key).toString('base64');
        const text = await report(dataDir, environment, [
          `It was ${key}, or ${encodeURIComponent(key)}, or ${base64}.`,
          `And ${token}`,
          `And ${bot}`,
        ]);
        for (const one of [key, token, bot]) {
          for (const form of [one, JSON.stringify(one).slice(1, -1)]) {
            expect(text).not.toContain(form);
          }
        }
        expect(text).not.toContain(base64);
        if (encodeURIComponent(key) !== key) expect(text).not.toContain(encodeURIComponent(key));
      }),
      { numRuns: 40 },
    );
  });

  it('says where things are without the name of a person', async () => {
    const text = await report(join(homedir(), 'CryptoPiggy does not exist'));
    expect(JSON.parse(text)).toMatchObject({
      dataFolder: { path: join('~', 'CryptoPiggy does not exist') },
    });
  });
});

it('every text is cleaned, at any depth; names and figures stay', () => {
  const given = { clean: (text: string) => text.replaceAll('s3cret', '*'), home: '/home/rosa' };
  const value = {
    s3cret: ['a s3cret', { deep: '/home/rosa/s3cret', n: 1, none: null, yes: true }],
  };
  expect(withoutPrivate(value, given)).toEqual({
    s3cret: ['a *', { deep: '~/*', n: 1, none: null, yes: true }],
  });
  expect(withoutPrivate('/etc', { ...given, home: '/' })).toBe('/etc');
});
