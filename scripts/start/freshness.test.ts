import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isStale } from './freshness.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'freshness-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A file or folder in the project, last changed at `second`. */
function at(second: number, name: string): string {
  const entry = path.join(folder, name);
  if (path.extname(name) === '') mkdirSync(entry, { recursive: true });
  else {
    mkdirSync(path.dirname(entry), { recursive: true });
    writeFileSync(entry, '');
  }
  utimesSync(entry, second, second);
  return entry;
}

it('builds what was never built', () => {
  const source = at(1, 'src');
  expect(isStale(path.join(folder, 'dist/main.js'), [source])).toBe(true);
});

it('builds again when a file deep in the sources is newer', () => {
  at(30, 'src/core/engine.ts');
  at(1, 'src/core');
  const source = at(1, 'src');
  expect(isStale(at(20, 'dist/main.js'), [source])).toBe(true);
  expect(isStale(at(31, 'dist/main.js'), [source])).toBe(false);
});

it('builds again when a file was deleted, which only its folder tells', () => {
  at(5, 'src/a.ts');
  const source = at(30, 'src');
  expect(isStale(at(20, 'dist/main.js'), [source])).toBe(true);
});

it('leaves out sources that do not exist', () => {
  expect(isStale(at(20, 'dist/main.js'), [path.join(folder, 'absent')])).toBe(false);
});
