/** Kept backtests as rows. */

import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import {
  backtestConfig,
  backtestSummary,
  runInfo,
  runState,
  type RunInfo,
} from '../../contract/backtest.ts';
import { contractError } from '../../contract/errors.ts';
import { inTransaction } from './migrations.ts';
import type { PackedOutcome, RunStore, StoredRun, StoredRuns } from './storage.ts';

export function createRunStore(database: DatabaseSync): RunStore {
  return {
    list: async () => listRuns(database),
    insert: async (run) => insertRun(database, run),
    update: async (info) => updateRun(database, info),
    async finish(info, outcome) {
      inTransaction(database, () => {
        updateRun(database, info);
        insertOutcome(database, info.id, outcome);
      });
    },
    outcome: async (runId) => readOutcome(database, runId),
    async delete(runId) {
      database.prepare('DELETE FROM backtest_runs WHERE id = ?').run(runId);
    },
  };
}

function insertRun(database: DatabaseSync, { info, candles }: StoredRun): void {
  database
    .prepare(
      `INSERT INTO backtest_runs
         (id, name, created_at, state, config, source_id, source_name, synthetic, candles, summary, error)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      info.id,
      info.name,
      info.createdAt,
      info.state,
      JSON.stringify(info.config),
      info.sourceId,
      info.sourceName,
      info.synthetic ? 1 : 0,
      JSON.stringify(candles),
      jsonOrNull(info.summary),
      jsonOrNull(info.error),
    );
}

function updateRun(database: DatabaseSync, info: RunInfo): void {
  const { changes } = database
    .prepare('UPDATE backtest_runs SET name = ?, state = ?, summary = ?, error = ? WHERE id = ?')
    .run(info.name, info.state, jsonOrNull(info.summary), jsonOrNull(info.error), info.id);
  if (changes !== 1) throw new Error(`The run ${info.id} to be changed is not in the database.`);
}

function insertOutcome(database: DatabaseSync, runId: string, outcome: PackedOutcome): void {
  database
    .prepare(
      'INSERT INTO backtest_outcomes (run_id, trades, denials, time, equity, curve) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .run(runId, outcome.trades, outcome.denials, outcome.time, outcome.equity, outcome.curve);
}

const outcomeRow = z.object({
  trades: z.instanceof(Uint8Array<ArrayBuffer>),
  denials: z.instanceof(Uint8Array<ArrayBuffer>),
  time: z.instanceof(Uint8Array<ArrayBuffer>),
  equity: z.instanceof(Uint8Array<ArrayBuffer>),
  curve: z.instanceof(Uint8Array<ArrayBuffer>),
});

function readOutcome(database: DatabaseSync, runId: string): PackedOutcome | null {
  const row = database
    .prepare('SELECT trades, denials, time, equity, curve FROM backtest_outcomes WHERE run_id = ?')
    .get(runId);
  return row === undefined ? null : outcomeRow.parse(row);
}

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('is not JSON');
    return z.NEVER;
  }
});

const storedCandles = z.strictObject({
  name: z.string(),
  sha256: z.string().nullable(),
  synthetic: z.boolean(),
  warnings: z.array(
    z.strictObject({
      code: z.string(),
      count: z.number(),
      firstLine: z.number().nullable(),
      sentence: z.string(),
    }),
  ),
});

const runRow = z.object({
  id: z.string(),
  name: z.string(),
  created_at: z.number(),
  state: runState,
  config: json.pipe(backtestConfig),
  source_id: z.string(),
  source_name: z.string(),
  synthetic: z.number(),
  candles: json.pipe(storedCandles),
  summary: json.pipe(backtestSummary).nullable(),
  error: json.pipe(contractError).nullable(),
});

function listRuns(database: DatabaseSync): StoredRuns {
  const rows = database
    .prepare('SELECT * FROM backtest_runs ORDER BY created_at DESC, rowid DESC')
    .all();
  const runs: StoredRun[] = [];
  const unreadable: string[] = [];
  for (const row of rows) {
    const run = storedRun(row);
    if (run === null) unreadable.push(String(row['id']));
    else runs.push(run);
  }
  return { runs, unreadable };
}

function storedRun(row: unknown): StoredRun | null {
  const parsed = runRow.safeParse(row);
  if (!parsed.success) return null;
  const {
    id,
    name,
    created_at,
    state,
    config,
    source_id,
    source_name,
    synthetic,
    candles,
    summary,
    error,
  } = parsed.data;
  const info = runInfo.safeParse({
    id,
    name,
    createdAt: created_at,
    state,
    config,
    sourceId: source_id,
    sourceName: source_name,
    synthetic: synthetic === 1,
    summary,
    error,
  });
  return info.success ? { info: info.data, candles } : null;
}

function jsonOrNull(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
