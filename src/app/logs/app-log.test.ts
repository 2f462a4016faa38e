import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAppLog } from './app-log.ts';

let dataDir = '';
const START = Date.UTC(2026, 0, 2, 3, 4, 5);

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'piggy-logs-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

function open() {
  const mirrored: string[] = [];
  const log = openAppLog({ dataDir, now: () => START, mirror: (text) => mirrored.push(text) });
  return { log, mirrored };
}

const files = (): readonly string[] => readdirSync(join(dataDir, 'logs')).toSorted();
const written = (): string =>
  files()
    .map((file) => readFileSync(join(dataDir, 'logs', file), 'utf8'))
    .join('');

describe('the log', () => {
  it('is lines of JSON, for this user only, and the terminal gets the texts', () => {
    const { log, mirrored } = open();
    log.info('Started.');
    log.error('Incident 1:\n    at work');
    expect(written()).toBe(
      '{"time":"2026-01-02T03:04:05.000Z","level":"info","text":"Started."}\n' +
        String.raw`{"time":"2026-01-02T03:04:05.000Z","level":"error","text":"Incident 1:\n    at work"}` +
        '\n',
    );
    expect(mirrored).toEqual(['Started.', 'Incident 1:\n    at work']);
    if (process.platform !== 'win32') {
      expect(statSync(join(dataDir, 'logs', 'app.jsonl')).mode & 0o777).toBe(0o600);
      expect(statSync(join(dataDir, 'logs')).mode & 0o777).toBe(0o700);
    }
  });

  it('goes on where the last run ended', () => {
    open().log.info('one');
    open().log.info('two');
    expect(
      open()
        .log.last(10)
        .map(({ text }) => text),
    ).toEqual(['one', 'two']);
  });

  it('never takes more than five files of 1 MB, and keeps the newest lines', () => {
    const { log } = open();
    for (let line = 0; line < 1_200; line += 1) log.info(`${line} ${'ab '.repeat(2_000)}`);
    expect(files()).toEqual([
      'app.1.jsonl',
      'app.2.jsonl',
      'app.3.jsonl',
      'app.4.jsonl',
      'app.jsonl',
    ]);
    for (const file of files()) {
      expect(statSync(join(dataDir, 'logs', file)).size).toBeLessThanOrEqual(1_000_000);
    }
    const last = log.last(400).map(({ text }) => Number.parseInt(text, 10));
    expect(last).toEqual(Array.from({ length: 400 }, (_, index) => 800 + index));
  });

  it('cuts a text that is too long', () => {
    const { log } = open();
    log.info('word '.repeat(1_000_000));
    expect(statSync(join(dataDir, 'logs', 'app.jsonl')).size).toBeLessThan(20_000);
    expect(log.last(1)[0]?.text).toMatch(/… \(cut\)$/);
  });

  it('passes over a line that a crash has left half-written', () => {
    const { log } = open();
    log.info('before');
    writeFileSync(join(dataDir, 'logs', 'app.jsonl'), '{"time":"2026', { flag: 'a' });
    expect(log.last(5).map(({ text }) => text)).toEqual(['before']);
  });

  it('that cannot be written says so once, and stops nothing', () => {
    writeFileSync(join(dataDir, 'logs'), 'a file where the folder should be');
    const { log, mirrored } = open();
    log.info('one');
    log.info('two');
    expect(mirrored.map((text) => text.slice(0, 8))).toEqual(['one', 'The log ', 'two']);
    expect(log.last(5)).toEqual([]);
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'writes again once it can',
    () => {
      const { log } = open();
      log.info('one');
      chmodSync(join(dataDir, 'logs', 'app.jsonl'), 0o400);
      log.info('lost');
      chmodSync(join(dataDir, 'logs', 'app.jsonl'), 0o600);
      log.info('two');
      expect(log.last(5).map(({ text }) => text)).toEqual(['one', 'two']);
    },
  );
});

describe('a secret in the log', () => {
  it('is on no disk and no terminal', () => {
    const hex = fc.noBias(fc.uint8Array({ minLength: 32, maxLength: 32 }));
    fc.assert(
      fc.property(hex, fc.lorem(), (key, words) => {
        const secret = Buffer.from(key).toString('hex');
        const { log, mirrored } = open();
        const plain = 'correct horse battery';
        log.redact([plain]);
        log.info(`${words} ${secret} ${plain}`);
        log.error(`${words} apiKey=${secret}`);
        const everything = written() + mirrored.join('\n') + JSON.stringify(log.last(10));
        expect(everything).not.toContain(secret);
        expect(everything).not.toContain(plain);
      }),
      { numRuns: 30 },
    );
  });

  it('that is known only later is taken out of what is read back', () => {
    const { log } = open();
    log.info('The word is peppermint.');
    log.redact(['peppermint']);
    expect(log.last(1)[0]?.text).toBe('The word is [redacted].');
  });
});
