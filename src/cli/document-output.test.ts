import { execFileSync } from 'node:child_process';
import { lstat, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../app/storage/testing/temporary-folder.ts';
import { isSameFile, writeDocument } from './document-output.ts';

function* broken(): Generator<string> {
  yield 'half of it';
  throw new Error('the engine broke');
}

describe('a report that is written', () => {
  it('replaces an earlier one, and through a link the file that it leads to', async () => {
    const folder = await temporaryFolder();
    const [file, link] = [join(folder, 'out.json'), join(folder, 'latest.json')];
    await writeFile(file, 'earlier');
    await symlink('out.json', link);
    expect(await writeDocument(link, ['a', 'b'])).toBeNull();
    expect(await readFile(file, 'utf8')).toBe('ab');
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect((await readdir(folder)).toSorted()).toEqual(['latest.json', 'out.json']);
  });

  it('leaves the earlier one and nothing unfinished when it cannot be finished', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'out.json');
    await writeFile(file, 'earlier');
    await expect(writeDocument(file, broken())).rejects.toThrow('the engine broke');
    expect(await readFile(file, 'utf8')).toBe('earlier');
    expect(await readdir(folder)).toEqual(['out.json']);
  });

  it('does not replace a folder', async () => {
    const folder = await temporaryFolder();
    expect(await writeDocument(folder, ['a'])).toBe(
      `The report could not be written to ${folder}: it is a folder.`,
    );
  });

  it.skipIf(process.platform === 'win32')(
    'goes into a pipe or a device, which stays what it is',
    async () => {
      const pipe = join(await temporaryFolder(), 'pipe');
      execFileSync('/usr/bin/env', ['mkfifo', pipe]);
      const [read, problem] = await Promise.all([
        readFile(pipe, 'utf8'),
        writeDocument(pipe, ['a', 'b']),
      ]);
      expect([read, problem]).toEqual(['ab', null]);
      expect((await lstat(pipe)).isFIFO()).toBe(true);
    },
  );
});

it('knows a file by its other names', async () => {
  const folder = await temporaryFolder();
  const [file, link, other] = ['btc.csv', 'link.csv', 'eth.csv'].map((name) => join(folder, name));
  if (file === undefined || link === undefined || other === undefined) throw new Error('No names');
  await Promise.all([writeFile(file, 'a'), writeFile(other, 'a'), symlink(file, link)]);
  expect(await isSameFile(link, file)).toBe(true);
  expect(await isSameFile(other, file)).toBe(false);
  expect(await isSameFile(join(folder, 'none.csv'), join(folder, 'none.csv'))).toBe(false);
});
