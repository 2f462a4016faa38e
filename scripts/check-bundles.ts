/** Checks the build: main and preload must run from their own files, the page under a strict content security policy. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inlineScripts, modulesMissing, modulesNeeded, type Provided } from './bundles.ts';

const dist = path.join(import.meta.dirname, '..', 'dist');

const expected = [
  'main/main.js',
  'main/backtest-worker.js',
  'main/keychain-child.js',
  'preload/preload.cjs',
  'renderer/index.html',
];

/** The one bundle that may load a native library, which electron-builder.yml packs, and that library. */
const NATIVE = { bundle: 'main/keychain-child.js', packed: ['@napi-rs/keyring'] } as const;

function faultsInBundles(pattern: string, provided: Pick<Provided, 'node'>): readonly string[] {
  return globSync(pattern, { cwd: dist }).flatMap((file) => {
    const needed = modulesNeeded(file, readFileSync(path.join(dist, file), 'utf8'));
    const packed = file.replaceAll('\\', '/') === NATIVE.bundle ? NATIVE.packed : [];
    return modulesMissing(needed, { ...provided, packed }).map(
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
        ...faultsInBundles('main/**/*.js', { node: true }),
        ...faultsInBundles('preload/**/*.cjs', { node: false }),
        ...faultsInPage(),
      ];

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else
  console.log(
    'main and preload need nothing but electron, Node and the keychain library; the page has no inline script.',
  );
