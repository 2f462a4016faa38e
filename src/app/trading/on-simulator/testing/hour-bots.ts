/** The bots of a long run: strategies that trade every few minutes, and some that a person trades by hand. */

import { NO_ATTACHED_EXITS, type AttachedExits } from '../../../../core/bot/attached-exits.ts';
import type { BotConfig } from '../../../../core/bot/bot-config.ts';
import type { Instrument } from '../../../../core/domain/instrument.ts';
import { HARD_LIMITS, type Limits } from '../../../../core/risk/hard-limits.ts';
import { BTC, ETH } from './instruments.ts';

interface HourBot {
  readonly config: BotConfig;
  readonly instrument: Instrument;
}

/** Near enough that a quiet market reaches them within minutes. */
const TIGHT: AttachedExits = { ...NO_ATTACHED_EXITS, stopDistance: 0.001, targetDistance: 0.001 };
const TRAILING: AttachedExits = { ...NO_ATTACHED_EXITS, stopDistance: 0.0015, trailing: 0.001 };

function bot(
  id: string,
  instrument: Instrument,
  strategy: BotConfig['strategy'],
  exits: AttachedExits,
): HourBot {
  const config = {
    id,
    name: id,
    symbol: instrument.symbol,
    timeframe: '1m',
    strategy,
    sizing: { kind: 'fixed', cost: 40 },
    exits,
  } as const;
  return { config, instrument };
}

const cross = (fast: number, slow: number): BotConfig['strategy'] => ({
  name: 'sma-cross',
  params: { fast, slow },
});

const rsi: BotConfig['strategy'] = {
  name: 'rsi-reversion',
  params: { period: 3, oversold: 40, overbought: 60, stopPercent: 0 },
};

export const HOUR_BOTS: readonly HourBot[] = [
  bot('cross-btc', BTC, cross(1, 2), TIGHT),
  bot('cross-eth', ETH, cross(1, 3), TRAILING),
  bot('rsi-eth', ETH, rsi, TIGHT),
  bot('hand-btc', BTC, null, NO_ATTACHED_EXITS),
  bot('hand-btc-2', BTC, null, TRAILING),
  bot('hand-eth', ETH, null, NO_ATTACHED_EXITS),
];

/** Ids of those that a person trades. */
export const BY_HAND: readonly string[] = HOUR_BOTS.filter(
  ({ config }) => config.strategy === null,
).map(({ config }) => config.id);

/** The day's limit of 20 entries would leave little that could go wrong. */
export const MANY_TRADES: Limits = { ...HARD_LIMITS, maxTradesPerDay: 100_000 };
