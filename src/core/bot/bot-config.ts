/** What a bot is set up with: plain data, kept in the journal and shown in the window. */

import type { Sizing } from '../domain/sizing.ts';
import type { Timeframe } from '../domain/timeframe.ts';
import type { ParameterValue } from '../strategies/parameters.ts';
import type { AttachedExits } from './attached-exits.ts';

export interface BotConfig {
  readonly id: string;
  readonly name: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** `null` for the one that keeps positions opened by hand. */
  readonly strategy: {
    readonly name: string;
    readonly params: Readonly<Record<string, ParameterValue>>;
  } | null;
  readonly sizing: Sizing;
  readonly exits: AttachedExits;
}
