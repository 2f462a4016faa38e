/** Reads all text of a candle file into the sink, through whichever scanner its format needs. */

import { createBarReader } from './bar-reader.ts';
import { createCsvScanner } from './csv-scanner.ts';
import type { Findings, PlaceWord } from './findings.ts';
import { createJsonScanner } from './json-scanner.ts';
import { peeked, readingProblem, unpacked, type ByteSource } from './open-bytes.ts';
import type { TextScanner } from './pieces.ts';
import type { RowSink } from './row-sink.ts';
import { HEAD_BYTES, isGzip, textFormat, type TextFormat } from './text-format.ts';

/** What a gzip may unpack to: no candle file is as large, and a crafted one must not fill the memory. */
const MAX_TEXT_BYTES = 2 ** 31;

/** Fills `rows` and `findings`; returns what a place in this file is called. Throws only what is not about the file. */
export async function scanText(
  source: ByteSource,
  rows: RowSink,
  findings: Findings,
  maxBytes: number = MAX_TEXT_BYTES,
): Promise<PlaceWord> {
  let format: TextFormat = { kind: 'empty' };
  try {
    const packed = await peeked(source, 2);
    const bytes = isGzip(packed.head) ? unpacked(packed.all) : packed.all;
    const text = await peeked(bytes, HEAD_BYTES);
    format = textFormat(text.head);
    if (format.kind === 'empty') findings.stop('FILE', null, 'the file is empty');
    else if (format.kind === 'unknown') findings.stop('FILE', null, format.reason);
    const readBar = createBarReader(rows, findings);
    const create = format.kind === 'json' ? createJsonScanner : createCsvScanner;
    const skip = 'skip' in format ? format.skip : 0;
    await scanAll(text.all, create(readBar, findings), findings, { skip, maxBytes });
  } catch (error) {
    const problem = readingProblem(error);
    if (problem === undefined) throw error;
    findings.stop('FILE', null, problem);
  }
  return format.kind === 'json' ? 'entry' : 'line';
}

async function scanAll(
  text: ByteSource,
  scanner: TextScanner,
  findings: Findings,
  { skip, maxBytes }: { readonly skip: number; readonly maxBytes: number },
): Promise<void> {
  let toSkip = skip;
  let total = 0;
  for await (const chunk of text) {
    if (findings.isStopped()) return;
    total += chunk.length;
    if (total > maxBytes) {
      findings.stop('FILE', null, `the file unpacks to more than ${maxBytes / 2 ** 30} GiB`);
      return;
    }
    scanner.push(toSkip === 0 ? chunk : chunk.subarray(toSkip));
    toSkip -= Math.min(toSkip, chunk.length);
  }
  if (!findings.isStopped()) scanner.end();
}
