/** Runs a measurement in a process of its own, so that nothing compiled or collected before can touch it. */

import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const SAMPLE = fileURLToPath(new URL('./sample.ts', import.meta.url));
const PEAK = new URL('./print-peak-memory.ts', import.meta.url).href;

export type Figures = Readonly<Record<string, number>>;

/** What a script printed, how long the process lived, and the most memory it held. */
export interface Finished {
  readonly output: string;
  readonly milliseconds: number;
  readonly peakMegabytes: number;
}

/** Figures of one sample, as its process printed them. */
export async function sample(
  name: string,
  { file = '', flags = [] }: { readonly file?: string; readonly flags?: readonly string[] } = {},
): Promise<Figures> {
  const { output } = await runNode([SAMPLE, name, file], flags);
  return JSON.parse(output) as Figures;
}

/**
 * Runs a script with this process's own Node.
 * @throws Error with the script's own words when it fails
 */
export function runNode(args: readonly string[], flags: readonly string[] = []): Promise<Finished> {
  const begin = performance.now();
  const child = spawn(process.execPath, [...flags, '--import', PEAK, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const [output, errors, peak] = [1, 2, 3].map((descriptor) => collect(child.stdio[descriptor]));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const lived = performance.now() - begin;
      const peakMegabytes = Number(peak?.join('')) / 1_024;
      if (code === 0)
        resolve({ output: output?.join('') ?? '', milliseconds: lived, peakMegabytes });
      else reject(new Error(`${args.join(' ')} ended with ${code}: ${errors?.join('')}`));
    });
  });
}

/** The pieces that a stream delivers, as they come. */
function collect(stream: unknown): string[] {
  if (!(stream instanceof Readable)) throw new Error('The process has no such output.');
  const pieces: string[] = [];
  stream.on('data', (piece: Buffer) => pieces.push(piece.toString()));
  return pieces;
}
