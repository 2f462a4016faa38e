import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../storage/testing/temporary-folder.ts';
import { EncryptedFile } from './encrypted-file.ts';
import { fromKeptText } from './credentials.ts';
import { reasonOf, unavailable } from './keychain-reasons.ts';
import { MemoryKeychain } from './testing/memory-keychain.ts';
import { Vault } from './vault.ts';

/** Words that must turn up nowhere: neither whole nor in a piece that says something. */
const CANARIES = {
  apiKey: 'canaryKeyAAAABBBBCCCCDDDDEEEEFFFF',
  secret: 'canarySecretGGGGHHHHIIIIJJJJKKKK',
  passphrase: 'canary passphrase LLLLMMMM',
  wrong: 'canary wrong NNNNOOOO',
  environmentKey: 'canaryEnvironmentPPPPQQQQRRRRSSSS',
  environmentSecret: 'canaryEnvSecretTTTTUUUUVVVVWWWW',
};
const PIECES = ['anary', 'AAAABBBB', 'GGGGHHHH', 'LLLLMMMM', 'NNNNOOOO', 'PPPPQQQQ', 'TTTTUUUU'];

/** Everything that a log, a crash report or a curious caller could make of a value. */
function said(value: unknown): string {
  const stack =
    value instanceof Error ? `${value.message} ${value.stack} ${String(value.cause)}` : '';
  const deep = inspect(value, { depth: Infinity, showHidden: true, getters: true });
  return [JSON.stringify(value), deep, stack].join('\n');
}

function expectNothingOf(text: string): void {
  for (const piece of PIECES) expect(text).not.toContain(piece);
}

it(
  'no failure, no object and no thrown error tells a key, a secret or a passphrase',
  { timeout: 30_000 },
  async () => {
    const folder = await temporaryFolder();
    const keychain = new MemoryKeychain();
    const { apiKey, secret, passphrase, wrong, environmentKey, environmentSecret } = CANARIES;
    const environment = {
      EXCHANGE_API_KEY: environmentKey,
      EXCHANGE_API_SECRET: `${environmentSecret} x`,
    };
    const vault = new Vault({ profile: 'main', folder, environment, keychain, randomBytes });
    const answers: unknown[] = [];
    const note = async (answer: Promise<unknown>): Promise<void> => {
      answers.push(await answer.catch((error: unknown) => error), said(vault));
    };

    await note(vault.read('binance'));
    await note(vault.createFile('canary'));
    await note(vault.createFile(passphrase));
    await note(vault.createFile(passphrase));
    await note(vault.unlockFile(wrong));
    await note(vault.unlockFile(passphrase));
    for (const place of ['keychain', 'file'] as const) {
      await note(vault.save('kraken', { apiKey, secret: `${secret}\nx` }, place));
      await note(vault.save('kraken', { apiKey: `${apiKey} x`, secret }, place));
      await note(vault.save('kraken', { apiKey, secret: `-----BEGIN ${secret}` }, place));
    }
    await note(vault.state());
    await note(vault.save('binance', { apiKey, secret }, 'file').then((kept) => kept.ok));
    vault.lockFile();
    await note(vault.read('binance'));

    keychain.keeping = (password) => password.slice(0, -3);
    await note(vault.save('kraken', { apiKey, secret }, 'keychain'));
    await note(vault.read('kraken'));
    keychain.entries.clear();

    const path = join(folder, 'secrets.enc');
    await writeFile(path, (await readFile(path)).subarray(0, -1));
    await note(vault.unlockFile(passphrase));
    await note(vault.forget('binance'));

    expect(answers.length).toBeGreaterThan(30);
    expect(said({ inside: [new Error(secret)] })).toContain('anary');
    for (const answer of answers) expectNothingOf(said(answer));
  },
);

it('a summary tells no more than eight characters of the key', async () => {
  const vault = new Vault({
    profile: 'main',
    folder: await temporaryFolder(),
    environment: {},
    keychain: new MemoryKeychain(),
    randomBytes,
  });
  const { apiKey, secret } = CANARIES;
  const saved = await vault.save('binance', { apiKey, secret }, 'keychain');
  expect(saved).toMatchObject({ ok: true, value: { masked: 'cana…FFFF' } });
  expectNothingOf(said(saved));
  expectNothingOf(said(await vault.summary('binance')));
});

it('an open file holds no secret that can be looked at, and neither does its key turn up', async () => {
  const path = join(await temporaryFolder(), 'secrets.enc');
  const file = new EncryptedFile({ path, randomBytes });
  await file.create(CANARIES.passphrase);
  await file.write('main/binance', CANARIES.secret);
  expectNothingOf(said(file));
  expect(said(file)).not.toContain('Buffer');
});

it('what is kept but is no key of ours is not quoted', () => {
  expect(fromKeptText(`{ "apiKey": ${CANARIES.secret}`)).toBeNull();
  expect(fromKeptText(`{ "apiKey": 1, "secret": "${CANARIES.secret}" }`)).toBeNull();
});

it("what another program's error says is dropped", () => {
  const reason = reasonOf(new Error(`could not store ${CANARIES.secret}`));
  expectNothingOf(said(unavailable(reason)));
});
