/** The trades of one bot, asked for again whenever something was bought or sold. */

import { useMemo } from 'react';
import type { TradingStatus } from '../../../../contract/trading.ts';
import type { Trade } from '../../../../core/domain/trade.ts';
import { valueOf } from '../../../app/loadable.ts';
import { useAsked } from '../../../app/use-asked.ts';
import type { Position } from '../bot-of.ts';
import { withOpen } from './fills.ts';

const NOTHING = { amount: 0, entryTime: 0, entryPrice: 0 } as const;

export function useFills(
  { mode, today }: TradingStatus,
  botId: string,
  position: Position | null,
): readonly Trade[] {
  const held = position === null ? 'none' : `${position.entryTime} ${position.amount}`;
  const { answer } = useAsked('trading.trades', { account: mode }, `${today.trades} ${held}`);
  const all = valueOf(answer);
  // Only what a mark needs: the price of a position changes with every tick.
  const { amount, entryTime, entryPrice } = position ?? NOTHING;
  return useMemo(() => {
    const own = (all ?? []).filter((one) => one.botId === botId);
    return withOpen(
      own.map(({ trade }) => trade),
      amount === 0 ? null : { amount, entryTime, entryPrice },
    );
  }, [all, botId, amount, entryTime, entryPrice]);
}
