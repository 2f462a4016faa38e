/** Trading: what an account is doing, its bots, orders by hand, the emergency stop, and its books. */

import { z } from 'zod';
import { BOT_STATUSES, GUARD_PLACES } from '../core/domain/bot-status.ts';
import { DENIAL_CODES } from '../core/domain/denial.ts';
import { ORDER_STATES } from '../core/domain/order-state.ts';
import { TRADING_STATES } from '../core/domain/trading-state.ts';
import { VERDICTS } from '../core/domain/verdict.ts';
import { costs, exportedFile, sizing, strategyParams, trade } from './backtest.ts';
import { call, stream } from './define.ts';
import { exposureControl } from './exposure.ts';
import {
  displayName,
  float64Column,
  id,
  nothing,
  symbol,
  timeframe,
  timestamp,
} from './shared-schemas.ts';
import { stopReport } from './stop.ts';

const currency = z.string().min(1).max(20);
const positive = z.number().positive().max(1e12);
const fraction = z.number().gt(0).lt(1);

/** Whose books: paper where it is not said, so that nothing turns live by being left out. */
const account = z.enum(['paper', 'live']).default('paper');
const ofAccount = z.strictObject({ account });

/** Books of an account that is or was; the current one where no id is given. */
const ofBooks = ofAccount.extend({
  accountId: z.number().int().positive().nullable().default(null),
});

/** Distances are fractions of the entry's price; `null` attaches none. */
const attachedExits = z.strictObject({
  stopDistance: fraction.nullable(),
  targetDistance: z.number().positive().max(100).nullable(),
  trailing: fraction.nullable(),
  maxHoldMs: z.number().int().positive().nullable(),
});

const botSettings = z.strictObject({
  name: displayName,
  symbol,
  timeframe,
  strategy: z.strictObject({ name: z.string().min(1).max(60), params: strategyParams }).nullable(),
  sizing,
  exits: attachedExits,
});

const position = z.strictObject({
  botId: id,
  symbol,
  /** In base. */
  amount: z.number(),
  /** In quote. */
  entryPrice: z.number(),
  entryTime: timestamp,
  price: z.number(),
  /** After fees so far, in quote. */
  unrealisedPnl: z.number(),
  stop: z.number().nullable(),
  target: z.number().nullable(),
  trailing: z.number().nullable(),
  /** ms UTC; sold at the first bar that closes then or later. */
  sellAt: timestamp.nullable(),
  /** Who watches the stop. */
  guardPlace: z.enum(GUARD_PLACES),
  /** What comparing the books with the exchange says of it. */
  verdict: z.strictObject({
    kind: z.enum(VERDICTS),
    /** Since when it is in doubt, ms UTC; `null` while it is not. */
    since: timestamp.nullable(),
    /** What was found, and what to do. */
    sentence: z.string(),
    /** What a person can settle it by. */
    waysOut: z.array(z.enum(['keep', 'write-off'])),
  }),
});

const botStatus = z.strictObject({
  id,
  settings: botSettings,
  status: z.enum(BOT_STATUSES),
  /** Why it failed, as a sentence. */
  error: z.string().nullable(),
  /** Whether its indicators have all the bars they need; it decides nothing before. */
  isWarm: z.boolean(),
  /** Start of the last bar it has seen, ms UTC. */
  lastBar: timestamp.nullable(),
});

export const orderLine = z.strictObject({
  id,
  botId: id,
  symbol,
  side: z.enum(['buy', 'sell']),
  type: z.enum(['market', 'limit', 'stop-loss', 'take-profit']),
  state: z.enum(ORDER_STATES),
  /** Asked for in base (exits) or in quote (entries). */
  amount: z.number().nullable(),
  cost: z.number().nullable(),
  /** Limit or trigger, in quote. */
  price: z.number().nullable(),
  filledAmount: z.number(),
  filledCost: z.number(),
  createdAt: timestamp,
  updatedAt: timestamp,
  /** What the risk gate was asked for and what it changed. */
  askedCost: z.number().nullable(),
  adjustments: z.array(z.string()),
  note: z.string().nullable(),
});

const today = z.strictObject({
  /** First moment of the UTC day, ms. */
  day: timestamp,
  openingEquity: z.number(),
  /** Deposits and withdrawals left out. */
  pnl: z.number(),
  /** Fraction of the opening equity that is lost; 0 while there is a profit. */
  lossFraction: z.number(),
  maxLossFraction: z.number(),
  trades: z.number().int(),
  maxTrades: z.number().int(),
  lossLimitBreached: z.boolean(),
});

