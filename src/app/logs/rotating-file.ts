/** A file that is appended to and begun anew when it is full; a few old ones are kept, the oldest is given up. */

import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface RotatingFileOptions {
  /** Absolute; made where it is missing, for this user only. */
  readonly folder: string;
  /** Without ending: `app` is written as `app.jsonl`, `app.1.jsonl` and so on, the higher the older. */
  readonly name: string;
  /** Of one file. */
  readonly maxBytes: number;
  /** The one that is written to among them. */
  readonly maxFiles: number;
}

export class RotatingFile {
  readonly #options: RotatingFileOptions;
  /** `null` until the first writing. */
  #bytes: number | null = null;

  constructor(options: RotatingFileOptions) {
    this.#options = options;
  }

  /**
   * The system has the line when this returns, so that the last words before a crash are kept; nothing waits for the
   * disk itself. Throws as `node:fs` does.
   */
  append(line: string): void {
    const bytes = Buffer.byteLength(line);
    const { folder, maxBytes } = this.#options;
    this.#bytes ??= this.#begin(folder);
    if (this.#bytes > 0 && this.#bytes + bytes > maxBytes) this.#turn();
    appendFileSync(this.#path(0), line, { mode: 0o600 });
    this.#bytes += bytes;
  }

  /** What is in the files, the newest file first. Throws as `node:fs` does. */
  *newestFirst(): Generator<string> {
    for (let age = 0; age < this.#options.maxFiles; age += 1) {
      if (existsSync(this.#path(age))) yield readFileSync(this.#path(age), 'utf8');
    }
  }

  #begin(folder: string): number {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return statSync(this.#path(0), { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Each takes the place of the next older one. */
  #turn(): void {
    for (let age = this.#options.maxFiles - 2; age >= 0; age -= 1) {
      if (existsSync(this.#path(age))) renameSync(this.#path(age), this.#path(age + 1));
    }
    this.#bytes = 0;
  }

  #path(age: number): string {
    const { folder, name } = this.#options;
    return join(folder, age === 0 ? `${name}.jsonl` : `${name}.${age}.jsonl`);
  }
}
