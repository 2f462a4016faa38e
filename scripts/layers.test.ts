/** Proves that the layer rules refuse what they must and pass what they may, on a small project made for it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const root = path.join(import.meta.dirname, '..');
const tool = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
const rules = path.join(root, '.dependency-cruiser.mjs');

/** What the cases import, with one export each. */
const targets = [
  'src/core/domain/order.ts',
  'src/core/engine.ts',
  'src/core/backtest/report.ts',
  'src/core/risk/approve.ts',
  'src/core/strategies/parameters.ts',
  'src/core/strategies/sma-cross.ts',
  'src/core/ledger.testing.ts',
  'src/contract/contract.ts',
  'src/exchanges/simulated/exchange.ts',
  'src/app/service.ts',
  'src/backend/server.ts',
  'src/cli/piggy.ts',
  'src/main/window.ts',
  'src/preload/bridge.ts',
  'src/renderer/main.ts',
  'scripts/bench.ts',
];

const dependencies = ['zod', 'fastify'];
const devDependencies = ['electron', 'react', 'vitest'];

interface Case {
  readonly file: string;
  readonly line: string;
  /** The rules that must fail on it; none where the import is allowed. */
  readonly broken: readonly string[];
}

const refused = (file: string, line: string, ...broken: string[]): Case => ({ file, line, broken });
const allowed = (file: string, line: string): Case => ({ file, line, broken: [] });

const cases: readonly Case[] = [
  refused('src/core/a1.ts', `import '../contract/contract.ts';`, 'core-imports'),
  refused('src/core/a2.ts', `import type { x } from '../app/service.ts';`, 'core-imports'),
  refused('src/core/a3.ts', `import { readFile } from 'node:fs/promises';`, 'core-imports'),
  refused('src/core/a4.ts', `import type { Stats } from 'fs';`, 'core-imports'),
  refused('src/core/a5.ts', `import { z } from 'zod';`, 'core-imports'),
  refused('src/core/a6.ts', `export { x } from '../contract/contract.ts';`, 'core-imports'),
  refused('src/core/a7.ts', `export const late = import('../app/service.ts');`, 'core-imports'),
  refused('src/core/a10.ts', `export type X = import('../app/service.ts').X;`, 'core-imports'),
  refused('src/core/a11.ts', `import { x } from './risk/approve.ts';`, 'only-risk-approves'),
  refused('src/app/a12.ts', `import { x } from '../core/risk/approve.ts';`, 'only-risk-approves'),
  allowed('src/core/risk/gate.ts', `import { x } from './approve.ts';`),
  allowed('src/core/a8.ts', `import { x } from './domain/order.ts';`),
  refused(
    'src/core/a9.ts',
    `import { x } from './ledger.testing.ts';`,
    'no-testing-code-in-the-product',
  ),
  allowed('src/core/a.test.ts', `import { it } from 'vitest'; import '../app/service.ts';`),

  refused('src/contract/b1.ts', `import { x } from '../core/engine.ts';`, 'contract-imports'),
  refused('src/contract/b2.ts', `import { x } from 'node:crypto';`, 'contract-imports'),
  refused('src/contract/b3.ts', `import type { x } from '../app/service.ts';`, 'contract-imports'),
  refused('src/contract/b4.ts', `import { x } from 'fastify';`, 'contract-imports'),
  allowed('src/contract/b5.ts', `import { z } from 'zod'; import '../core/domain/order.ts';`),

  refused(
    'src/exchanges/c1.ts',
    `import type { x } from '../app/service.ts';`,
    'exchanges-imports',
  ),
  refused(
    'src/exchanges/c2.ts',
    `import { x } from '../contract/contract.ts';`,
    'exchanges-imports',
  ),
  allowed('src/exchanges/c3.ts', `import { x } from '../core/engine.ts';`),

  refused('src/app/d1.ts', `import { x } from '../main/window.ts';`, 'app-imports'),
  refused('src/app/d2.ts', `import { x } from '../cli/piggy.ts';`, 'app-imports'),
  refused('src/app/d3.ts', `import type { x } from '../renderer/main.ts';`, 'app-imports'),
  refused('src/app/d4.ts', `import { x } from 'react';`, 'app-imports'),
  refused(
    'src/app/d5.ts',
    `import type { App } from 'electron';`,
    'app-imports',
    'electron-only-in-its-shell',
  ),
  refused(
    'src/app/d6.ts',
    `import { x } from '../../scripts/bench.ts';`,
    'app-imports',
    'no-testing-code-in-the-product',
  ),
  allowed(
    'src/app/d7.ts',
    `import { x } from '../exchanges/simulated/exchange.ts'; import 'node:fs'; import 'fastify';`,
  ),
  refused(
    'src/app/d.test.ts',
    `import { app } from 'electron';`,
    'electron-only-in-its-shell',
    'electron-types-only-in-tests',
  ),

  refused('src/backend/e1.ts', `import { x } from '../main/window.ts';`, 'backend-imports'),
  refused('src/backend/e2.ts', `import type { x } from '../cli/piggy.ts';`, 'backend-imports'),
  allowed('src/backend/e3.ts', `import { x } from '../app/service.ts'; import 'node:http';`),

  refused('src/cli/f1.ts', `import { x } from '../renderer/main.ts';`, 'cli-imports'),
  refused(
    'src/cli/f2.ts',
    `import type { x } from '../exchanges/simulated/exchange.ts';`,
    'cli-imports',
  ),
  refused(
    'src/cli/f3.ts',
    `import { x } from 'electron';`,
    'cli-imports',
    'electron-only-in-its-shell',
  ),
  allowed('src/cli/f4.ts', `import { x } from '../core/engine.ts'; import 'node:process';`),

  refused('src/main/g1.ts', `import { x } from '../core/engine.ts';`, 'main-imports'),
  refused('src/main/g2.ts', `import type { x } from '../renderer/main.ts';`, 'main-imports'),
  refused('src/main/g3.ts', `import { x } from 'react';`, 'main-imports'),
  allowed(
    'src/main/g4.ts',
    `import { app } from 'electron'; import 'node:path'; import '../app/service.ts';`,
  ),
  refused('src/main/g.test.ts', `import { app } from 'electron';`, 'electron-types-only-in-tests'),
  allowed('src/main/h.test.ts', `import type { App } from 'electron';`),

  refused('src/preload/i1.ts', `import { x } from 'node:fs';`, 'preload-imports'),
  refused('src/preload/i2.ts', `import { x } from '../app/service.ts';`, 'preload-imports'),
  refused(
    'src/preload/i3.ts',
    `import type { x } from '../core/domain/order.ts';`,
    'preload-imports',
  ),
  refused('src/preload/i4.ts', `import { z } from 'zod';`, 'preload-imports'),
  allowed(
    'src/preload/i5.ts',
    `import { ipcRenderer } from 'electron'; import '../contract/contract.ts';`,
  ),

  refused('src/renderer/j1.ts', `import { x } from 'node:path';`, 'renderer-imports'),
  refused('src/renderer/j2.ts', `import type { x } from '../app/service.ts';`, 'renderer-imports'),
  refused(
    'src/renderer/j3.ts',
    `import { x } from '../core/strategies/sma-cross.ts';`,
    'renderer-imports',
  ),
  refused(
    'src/renderer/j4.ts',
    `import { x } from '../core/backtest/report.ts';`,
    'renderer-backtest-types-only',
  ),
  refused('src/renderer/j5.ts', `import { x } from 'fastify';`, 'renderer-imports'),
  refused(
    'src/renderer/j6.ts',
    `import type { App } from 'electron';`,
    'renderer-imports',
    'electron-only-in-its-shell',
  ),
  allowed(
    'src/renderer/j7.tsx',
    `import { x } from 'react'; import '../core/strategies/parameters.ts';`,
  ),
  allowed('src/renderer/j8.ts', `import type { x } from '../core/backtest/report.ts';`),

  refused('src/app/k1.ts', `import './k2.ts';`, 'no-cycles'),
  allowed('src/app/k2.ts', `import './k1.ts';`), // A cycle is reported once, at its first file.
  refused('src/app/k3.ts', `import './nowhere.ts';`, 'app-imports', 'resolvable'),
];