export const tradingStatus = z.strictObject({
  mode: z.enum(['paper', 'live']),
  /** Where the prices come from, by name. */
  venue: z.string(),
  /** As one asks for its prices; of a replay the recording. */
  venueId: z.string(),
  connection: z.strictObject({ up: z.boolean(), sentence: z.string() }),
  tradingState: z.enum(TRADING_STATES),
  /** Why trading has stopped, or broke off and was opened again without having been armed since, as a sentence. */
  fault: z.string().nullable(),
  /** ms UTC of the last event. */
  time: timestamp,
  /** When the last price came, ms UTC; `null` before the first. */
  priceAt: timestamp.nullable(),
  /** In USD. */
  equity: z.number(),
  today,
  balances: z.array(
    z.strictObject({
      currency,
      amount: z.number(),
      worth: z.number().nullable(),
      /** The part that is held from before: CryptoPiggy did not buy it, and never sells it. */
      heldBefore: z.number(),
    }),
  ),
  /** What is left of positions and too little to be sold, in base; what it is worth in USD, where a price tells. */
  dust: z.array(z.strictObject({ symbol, amount: z.number(), worth: z.number().nullable() })),
  positions: z.array(position),
  bots: z.array(botStatus),
  openOrders: z.array(orderLine),
  /** On the exchange's book and not placed by us: shown, and left alone. */
  externalOrders: z.array(z.strictObject({ exchangeId: z.string().nullable(), symbol })),
});

const ms = z
  .number()
  .int()
  .positive()
  .max(7 * 86_400_000);

/** What every entry is judged by; never looser than the hard limits. */
export const tradingRules = z.strictObject({
  whitelist: z.array(symbol).max(500),
  limits: z.strictObject({
    maxTradeUsd: z.number(),
    minTradeUsd: z.number(),
    maxRiskPerTrade: z.number(),
    maxTradesPerDay: z.number(),
    maxDailyLoss: z.number(),
    defaultStopDistance: z.number(),
  }),
  /** `null` switches a protection off. */
  protections: z.strictObject({
    cooldownMs: ms.nullable(),
    stopLossGuard: z
      .strictObject({ stops: z.number().int().min(1).max(100), withinMs: ms, pauseMs: ms })
      .nullable(),
    drawdownGuard: z.strictObject({ fraction, withinMs: ms, pauseMs: ms }).nullable(),
    maxOpenPositions: z.number().int().min(1).max(100).nullable(),
  }),
  costs,
});

/** What settings a change is based on: counted up with each one, so that an older form never brings looser ones back. */
export const revision = z.number().int().nonnegative();

export const keptRules = tradingRules.extend({ revision });

/** What a second process of the same person may ask the running one. */
export const controlContract = {
  'trading.status': call(ofAccount, tradingStatus),
  /** The emergency stop of the whole profile: kept on disk, and carried out until it is done. Ended by arming alone. */
  'trading.stop': call(z.strictObject({ flatten: z.boolean() }), stopReport),
  /** How far the stop is; `null` while none is in force. */
  'trading.stop-report': call(nothing, stopReport.nullable()),
  /** Lets trading begin again. A stop that is not carried out yet is given up only where that is said. */
  'trading.arm': call(ofAccount.extend({ anyway: z.boolean().default(false) }), nothing),
  ...exposureControl,
} as const;

const oneBot = z.strictObject({ account, botId: id });

/** What became of an entry by hand. */
export const entryAnswer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('submitted'), order: orderLine }),
  z.strictObject({
    kind: z.literal('denied'),
    code: z.enum(DENIAL_CODES),
    sentence: z.string(),
  }),
]);

const entryByHand = oneBot.extend({
  /** In quote. */
  cost: positive,
  /** Prices in quote; `null` for the market, and for none. */
  limit: positive.nullable(),
  stop: positive.nullable(),
  target: positive.nullable(),
});

const entryPreview = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('approved'),
    /** What would be spent, in quote, at this price. */
    cost: z.number(),
    price: z.number(),
    /** The most that is paid, and the fee of each fill (a fraction) that is reckoned with. */
    worstPrice: z.number(),
    feeRate: z.number(),
    /** `null` for none. */
    stop: z.number().nullable(),
    /** All that can be lost down to the stop, fees included, in quote; `null` without a stop. */
    maxLoss: z.number().nullable(),
    /** What the gate would change, as sentences. */
    adjustments: z.array(z.string()),
  }),
  z.strictObject({
    kind: z.literal('denied'),
    code: z.enum(DENIAL_CODES),
    sentence: z.string(),
  }),
]);

/** One line of what an account decided. */
const decisionLine = z.strictObject({
  time: timestamp,
  botId: id.nullable(),
  symbol: symbol.nullable(),
  kind: z.enum(['submitted', 'denied', 'cancelled', 'alert']),
  /** Of a denial or an alert. */
  code: z.string().nullable(),
  sentence: z.string(),
});

