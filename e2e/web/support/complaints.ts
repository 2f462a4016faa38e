/** What an app has complained of, among everything that comes out of its process. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const logLine = z.object({ level: z.string(), text: z.string() });

/** @param errorOutput all that came by standard error. @returns empty where there is nothing to complain of */
export async function complaintsIn(errorOutput: string, dataDir: string): Promise<string> {
  const normal = await normalNews(join(dataDir, 'logs'));
  return ownWords(normal.reduce((left, text) => left.replaceAll(text, ''), errorOutput));
}

/** What the log does not call an error is told to the terminal as well. */
async function normalNews(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  const files = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return files
    .flatMap((text) => text.split('\n'))
    .map(parseLine)
    .flatMap(({ level, text }) => (level === 'error' || text === '' ? [] : [text]));
}

/** A line that a crash has cut through tells of nothing. */
function parseLine(line: string): z.infer<typeof logLine> {
  try {
    return logLine.parse(JSON.parse(line));
  } catch {
    return { level: 'error', text: '' };
  }
}

/** Without what Chromium and the inspector say. */
function ownWords(text: string): string {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '' && !FOREIGN_WORDS.test(line))
    .join('\n');
}

/** `[8312:1123/154000.123456:ERROR:…`, and what the inspector says when it is attached to. */
const FOREIGN_WORDS =
  /^\[\d+:\d{4}\/\d+\.\d+:|^(Debugger (listening|attached|ending)|DevTools listening|For help, see:|Waiting for the debugger)/;