const Violations = z.object({
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

const folder = mkdtempSync(path.join(tmpdir(), 'layers-'));
let found: z.infer<typeof Violations>['summary']['violations'] = [];

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), `${text}\n`);
}

function writeProject(): void {
  const any = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '*']));
  write(
    'package.json',
    JSON.stringify({ dependencies: any(dependencies), devDependencies: any(devDependencies) }),
  );
  for (const name of [...dependencies, ...devDependencies]) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
    write(`node_modules/${name}/index.js`, 'exports.x = 1;');
  }
  for (const target of targets) write(target, 'export const x = 1;');
  for (const { file, line } of cases) write(file, line);
}

beforeAll(() => {
  writeProject();
  const run = spawnSync(
    process.execPath,
    [tool, '--config', rules, '--output-type', 'json', 'src', 'scripts'],
    { cwd: folder, encoding: 'utf8' },
  );
  found = Violations.parse(JSON.parse(run.stdout)).summary.violations;
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('the layer rules', () => {
  it.each(cases)('$file: $line breaks $broken', ({ file, broken }) => {
    const names = found.filter((violation) => violation.from === file).map(({ rule }) => rule.name);
    expect([...new Set(names)].toSorted()).toEqual(broken.toSorted());
  });

  it('find nothing else wrong in the project made for them', () => {
    const files = new Set(cases.map(({ file }) => file));
    expect(found.filter(({ from }) => !files.has(from))).toEqual([]);
  });
});
