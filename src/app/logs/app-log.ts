/** The log on this machine: lines of JSON in a few small files, with every secret taken out before anything is written. */

import { join } from 'node:path';
import { z } from 'zod';
import { createRedactor } from './redactor.ts';
import { RotatingFile } from './rotating-file.ts';

const MAX_FILES = 5;
const MAX_BYTES = 1_000_000;
/** Characters of one entry; the rest is left out. */
const MAX_TEXT = 16_000;
/** Characters that are looked at for secrets; more is cut off unseen, so that one text cannot hold up the app. */
const MAX_READ = 8 * MAX_TEXT;

const logLine = z.strictObject({
  /** ISO 8601, UTC. */
  time: z.string(),
  level: z.enum(['info', 'error']),
  text: z.string(),
});

export type LogLine = z.infer<typeof logLine>;

export interface AppLogOptions {
  /** Of the profile, absolute. */
  readonly dataDir: string;
  /** ms UTC. */
  readonly now: () => number;
  /** Gets every text too, without its secrets: the terminal, where there is one. */
  readonly mirror: (text: string) => void;
}

export interface AppLog {
  /** Where the files are, absolute. */
  readonly folder: string;
  info(text: string): void;
  error(text: string): void;
  /** Takes these out of everything that is written from now on. */
  redact(values: Iterable<string>): void;
  /** A text without the secrets that are known, or look like one. */
  clean(text: string): string;
  /** The newest `count` lines, oldest first. Empty where none can be read. */
  last(count: number): readonly LogLine[];
}

/** Nothing is made on the disk before the first line. No call throws: a full disk must not stop what is told of. */
export function openAppLog({ dataDir, now, mirror }: AppLogOptions): AppLog {
  const folder = join(dataDir, 'logs');
  const file = new RotatingFile({ folder, name: 'app', maxBytes: MAX_BYTES, maxFiles: MAX_FILES });
  const redactor = createRedactor();
  let isWritable = true;

  function write(level: LogLine['level'], whole: string): void {
    const text = cut(redactor.redact(whole.slice(0, MAX_READ)));
    mirror(text);
    const line: LogLine = { time: new Date(now()).toISOString(), level, text };
    try {
      file.append(`${JSON.stringify(line)}\n`);
      isWritable = true;
    } catch (error) {
      // Once, not for every line.
      if (isWritable) mirror(`The log in ${folder} cannot be written. ${String(error)}`);
      isWritable = false;
    }
  }

  return {
    folder,
    info: (text) => write('info', text),
    error: (text) => write('error', text),
    redact: (values) => redactor.add(values),
    clean: (text) => redactor.redact(text),
    last: (count) => {
      // What has become known as a secret since then is taken out now.
      const clean = (line: LogLine): LogLine => ({ ...line, text: redactor.redact(line.text) });
      return lastLines(file, count).map(clean);
    },
  };
}

function cut(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)} … (cut)`;
}

function lastLines(file: RotatingFile, count: number): readonly LogLine[] {
  const lines: LogLine[] = [];
  try {
    for (const text of file.newestFirst()) {
      lines.unshift(...text.split('\n').flatMap(parseLine));
      if (lines.length >= count) break;
    }
  } catch {
    // A file that cannot be read is as good as none: this is asked for when something is wrong anyway.
  }
  return lines.slice(-count);
}

/** None for what a crash has left half-written. */
function parseLine(line: string): readonly LogLine[] {
  try {
    const parsed = logLine.safeParse(JSON.parse(line));
    return parsed.success ? [parsed.data] : [];
  } catch {
    return [];
  }
}
