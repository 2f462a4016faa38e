import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor, REDACTED } from './redactor.ts';
import { secretsOf } from './secret-settings.ts';

const redact = (text: string): string => createRedactor().redact(text);

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const word = (alphabet: string, minLength: number, maxLength = minLength) =>
  fc.string({ unit: fc.constantFrom(...alphabet.split('')), minLength, maxLength });

const bytes = (length: number) =>
  fc.noBias(fc.uint8Array({ minLength: length, maxLength: length }));

/** What exchanges and Telegram really hand out. */
const KEYS = {
  'a key of letters and digits': word(ALPHANUMERIC, 64),
  'a secret in base64': bytes(64).map((secret) => Buffer.from(secret).toString('base64')),
  'a token in base64url': bytes(32).map((token) => Buffer.from(token).toString('base64url')),
  'a signature in hex': bytes(32).map((signature) => Buffer.from(signature).toString('hex')),
  'a key that is a UUID': fc.noBias(fc.uuid()),
  "a bot's token": fc
    .tuple(word('123456789', 6, 10), word(`${ALPHANUMERIC}_-`, 35))
    .map(([id, token]) => `${id}:${token}`),
  'a private key': bytes(121).map(pem),
} as const satisfies Record<string, fc.Arbitrary<string>>;

function pem(key: Uint8Array): string {
  const lines =
    Buffer.from(key)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN EC PRIVATE KEY-----', ...lines, '-----END EC PRIVATE KEY-----', ''].join(
    '\n',
  );
}

const CONTEXTS: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => `The exchange refused ${secret}, try another.`,
  (secret) => JSON.stringify({ code: -2015, given: secret }),
  (secret) => JSON.stringify({ body: JSON.stringify({ given: secret }) }),
  (secret) =>
    `GET https://api.example.com/v3/order?symbol=BTCUSDT&x=${encodeURIComponent(secret)}&t=1`,
  (secret) => `POST https://api.telegram.org/bot${secret}/sendMessage`,
  (secret) =>
    `Error: refused\n    at sign (file:///app/main.js:10:5)\n    given ${secret}\n    at run`,
];

/** Any eight characters in a row would already tell too much. */
function expectNothingOf(secret: string, text: string): void {
  for (let start = 0; start + 8 <= secret.length; start += 1) {
    const part = secret.slice(start, start + 8);
    if (!part.includes('PRIVATE') && !/^[-A-Z ]+$/.test(part)) expect(text).not.toContain(part);
  }
}

describe('what looks like a secret', () => {
  it.each(Object.entries(KEYS))('%s is taken out, wherever it stands', (_what, keys) => {
    fc.assert(
      fc.property(keys, fc.constantFrom(...CONTEXTS), (secret, context) => {
        expectNothingOf(secret, redact(context(secret)));
      }),
    );
  });

  const NAMED: readonly ((value: string) => string)[] = [
    (value) => `apiKey: '${value}'`,
    (value) => `X-MBX-APIKEY=${value}`,
    (value) => `{"secret":${JSON.stringify(value)}}`,
    (value) => JSON.stringify({ body: JSON.stringify({ passphrase: value }) }),
    (value) => `?timestamp=1&signature=${value}&recvWindow=5000`,
    (value) => `["CB-ACCESS-SIGNATURE", "${value}"]`,
    (value) => `LIVE_CONFIRM_TOKEN=${value}`,
    (value) => `piggy --api-secret ${value}`,
    (value) => `Authorization: Bearer ${value}`,
    (value) => `password: ${value} with more words`,
    (value) => `https://ann:${value}@proxy.example.com/`,
  ];

  it('is whatever stands under a telling name, however short', () => {
    fc.assert(
      fc.property(word('abcdefgh', 8, 12), fc.constantFrom(...NAMED), (value, context) => {
        expect(redact(context(value))).not.toContain(value);
      }),
    );
  });

  it('may have quotes and spaces in it', () => {
    expect(redact(String.raw`{"passphrase":"correct \"horse\" battery","id":1}`)).toBe(
      `{"passphrase":${REDACTED},"id":1}`,
    );
    expect(redact('passphrase: correct horse battery')).toBe(`passphrase: ${REDACTED}`);
  });

  it('is taken out although its end was cut off', () => {
    expect(redact('-----BEGIN EC PRIVATE KEY-----\nMHcCAQ\nabc')).toBe(REDACTED);
  });
});

