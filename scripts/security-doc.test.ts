/** Holds docs/security.md to the tree: every file that it names is there, and every test, by its title. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

const TREE: readonly string[] = globSync(
  ['*.{json,yml,ts}', '{src,e2e,scripts,docs}/**/*.{ts,tsx,md}'],
  { cwd: root },
).map((file) => file.replaceAll('\\', '/'));

const FILE = /`([\w@./-]+\.(?:tsx?|json|yml))`/g;
const TITLE = /"([^"]+)"/g;

interface Row {
  readonly section: string;
  readonly cells: readonly string[];
}

/** The rows of all tables, without their heads. */
function rowsOf(page: string): readonly Row[] {
  return page.split(/^## /m).flatMap((text) => {
    const section = text.split('\n', 1)[0] ?? '';
    const lines = text.split('\n').filter((line) => line.startsWith('|'));
    const isHead = (at: number): boolean => /^\|[-|\s]+$/.test(lines[at + 1] ?? '');
    return lines
      .filter((line, at) => !isHead(at) && !/^\|[-|\s]+$/.test(line))
      .map((line) => ({
        section,
        cells: line
          .split('|')
          .map((cell) => cell.trim())
          .slice(1, -1),
      }));
  });
}

const page = read('docs/security.md');
const rows = rowsOf(page);
const CHECKLIST = "Electron's security checklist";
const checklist = rows.filter(({ section, cells }) => section === CHECKLIST && cells.length === 5);

const all = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);

/** A short name stands for every file of that name. */
const meant = (name: string): readonly string[] =>
  TREE.filter((file) => file === name || file.endsWith(`/${name}`));

/** As the first argument of a call, which is where a test has its title. */
function isTitleIn(file: string, title: string): boolean {
  const literal = title.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`\\(\\s*(["'\`])${literal}\\1\\s*,`).test(read(file));
}

/** Each title with the files named before it, back to the last title or the cell's beginning. */
function claimsIn(
  cell: string,
): readonly { readonly title: string; readonly files: readonly string[] }[] {
  return cell.split(/(?<=\))\s*(?:,|and|$)/).flatMap((part) => {
    const files = all(part, FILE).flatMap(meant);
    return all(part, TITLE).map((title) => ({ title, files }));
  });
}

describe('docs/security.md', () => {
  it('names no file that is not there', () => {
    expect(all(page, FILE).filter((name) => meant(name).length === 0)).toEqual([]);
  });

  it('names no test that is not there', () => {
    const claims = rows.flatMap(({ cells }) => claimsIn(cells.at(-1) ?? ''));
    expect(claims.length).toBeGreaterThan(40);
    const wrong = claims.filter(
      ({ title, files }) => !files.some((file) => isTitleIn(file, title)),
    );
    expect(wrong).toEqual([]);
  });

  it("answers every item of Electron's checklist with a file and a test", () => {
    expect(checklist.map(({ cells }) => cells[0])).toEqual(
      Array.from({ length: 20 }, (_, at) => String(at + 1)),
    );
    for (const { cells } of checklist) {
      const [number, , what = '', file = '', test = ''] = cells;
      const named = [...all(file, FILE), ...all(test, FILE)];
      expect([number, named.filter((name) => !TREE.includes(name))]).toEqual([number, []]);
      expect([
        number,
        what !== '',
        all(file, FILE).length > 0,
        all(test, TITLE).length > 0,
      ]).toEqual([number, true, true, true]);
    }
  });

  it('says of each fuse what is set', () => {
    const fuses = rows.filter(({ section, cells }) => section === CHECKLIST && cells.length === 3);
    const set = [...read('electron-builder.yml').matchAll(/^ {2}(\w+): (true|false)$/gm)]
      .filter(([, name = '']) => /^(enable|only|load|grant|runAsNode)/.test(name))
      .map(([, name, value]) => `\`${name}\` ${value === 'true' ? 'on' : 'off'}`);
    expect(fuses.map(({ cells }) => `${cells[0]} ${cells[1]}`).toSorted()).toEqual(set.toSorted());
    expect(set).toHaveLength(8);
  });

  it('would not pass with a title that nobody wrote, or that stands in another file', () => {
    const file = 'scripts/security-doc.test.ts';
    expect(isTitleIn(file, 'names no file that is not there')).toBe(true);
    expect(isTitleIn(file, 'names no file')).toBe(false);
    expect(isTitleIn('scripts/bundles.test.ts', 'names no file that is not there')).toBe(false);
  });
});
