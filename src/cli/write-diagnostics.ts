/** Collects the report of a data folder and writes it. */

import { collectDiagnostics } from '../app/diagnostics/diagnostics.ts';
import { openAppLog } from '../app/logs/app-log.ts';
import { writeDocument } from './document-output.ts';
import { packageVersion } from './package-version.ts';

/** @returns the sentence to end with where it could not be written, or `null` */
export async function writeDiagnostics(dataDir: string, out: string): Promise<string | null> {
  // Only read: a log is made on the disk with its first line.
  const log = openAppLog({ dataDir, now: Date.now, mirror: () => {} });
  const report = await collectDiagnostics({
    dataDir,
    environment: process.env,
    version: packageVersion(),
    shell: 'command line',
    now: Date.now,
    log,
  });
  return writeDocument(out, [report]);
}
