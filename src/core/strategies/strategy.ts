/** What a strategy is: a named rule with typed parameters that looks at closed bars and returns intents. */

import type { PriceColumn } from '../domain/candles.ts';
import { NO_PROTECTION, type Protection } from '../domain/order.ts';
import type { IndicatorSet, Line } from '../indicators/indicator-set.ts';
import type { ParameterSpecs, ParameterValues } from './parameters.ts';

/** What a strategy wants done. How much is bought is the sizing's business; whether it may, the risk gate's. */
export type Intent =
  | ({
      readonly kind: 'enter';
      /** Buy at this price or better; `null` buys at the market. An unfilled limit is replaced by the next intent. */
      readonly limit: number | null;
    } & Protection)
  | { readonly kind: 'exit' }
  /** Withdraws a limit entry that has not filled. */
  | { readonly kind: 'cancel' };

/** Buy at the market, without stop or target of the strategy's own. */
export const ENTER: Intent = Object.freeze({
  kind: 'enter',
  limit: null,
  ...NO_PROTECTION,
});
/** Sell all that is held, at the market. */
export const EXIT: Intent = Object.freeze({ kind: 'exit' });

/** What a strategy may know of its own position. */
export interface PositionView {
  readonly isOpen: boolean;
  /** Average price paid, in quote; `null` when flat. */
  readonly entryPrice: number | null;
}

/** What `init` is given: parameters, and lines that show the current bar and those before it, never one ahead. */
export interface StrategyContext<Specs extends ParameterSpecs = ParameterSpecs> {
  readonly params: ParameterValues<Specs>;
  readonly indicators: IndicatorSet;
  price(column: PriceColumn): Line;
}

/** A strategy at work on one series. */
export interface StrategyRun {
  /** Called once at each bar's close. `null` wants nothing. */
  next(position: PositionView): Intent | null;
}

export interface StrategyDefinition<Specs extends ParameterSpecs = ParameterSpecs> {
  /** As typed on a command line: `sma-cross`. */
  readonly name: string;
  readonly title: string;
  /** One or two plain sentences: when it buys, when it sells. */
  readonly summary: string;
  readonly parameters: Specs;
  /** A sentence where values that are each in range do not go together; else `null`. */
  validate(params: ParameterValues<Specs>): string | null;
  init(context: StrategyContext<Specs>): StrategyRun;
}
