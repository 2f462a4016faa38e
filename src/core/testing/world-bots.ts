/** The bots of the world, with parameters so small that they trade within a few bars. */

import type { BotConfig } from '../bot/bot-config.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { BotSetting } from './sequence.ts';

const STRATEGIES: Readonly<Record<BotSetting['strategy'], BotConfig['strategy']>> = {
  'by-hand': null,
  'sma-cross': { name: 'sma-cross', params: { fast: 1, slow: 2 } },
  'rsi-reversion': {
    name: 'rsi-reversion',
    params: { period: 2, oversold: 50, overbought: 60, stopPercent: 2 },
  },
};

export function botConfig({ strategy, symbol, exits }: BotSetting, index: number): BotConfig {
  return {
    id: `b${index}`,
    name: strategy,
    symbol,
    timeframe: '1m',
    strategy: STRATEGIES[strategy],
    sizing: index === 1 ? { kind: 'risk', fraction: 0.01 } : { kind: 'fixed', cost: 40 },
    exits,
  };
}

export function instrumentOf(symbol: string, hasSteps: boolean): Instrument {
  const [base = '', quote = ''] = symbol.split('/');
  return {
    symbol,
    base,
    quote,
    amountStep: hasSteps ? 0.001 : null,
    minAmount: null,
    priceStep: hasSteps ? 0.01 : null,
    minCost: 5,
  };
}
