/** Strategies and backtests: what can be run, running it, and what came out. */

import { z } from 'zod';
import { DENIAL_CODES } from '../core/domain/denial.ts';
import { EXIT_REASONS } from '../core/domain/order.ts';
import { call, stream } from './define.ts';
import { contractError } from './errors.ts';
import { displayName, float64Column, id, nothing, timeframe, timestamp } from './shared-schemas.ts';

const described = { label: z.string(), help: z.string() };

const parameterSpec = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum(['integer', 'number']),
    ...described,
    default: z.number(),
    min: z.number(),
    max: z.number(),
    step: z.number(),
  }),
  z.strictObject({ kind: z.literal('boolean'), ...described, default: z.boolean() }),
  z.strictObject({
    kind: z.literal('choice'),
    ...described,
    default: z.string(),
    options: z.array(z.string()),
  }),
]);

export const strategyInfo = z.strictObject({
  name: z.string(),
  title: z.string(),
  summary: z.string(),
  parameters: z.record(z.string(), parameterSpec),
});

const fraction = z.number().min(0).lt(1);

export const sizing = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all-in') }),
  z.strictObject({ kind: z.literal('fixed'), cost: z.number().positive() }),
  z.strictObject({ kind: z.literal('risk'), fraction: z.number().gt(0).max(1) }),
]);

export const costs = z.strictObject({
  takerFee: fraction,
  makerFee: fraction,
  slippageBps: z.number().min(0).max(5_000),
  halfSpreadBps: z.number().min(0).max(5_000),
});

export const strategyParams = z.record(
  z.string(),
  z.union([z.number(), z.boolean(), z.string().max(100)]),
);

export const backtestConfig = z.strictObject({
  symbol: z.string().min(1).max(41),
  timeframe,
  strategy: z.string().min(1).max(60),
  params: strategyParams,
  startingBalance: z.number().positive(),
  costs,
  sizing,
  limits: z.enum(['on', 'off']),
  whitelist: z.array(z.string().max(41)).max(500),
});

const figure = z.number().nullable();

export const backtestSummary = z.strictObject({
  bars: z.number().int(),
  firstTime: timestamp,
  lastTime: timestamp,
  startingBalance: z.number(),
  finalBalance: z.number(),
  totalReturn: z.number(),
  buyAndHoldReturn: figure,
  cagr: figure,
  volatility: figure,
  sharpe: figure,
  sortino: figure,
  calmar: figure,
  maxDrawdown: z.number(),
  maxDrawdownDurationMs: z.number(),
  exposureTime: z.number(),
  tradeCount: z.number().int(),
  winRate: figure,
  profitFactor: figure,
  expectancy: figure,
  sqn: figure,
  averageWin: figure,
  averageLoss: figure,
  bestTrade: figure,
  worstTrade: figure,
  fees: z.number(),
  denialCount: z.number().int(),
});

export const trade = z.strictObject({
  side: z.enum(['buy', 'sell']),
  amount: z.number(),
  entryTime: timestamp,
  entryPrice: z.number(),
  exitTime: timestamp.nullable(),
  exitPrice: z.number().nullable(),
  exitReason: z.enum(EXIT_REASONS).nullable(),
  fees: z.number(),
  pnl: z.number(),
  returnPct: z.number(),
});

export const denial = z.strictObject({
  time: timestamp,
  side: z.enum(['buy', 'sell']),
  code: z.enum(DENIAL_CODES),
  sentence: z.string(),
  askedCost: z.number(),
});

/** Points of equity for a chart: thinned to a few thousand so that every extreme survives. */
const equityCurve = z.strictObject({
  time: float64Column,
  equity: float64Column,
  /** Fraction below the highest equity so far, 0 or more. */
  drawdown: float64Column,
  /** The starting balance, had it bought at the first close and held. */
  buyAndHold: float64Column,
});

export const runState = z.enum(['queued', 'running', 'done', 'cancelled', 'failed']);

export const runProgress = z.strictObject({
  state: runState,
  /** 0 to 1. */
  fraction: z.number().min(0).max(1),
  /** Set when `failed`. */
  error: contractError.nullable(),
});

/** A kept run, as lists show it. */
export const runInfo = z.strictObject({
  id,
  name: displayName,
  createdAt: timestamp,
  state: runState,
  config: backtestConfig,
  sourceId: id,
  sourceName: z.string(),
  synthetic: z.boolean(),
  /** Set once `done`. */
  summary: backtestSummary.nullable(),
  /** Set when `failed`. */
  error: contractError.nullable(),
});

export const runResult = z.strictObject({
  run: runInfo,
  summary: backtestSummary,
  trades: z.array(trade),
  denials: z.array(denial),
  equity: equityCurve,
});

export const exportFormat = z.enum(['json', 'trades-csv', 'equity-csv']);

export const exportedFile = z.strictObject({
  fileName: z.string(),
  mimeType: z.string(),
  bytes: z.instanceof(Uint8Array<ArrayBufferLike>),
});

export const backtestContract = {
  'strategies.list': call(nothing, z.array(strategyInfo)),
  /** Starts a run in a worker and keeps it under the given name. */
  'backtest.start': call(
    z.strictObject({ name: displayName, sourceId: id, config: backtestConfig }),
    z.strictObject({ runId: id }),
  ),
  'backtest.progress': stream(z.strictObject({ runId: id }), runProgress, 'latest'),
  'backtest.cancel': call(z.strictObject({ runId: id }), nothing),
  /** All kept runs, newest first; again whenever one changes. */
  'backtest.runs': stream(nothing, z.array(runInfo), 'latest'),
  'backtest.result': call(z.strictObject({ runId: id }), runResult),
  'backtest.rename': call(z.strictObject({ runId: id, name: displayName }), nothing),
  'backtest.delete': call(z.strictObject({ runId: id }), nothing),
  'backtest.export': call(z.strictObject({ runId: id, format: exportFormat }), exportedFile),
} as const;

export type StrategyInfo = z.infer<typeof strategyInfo>;
export type BacktestConfigWire = z.infer<typeof backtestConfig>;
export type RunProgress = z.infer<typeof runProgress>;
export type RunInfo = z.infer<typeof runInfo>;
export type RunResult = z.infer<typeof runResult>;
export type ExportFormat = z.infer<typeof exportFormat>;
export type ExportedFile = z.infer<typeof exportedFile>;
