/** A bot that decides nothing: what a person buys through it, it guards. */

import { NO_ATTACHED_EXITS } from '../../../../core/bot/attached-exits.ts';
import type { BotConfig } from '../../../../core/bot/bot-config.ts';

export function botByHand(id: string, symbol: string): BotConfig {
  return {
    id,
    name: id,
    symbol,
    timeframe: '1m',
    strategy: null,
    sizing: { kind: 'fixed', cost: 40 },
    exits: NO_ATTACHED_EXITS,
  };
}
