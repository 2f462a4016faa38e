/** Checks the build: main and preload must run from their own files, the page under a strict content security policy. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inlineScripts, modulesMissing, modulesNeeded } from './bundles.ts';

const dist = path.join(import.meta.dirname, '..', 'dist');

const expected = [
  'main/main.js',
  'main/backtest-worker.js',
  'preload/preload.cjs',
  'renderer/index.html',
];

function faultsInBundles(pattern: string, node: boolean): readonly string[] {
  return globSync(pattern, { cwd: dist }).flatMap((file) => {
    const needed = modulesNeeded(file, readFileSync(path.join(dist, file), 'utf8'));
    return modulesMissing(needed, { node }).map(
      (name) => `dist/${file} needs ${name}, which an installed app does not have.`,
    );
  });
}

function faultsInPage(): readonly string[] {
  const page = readFileSync(path.join(dist, 'renderer/index.html'), 'utf8');
  return inlineScripts(page).map(
    (script) => `dist/renderer/index.html has an inline script, which its policy blocks: ${script}`,
  );
}

const absent = expected.filter((file) => !existsSync(path.join(dist, file)));
const faults =
  absent.length > 0
    ? absent.map((file) => `dist/${file} is missing; run npm run build.`)
    : [
        ...faultsInBundles('main/**/*.js', true),
        ...faultsInBundles('preload/**/*.cjs', false),
        ...faultsInPage(),
      ];

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else
  console.log(
    'main and preload need nothing but electron and Node; the page has no inline script.',
  );
