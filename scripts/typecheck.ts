/** Checks the types of every environment's own project at once and reports each one that fails. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const compiler = path.join(root, 'node_modules/@typescript/native/bin/tsc');

const projects = [
  'tsconfig.json',
  'src/core/tsconfig.json',
  'src/contract/tsconfig.json',
  'src/main/tsconfig.json',
  'src/preload/tsconfig.json',
  'src/renderer/tsconfig.json',
  'src/renderer/tsconfig.test.json',
  'e2e/tsconfig.json',
  'scripts/tsconfig.json',
] as const;

interface Outcome {
  readonly project: string;
  readonly passed: boolean;
  readonly output: string;
}

function check(project: string): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [compiler, '-p', project, '--pretty', 'false'], {
      cwd: root,
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ project, passed: code === 0, output }));
  });
}

if (!existsSync(compiler)) throw new Error('TypeScript is not installed; run npm ci first.');

const outcomes = await Promise.all(projects.map(check));
for (const { project, passed, output } of outcomes) {
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${project}`);
  if (!passed) console.log(output.trimEnd());
}
if (outcomes.some((outcome) => !outcome.passed)) process.exitCode = 1;