/** An account that is or was. */
const accountSummary = z.strictObject({
  account: z.enum(['paper', 'live']),
  accountId: z.number().int().positive(),
  /** By its id; of a replay the recording. */
  venueId: z.string(),
  startedAt: timestamp,
  /** `null` while it is the current one. */
  endedAt: timestamp.nullable(),
  /** Round trips. */
  trades: z.number().int(),
  /** Removed ones too. */
  bots: z.array(z.strictObject({ id, name: z.string() })),
});

export const tradingContract = {
  ...controlContract,
  /** The status now, and again whenever something has changed; `null` while no account is set up. */
  'trading.watch': stream(ofAccount, tradingStatus.nullable(), 'latest'),
  /** The stop's report now, and again whenever it has changed; `null` while none is in force. */
  'trading.watch-stop': stream(nothing, stopReport.nullable(), 'latest'),
  /** Begins a paper account; an account there is ends, and its history stays. */
  'trading.begin': call(
    z.strictObject({
      venue: z.string().min(1).max(40),
      balances: z
        .array(z.strictObject({ currency, amount: positive }))
        .min(1)
        .max(20),
    }),
    nothing,
  ),
  /** A deposit, or with a negative amount a withdrawal. */
  'trading.transfer': call(
    z.strictObject({ currency, amount: z.number().min(-1e12).max(1e12) }),
    nothing,
  ),
  'trading.rules': call(nothing, keptRules),
  /** Takes effect at once. A looser rule than the hard limits is an error, and so is a change of rules that do not hold any more. */
  'trading.configure': call(keptRules, nothing),
  /** Exits only, until armed. */
  'trading.reduce': call(ofAccount, nothing),
  'bots.add': call(
    botSettings.extend({
      account,
      /** Whether it trades at once; else it is stopped until `bots.start`. */
      starts: z.boolean().default(true),
    }),
    z.strictObject({ botId: id }),
  ),
  'bots.start': call(oneBot, nothing),
  'bots.pause': call(oneBot, nothing),
  'bots.stop': call(oneBot, nothing),
  'bots.remove': call(oneBot, nothing),
  /** Sells what the bot holds, at the market. */
  'bots.close': call(oneBot, nothing),
  /** Takes a position in doubt out of the books at its last price. Nothing is sold. */
  'positions.write-off': call(oneBot, nothing),
  /** A position in doubt is still ours: it is guarded again, if the exchange holds that much free. */
  'positions.keep': call(oneBot, nothing),
  /** An entry by hand through a bot; a denial is an answer, not an error. */
  'bots.enter': call(entryByHand, entryAnswer),
  /** What the gate would make of it; nothing is asked for. */
  'bots.preview': call(entryByHand, entryPreview),
  /** Every account that is or was, those of paper first, newest first. */
  'trading.accounts': call(nothing, z.array(accountSummary)),
  /** What was decided and denied, newest first. */
  'trading.decisions': call(
    ofBooks.extend({ limit: z.number().int().min(1).max(1_000) }),
    z.array(decisionLine),
  ),
  /** Everything that the journal says of one order, oldest first. */
  'trading.order-life': call(
    ofBooks.extend({ orderId: id }),
    z.array(z.strictObject({ time: timestamp, sentence: z.string() })),
  ),
  /** What the account was worth, in USD; at most some two thousand points, oldest first. */
  'trading.equity': call(ofBooks, z.strictObject({ time: float64Column, equity: float64Column })),
  /** Newest first. */
  'trading.orders': call(
    ofBooks.extend({ limit: z.number().int().min(1).max(5_000) }),
    z.array(orderLine),
  ),
  /** Oldest first. */
  'trading.trades': call(ofBooks, z.array(z.strictObject({ botId: id, symbol, trade }))),
  'trading.days': call(
    ofBooks,
    z.array(
      z.strictObject({
        day: timestamp,
        openingEquity: z.number(),
        equity: z.number(),
        trades: z.number().int(),
        lossLimitBreached: z.boolean(),
      }),
    ),
  ),
  'trading.alerts': call(
    ofBooks,
    z.array(
      z.strictObject({
        time: timestamp,
        code: z.string(),
        botId: id.nullable(),
        sentence: z.string(),
      }),
    ),
  ),
  'trading.export': call(
    ofBooks.extend({ format: z.enum(['trades-csv', 'tax-csv']) }),
    exportedFile,
  ),
} as const;

export type TradingRules = z.infer<typeof tradingRules>;
export type KeptRules = z.infer<typeof keptRules>;
export type TradingStatus = z.infer<typeof tradingStatus>;
export type BotSettings = z.infer<typeof botSettings>;
export type OrderLine = z.infer<typeof orderLine>;
export type AccountKind = z.output<typeof account>;
export type EntryPreviewWire = z.infer<typeof entryPreview>;
export type AccountSummaryWire = z.infer<typeof accountSummary>;
export type DecisionLine = z.infer<typeof decisionLine>;
export type EntryAnswer = z.infer<typeof entryAnswer>;
