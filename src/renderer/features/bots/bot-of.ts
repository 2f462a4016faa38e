/** One bot of an account, with what it holds. */

import type { TradingStatus } from '../../../contract/trading.ts';

export type BotStatusLine = TradingStatus['bots'][number];
export type Position = TradingStatus['positions'][number];

export interface BotWithPosition {
  readonly bot: BotStatusLine;
  readonly position: Position | null;
}

export function botsOf({ bots, positions }: TradingStatus): readonly BotWithPosition[] {
  return bots.map((bot) => ({
    bot,
    position: positions.find(({ botId }) => botId === bot.id) ?? null,
  }));
}

/** The one that was picked; the first where that one is gone. */
export function pickedOf(
  bots: readonly BotWithPosition[],
  pickedId: string | null,
): BotWithPosition | null {
  return bots.find(({ bot }) => bot.id === pickedId) ?? bots[0] ?? null;
}

/** The app's sentences name a bot by its id; a person knows it by its name. */
export function withBotNames(sentence: string, bots: readonly BotStatusLine[]): string {
  return bots.reduce((text, { id, settings }) => text.replaceAll(id, settings.name), sentence);
}
