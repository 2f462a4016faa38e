/** `piggy status` where nobody can be asked: what is open is told from the books. */

import { DatabaseSync } from 'node:sqlite';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { serveControl } from '../app/control/server.ts';
import { LiveExchange } from '../app/live/testing/live-exchange.ts';
import { exposure as exposureShape } from '../contract/exposure.ts';
import { piggy } from './testing/run-piggy.ts';

it('tells what is open from the books, as text and as JSON, and that books cannot be read', async () => {
  const stage = await LiveExchange.live();
  await stage.buy(20);
  await stage.pass(4_000);
  const dataDir = dirname(stage.path);
  const status = await piggy(['status', '--data-dir', dataDir]);
  expect(status.code).toBe(2);
  expect(status.err).toContain('No CryptoPiggy is running');
  expect(status.out.split('\n')).toEqual([
    'REAL MONEY IS OPEN on Binance US, and NOBODY WATCHES IT.',
    '  Known as of 2026-01-05 12:00 UTC. No CryptoPiggy runs.',
    '  0.00032967 BTC of BTC/USDT, bought at 60000.01; its stop at 57000.01 rested at the exchange when that was known last',
    expect.stringMatching(
      /^ {2}sell order of BTC\/USDT, stop-loss at 57000\.01, accepted \(\w+-\d+\)$/,
    ),
    '  To do now: Start CryptoPiggy: it connects and watches by itself.',
    '',
  ]);

  const json = await piggy(['status', '--json', '--data-dir', dataDir]);
  const document: unknown = JSON.parse(json.out);
  expect(document).toMatchObject({ paper: null, live: null, stop: null });
  expect(exposureShape.parse(Reflect.get(Object(document), 'exposure'))).toMatchObject({
    state: 'open',
    places: [{ venueId: 'binanceus', isWatched: false, todo: { kind: 'start' } }],
  });

  const server = await serveControl({
    dataDir,
    token: new Uint8Array(32).fill(7),
    platform: process.platform,
    serve: (channel) => channel.onMessage(() => channel.close()),
  });
  const hung = await piggy(['status', '--data-dir', dataDir]);
  await server.close();
  expect(hung).toMatchObject({
    code: 2,
    err: expect.stringContaining('did not answer') as unknown,
  });
  expect(hung.out).toContain('REAL MONEY IS OPEN on Binance US, and NOBODY WATCHES IT.');
  expect(hung.out).toContain('The CryptoPiggy that runs there does not answer.');

  using database = new DatabaseSync(stage.path);
  database.prepare("UPDATE live_checkpoints SET state = '{'").run();
  const unknown = await piggy(['status', '--data-dir', dataDir]);
  expect(unknown.code).toBe(2);
  expect(unknown.out).toContain('NOT KNOWN what is open: take it that something is.');
}, 30_000);
