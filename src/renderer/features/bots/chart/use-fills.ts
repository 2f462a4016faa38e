/** The trades of one bot, asked for again whenever something was bought or sold. */

import { useMemo } from 'react';
import type { TradingStatus } from '../../../../contract/trading.ts';
import type { Trade } from '../../../../core/domain/trade.ts';
import { valueOf } from '../../../app/loadable.ts';
import { useAsked } from '../../../app/use-asked.ts';
import type { Position } from '../bot-of.ts';

export function useFills(
  { mode, today }: TradingStatus,
  botId: string,
  position: Position | null,
): readonly Trade[] {
  const held = position === null ? 'none' : `${position.entryTime} ${position.amount}`;
  const { answer } = useAsked('trading.trades', { account: mode }, `${today.trades} ${held}`);
  const all = valueOf(answer);
  return useMemo(
    () => (all ?? []).filter((one) => one.botId === botId).map(({ trade }) => trade),
    [all, botId],
  );
}