describe('a value that is known to be a secret', () => {
  it('is taken out in every form, whatever it looks like', () => {
    fc.assert(
      fc.property(
        fc
          .string({ unit: 'binary', minLength: 8, maxLength: 60 })
          .filter((s) => s.trim().length >= 8),
        fc.lorem({ maxCount: 20 }),
        (secret, words) => {
          const redactor = createRedactor();
          redactor.add([secret]);
          for (const form of [
            secret,
            JSON.stringify(secret),
            encodeURIComponent(secret.toWellFormed()),
            Buffer.from(secret).toString('base64'),
          ]) {
            const text = redactor.redact(`${words} <${form}> ${words}`);
            expect(text).not.toContain(form);
          }
        },
      ),
    );
  });

  it('is taken out before a shorter one that it begins with', () => {
    const redactor = createRedactor();
    redactor.add(['pepper', 'peppermint']);
    expect(redactor.redact('peppermint and pepper')).toBe(`${REDACTED} and ${REDACTED}`);
  });

  it('of fewer than four characters would be found everywhere, and is not looked for', () => {
    const redactor = createRedactor();
    redactor.add(['', '1', 'abc']);
    expect(redactor.redact('1 order, abc')).toBe('1 order, abc');
  });

  it('is found in the environment by its name', () => {
    expect(
      secretsOf({
        EXCHANGE_API_SECRET: 'a long secret',
        LIVE_CONFIRM_TOKEN: 'tok-12345',
        ALLOW_LIVE: '1',
        HOME: '/home/ann-and-bob',
        TOKEN_COUNT: '5',
        MISSING_KEY: undefined,
      }),
    ).toEqual(['a long secret', 'tok-12345']);
  });
});

describe('everything else', () => {
  it.each([
    'The window failed: crashed (exit code 5).',
    'Another CryptoPiggy is using the data in /home/ann/.local/share/cryptopiggy. Close it first.',
    String.raw`C:\Users\Ann\AppData\Roaming\CryptoPiggy\cryptopiggy.sqlite`,
    'SYNTHETIC_BTC-USDT_1h.csv.gz from 2026-01-01T00:00:00.000Z to 2026-12-31T23:00:00.000Z',
    'Order 28457193 of BTC/USDT at 68123.45 was filled with 0.00123456',
    'Incident 0f8c2d41 in backtest.start: Error: disk full\n    at createBacktestService (file:///opt/cryptopiggy/resources/app.asar/dist/main/chunks/service-B2x9KqQz.js:10:5)',
    'The key may withdraw, which is refused.',
    'Stopped. 3 orders withdrawn. 1 could not be: look at the exchange.',
  ])('stays readable: %s', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('stays as it is when it is looked at again', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CONTEXTS),
        fc.oneof(...Object.values(KEYS)),
        (context, key) => {
          const once = redact(context(key));
          expect(redact(once)).toBe(once);
        },
      ),
    );
  });

  it('is looked at in time that grows with its length', () => {
    const hostile = [
      'key=',
      '"secret":"\\',
      '-----BEGIN ',
      'eyJ',
      '://',
      'aA1',
      '12345:',
      '\\',
      '1',
      '--',
      'key=\\"\\',
      'key ',
      'token',
    ];
    for (const part of hostile) {
      const started = performance.now();
      redact(part.repeat(100_000 / part.length));
      expect(performance.now() - started).toBeLessThan(1_000);
    }
  });
});
