/** A process that stores runs without end and says which ones were acknowledged, until it is killed. */

import { openSqliteStorage } from '../sqlite-storage.ts';
import { aRunInfo, anOutcome, aStoredRun, SUMMARY } from './run-builder.ts';

const path = process.argv[2] ?? '';
const { storage } = await openSqliteStorage({ path, now: 0 });
for (let index = 0; ; index += 1) {
  const id = `run-${index}`;
  await storage.runs.insert(aStoredRun({ id, createdAt: index }));
  await storage.runs.finish(aRunInfo({ id, state: 'done', summary: SUMMARY }), anOutcome(50_000));
  process.stdout.write(`${id}\n`);
}
