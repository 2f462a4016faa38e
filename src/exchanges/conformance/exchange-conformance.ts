/** What every exchange port must do: the simulated exchange passes it, and so must every gateway. */

import { describe } from 'vitest';
import type { ExchangePort } from '../../core/ports/exchange.ts';
import { describeNews } from './news.ts';
import { describeOrders } from './orders.ts';
import { describePairs } from './pairs.ts';
import { describeRefusals } from './refusals.ts';
import type { OpenStage } from './stage.ts';

export function describeExchange(
  name: string,
  restingExits: ExchangePort['restingExits'],
  open: OpenStage,
): void {
  describe(name, () => {
    describeOrders(open);
    describeRefusals(open);
    if (restingExits === 'pair') describePairs(open);
    describeNews(open);
  });
}
