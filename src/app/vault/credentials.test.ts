import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCredentials, fromKeptText, keptText, masked } from './credentials.ts';

const PEM = `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIFakeFakeFakeFakeFakeFakeFakeFakeFakeFakeoAoGCCqGSM49Fak
EFakeFakeFake+/Fake==
-----END EC PRIVATE KEY-----
`;

const secretOf = (secret: string): unknown => {
  const checked = checkCredentials({ apiKey: 'organizations/1/apiKeys/2', secret });
  return checked.ok ? checked.value.secret : checked.error.sentence;
};

describe('a key that a person enters', () => {
  it('is trimmed', () => {
    expect(checkCredentials({ apiKey: ' abc\n', secret: '\tdef ' })).toEqual({
      ok: true,
      value: { apiKey: 'abc', secret: 'def' },
    });
  });

  it.each([
    ['', 'def', 'The API key is empty'],
    ['abc', ' \n', 'The API secret is empty'],
    ['a\nb', 'def', 'The API key has a line break'],
    ['abc', 'd\r\nef', 'The API secret has a line break'],
    ['a bc', 'def', 'The API key has a space'],
    ['abc', 'd\u0000ef', 'The API secret has a space or another character'],
    ['a'.repeat(4_097), 'def', 'The API key is longer than'],
    [
      'abc',
      '-----BEGIN EC PRIVATE KEY-----\nMHcC',
      'The API secret is a private key that is not whole',
    ],
  ])('%j with %j is refused: %s', (apiKey, secret, sentence) => {
    const checked = checkCredentials({ apiKey, secret });
    expect(checked).toMatchObject({ ok: false, error: { code: 'KEY_INVALID' } });
    expect(!checked.ok && checked.error.sentence).toContain(sentence);
  });
});

describe('a private key over several lines', () => {
  it.each([
    ['as it is handed out', PEM],
    ['without its last break', PEM.trim()],
    ['with the breaks written as in JSON', PEM.replaceAll('\n', String.raw`\n`)],
    ['with the breaks of Windows', PEM.replaceAll('\n', '\r\n')],
    ['with the breaks of Windows written as in JSON', PEM.replaceAll('\n', String.raw`\r\n`)],
    ['pasted into a field of one line', PEM.replaceAll('\n', '')],
    ['with spaces for breaks', PEM.replaceAll('\n', ' ')],
  ])('%s is brought into its usual lines', (_name, text) => {
    expect(secretOf(text)).toBe(PEM);
  });

  it.each([
    ['of two kinds', PEM.replace('END EC', 'END RSA')],
    ['with a sentence in it', PEM.replace('MHcC', 'not, a key')],
    ['with nothing in it', '-----BEGIN EC PRIVATE KEY-----\n-----END EC PRIVATE KEY-----'],
    ['twice', PEM + PEM],
  ])('%s is refused', (_name, text) => {
    expect(secretOf(text)).toContain('private key that is not whole');
  });
});

it('a key as it is shown is at most a quarter of it, and never all of eight characters', () => {
  expect(masked('abcdefghijklmnopqrstuvwxyz012345')).toBe('abcd…2345');
  expect(masked('abcdefghijklmnop')).toBe('ab…op');
  expect(masked('abcdefgh')).toBe('a…h');
  expect(masked('abc')).toBe('…');
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9]{1,80}$/), (apiKey) => {
      expect(masked(apiKey).length - 1).toBeLessThanOrEqual(Math.min(8, apiKey.length / 4));
    }),
  );
});

it('what is kept reads back as it was, and what is not ours as null', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (apiKey, secret) => {
      expect(fromKeptText(keptText({ apiKey, secret }))).toEqual({ apiKey, secret });
    }),
  );
  for (const text of [
    '',
    'swordfish',
    '{}',
    '{"apiKey":"a"}',
    '{"apiKey":"a","secret":1}',
    'null',
  ]) {
    expect(fromKeptText(text)).toBeNull();
  }
});
