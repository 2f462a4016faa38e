/** Proves that the lint rules which keep core pure, and the type-aware ones, fire on what they forbid. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';

const root = path.join(import.meta.dirname, '..');
const bin = path.join(root, 'node_modules/.bin');
const tool = path.join(root, 'node_modules/oxlint/bin/oxlint');

const globals = 'eslint(no-restricted-globals)';

/** A file with one fault, and the rule that must name it. */
const cases = [
  ['src/core/clock.ts', 'export const now = (): number => Date.now();', globals],
  ['src/core/date.ts', 'export const now = (): string => String(new Date());', globals],
  [
    'src/core/dice.ts',
    'export const dice = (): number => Math.random();',
    'eslint(no-restricted-properties)',
  ],
  ['src/core/wait.ts', 'setTimeout(() => undefined, 1);', globals],
  ['src/core/later.ts', 'queueMicrotask(() => undefined);', globals],
  ['src/core/promise.ts', 'export const later = Promise.resolve(1);', globals],
  ['src/core/environment.ts', 'export const home = process.env;', globals],
  ['src/core/talk.ts', "console.log('x');", 'eslint(no-console)'],
  ['src/contract/talk.ts', "console.log('x');", 'eslint(no-console)'],
  ['src/app/talk.ts', "console.log('x');", 'eslint(no-console)'],
  [
    'src/app/anything.ts',
    'export const x = (value: any): unknown => value;',
    'typescript(no-explicit-any)',
  ],
  [
    'src/app/equal.ts',
    'export const x = (a: number, b: number): boolean => a == b;',
    'eslint(eqeqeq)',
  ],
  [
    'src/app/dropped.ts',
    'export const x = (a: Promise<void>): void => { a; };',
    'typescript(no-floating-promises)',
  ],
  [
    'src/app/awaited.ts',
    'export const x = async (a: number): Promise<number> => await a;',
    'typescript(await-thenable)',
  ],
  [
    'src/app/mode.ts',
    "export function x(a: 'on' | 'off'): void { switch (a) { case 'on': } }",
    'typescript(switch-exhaustiveness-check)',
  ],
  ['src/renderer/node.ts', 'export const x = process.platform;', globals],
  ['src/renderer/picture.tsx', 'export const X = () => <img src="x.png" />;', 'jsx-a11y(alt-text)'],
  [
    'src/renderer/hook.tsx',
    "import { useState } from 'react'; export function X({ on }: { on: boolean }) { if (on) useState(1); return null; }",
    'react(hooks)',
  ],
] as const;

const testOfCore = 'src/core/clock.test.ts';

const Report = z.object({
  diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })),
});

const folder = mkdtempSync(path.join(tmpdir(), 'lint-'));
let found: z.infer<typeof Report>['diagnostics'] = [];

beforeAll(() => {
  copyFileSync(path.join(root, '.oxlintrc.json'), path.join(folder, '.oxlintrc.json'));
  copyFileSync(path.join(root, 'tsconfig.base.json'), path.join(folder, 'tsconfig.base.json'));
  writeFileSync(
    path.join(folder, 'tsconfig.json'),
    '{ "extends": "./tsconfig.base.json", "compilerOptions": { "jsx": "react-jsx" }, "include": ["src"] }',
  );
  for (const [file, text] of [...cases, [testOfCore, cases[0][1]]] as const) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), `${text}\n`);
  }
  const run = spawnSync(process.execPath, [tool, '--format', 'json'], {
    cwd: folder,
    encoding: 'utf8',
    // That is where oxlint looks for its type-aware half.
    env: { ...process.env, PATH: [bin, process.env['PATH']].join(path.delimiter) },
    timeout: 60_000,
  });
  found = Report.parse(JSON.parse(run.stdout)).diagnostics;
});

afterAll(() => rmSync(folder, { recursive: true }));

const namedIn = (file: string): readonly string[] =>
  found.filter(({ filename }) => filename.replaceAll('\\', '/') === file).map(({ code }) => code);

it.each(cases)('%s: %s is named by %s', (file, _text, rule) => {
  expect(namedIn(file)).toContain(rule);
});

it('lets tests of core look at the clock', () => {
  expect(namedIn(testOfCore)).toEqual([]);
});
