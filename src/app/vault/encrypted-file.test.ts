import { randomBytes } from 'node:crypto';
import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startChild } from '../storage/testing/child-process.ts';
import { temporaryFolder } from '../storage/testing/temporary-folder.ts';
import { EncryptedFile } from './encrypted-file.ts';
import { checksummed } from './testing/checksummed.ts';

/** Each derivation of a key takes some tenths of a second, on purpose. */
const SLOW = { timeout: 30_000 };
const PASSPHRASE = 'correct horse battery';

async function aPath(): Promise<string> {
  return join(await temporaryFolder(), 'secrets.enc');
}

const at = (path: string): EncryptedFile => new EncryptedFile({ path, randomBytes });

async function created(path: string): Promise<EncryptedFile> {
  const file = at(path);
  expect(await file.create(PASSPHRASE)).toEqual({ ok: true, value: null });
  return file;
}

const failed = (code: string): unknown => ({
  ok: false,
  error: { code, sentence: expect.any(String) as string },
});

describe('an encrypted file', SLOW, () => {
  it('keeps secrets over a restart for whoever has the passphrase', async () => {
    const path = await aPath();
    const first = await created(path);
    await first.write('p/binance', 'one');
    await first.write('p/kraken', 'two');
    await first.write('p/binance', 'three');

    const second = at(path);
    expect(await second.state()).toBe('locked');
    expect(await second.read('p/binance')).toEqual(failed('VAULT_LOCKED'));
    expect(await second.unlock('wrong horse battery')).toEqual(failed('PASSPHRASE_WRONG'));
    expect(await second.unlock(PASSPHRASE)).toEqual({ ok: true, value: null });
    expect(await second.state()).toBe('open');
    expect(await second.read('p/binance')).toEqual({ ok: true, value: 'three' });
    await second.write('p/binance', null);
    expect(await second.read('p/binance')).toEqual({ ok: true, value: null });
    expect(await second.read('p/kraken')).toEqual({ ok: true, value: 'two' });

    second.lock();
    expect(await second.state()).toBe('locked');
    expect(await second.write('p/binance', 'four')).toEqual(failed('VAULT_LOCKED'));
  });

  it('shows nothing of what it holds, and no two writings are alike', async () => {
    const path = await aPath();
    const file = await created(path);
    await file.write('p/binance', 'swordfish');
    const first = await readFile(path);
    await file.write('p/binance', 'swordfish');
    const second = await readFile(path);
    expect(first.includes('swordfish') || first.includes('binance')).toBe(false);
    expect(second.subarray(28, 40)).not.toEqual(first.subarray(28, 40));
    expect(second.subarray(40, 56)).not.toEqual(first.subarray(40, 56));
  });

  it.skipIf(process.platform === 'win32')('is readable for its owner alone', async () => {
    const path = await aPath();
    await writeFile(`${path}.unfinished`, 'left by a crash', { mode: 0o644 });
    await created(path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(path, '..'))).toEqual(['secrets.enc']);
  });

  it('wants a passphrase of eight characters, and takes accents however they are typed', async () => {
    const path = await aPath();
    expect(await at(path).create('7 chars')).toEqual(failed('PASSPHRASE_WEAK'));
    expect(await at(path).state()).toBe('none');
    const file = at(path);
    await file.create('cr\u00e8me br\u00fbl\u00e9e');
    expect((await at(path).unlock('cre\u0300me bru\u0302le\u0301e')).ok).toBe(true);
  });

  it('holds nothing before there is one, and cannot be made twice', async () => {
    const path = await aPath();
    expect(await at(path).read('p/binance')).toEqual({ ok: true, value: null });
    expect(await at(path).unlock(PASSPHRASE)).toEqual(failed('VAULT_MISSING'));
    expect(await at(path).write('p/binance', 'x')).toEqual(failed('VAULT_MISSING'));
    await created(path);
    const bytes = await readFile(path);
    expect(await at(path).create('another passphrase')).toEqual(failed('VAULT_EXISTS'));
    expect(await readFile(path)).toEqual(bytes);
  });

  it('that is damaged or newer is said to be, and never overwritten', async () => {
    const path = await aPath();
    const file = await created(path);
    await file.write('p/binance', 'swordfish');
    const good = await readFile(path);
    const newer = Buffer.from(good);
    newer.writeUInt32LE(2, 8);
    const cases = [
      ['VAULT_DAMAGED', good.subarray(0, 50)],
      ['VAULT_DAMAGED', Buffer.from('not a vault at all, but long enough to be taken for one')],
      ['VAULT_DAMAGED', Buffer.alloc(0)],
      ['VAULT_NEWER', checksummed(newer)],
    ] as const;
    for (const [code, bytes] of cases) {
      await writeFile(path, bytes);
      expect(await file.state()).toBe('locked');
      expect(await file.unlock(PASSPHRASE)).toEqual(failed(code));
      expect(await file.read('p/binance')).toEqual(failed(code));
      expect(await file.write('p/binance', 'x')).toEqual(failed(code));
      expect(await file.create(PASSPHRASE)).toEqual(failed('VAULT_EXISTS'));
      expect(await readFile(path)).toEqual(Buffer.from(bytes));
    }
  });

  it('that took the place of the open one is locked', async () => {
    const [path, otherPath] = [await aPath(), await aPath()];
    const file = await created(path);
    await created(otherPath);
    await writeFile(path, await readFile(otherPath));
    expect(await file.state()).toBe('locked');
    expect(await file.write('p/binance', 'x')).toEqual(failed('VAULT_LOCKED'));
  });

  it('loses no change of two that are made at once', async () => {
    const file = await created(await aPath());
    const venues = Array.from({ length: 20 }, (_, index) => `p/venue-${index}`);
    await Promise.all(venues.map((venue) => file.write(venue, venue)));
    for (const venue of venues) expect(await file.read(venue)).toEqual({ ok: true, value: venue });
  });

  it('keeps any names and secrets', async () => {
    const file = await created(await aPath());
    const word = fc.string({ unit: 'binary', maxLength: 40 });
    const profile = fc.uniqueArray(fc.tuple(word, word), {
      selector: ([name]) => name,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(profile, async (secrets) => {
        for (const [name, secret] of secrets) await file.write(name, secret);
        for (const [name, secret] of secrets) {
          expect(await file.read(name)).toEqual({ ok: true, value: secret });
        }
      }),
      { numRuns: 30 },
    );
  });

  it('leaves the event loop free while it derives a key', async () => {
    let stoodStill = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      stoodStill = Math.max(stoodStill, performance.now() - last);
      last = performance.now();
    }, 5);
    const begin = performance.now();
    await created(await aPath());
    clearInterval(beat);
    expect(stoodStill).toBeLessThan(Math.max(100, (performance.now() - begin) / 2));
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'in a folder that cannot be written says so',
    async () => {
      const path = await aPath();
      await chmod(join(path, '..'), 0o500);
      expect(await at(path).create(PASSPHRASE)).toEqual(failed('VAULT_UNUSABLE'));
      await chmod(join(path, '..'), 0o700);
    },
  );

  it('whose path cannot be a file says so', async () => {
    const folder = await temporaryFolder();
    expect(await at(folder).create(PASSPHRASE)).toEqual(failed('VAULT_UNUSABLE'));
    expect(await at(folder).read('p/binance')).toEqual(failed('VAULT_UNUSABLE'));
  });

  it('holds the old secret or the new one when the process is killed while it saves', async () => {
    const path = await aPath();
    await created(path);
    const script = new URL('./testing/saving-child.ts', import.meta.url);
    let known = -1;
    for (const savings of [1, 3, 10, 40]) {
      const child = startChild(script, path, PASSPHRASE, String(known + 1));
      const last = known + savings;
      for await (const line of child.lines) {
        known = Number(line);
        if (known >= last) break;
      }
      await child.kill();
      const file = at(path);
      expect((await file.unlock(PASSPHRASE)).ok).toBe(true);
      const kept = await file.read('p/binance');
      const found = kept.ok && kept.value !== null ? Number(kept.value.split(' ')[0]) : NaN;
      expect(found).toBeGreaterThanOrEqual(known);
      expect(kept).toEqual({ ok: true, value: `${found} ${'x'.repeat(100_000)}` });
      known = found;
    }
  });
});
