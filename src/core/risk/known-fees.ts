/** What trading costs this account: told by the exchange, seen in fills, else assumed to be the most it takes. */

import type { Costs, TradingFees } from '../domain/costs.ts';
import type { Fill } from '../domain/fill.ts';
import { DAY_MS } from '../domain/timeframe.ts';

/** Of one symbol. */
interface KnownFee {
  /** As the exchange told; `null` before it has. */
  readonly told: TradingFees | null;
  /** The highest that a fill has paid, and when it was paid last, ms UTC: what is told may leave out a commission. */
  readonly paid: TradingFees & { readonly at: number };
}

export type KnownFeesState = Readonly<Record<string, KnownFee>>;

const NONE_PAID = { maker: 0, taker: 0, at: -1 };

/** Relative: exchanges round fees to their last digit. */
const ROUNDING = 0.01;

export class KnownFees {
  readonly #set: TradingFees;
  readonly #assumed: TradingFees;
  readonly #fees = new Map<string, KnownFee>();

  /**
   * @param costs a person's own figures, which raise what is reckoned with and never lower it
   * @param highest what the exchange takes of those who pay most; `null` where `costs` are all there is
   */
  constructor(costs: Costs, highest: TradingFees | null) {
    this.#set = { maker: costs.makerFee, taker: costs.takerFee };
    this.#assumed = highest ?? this.#set;
  }

  /** What to reckon with, as fractions of the notional. */
  of(symbol: string): TradingFees {
    const { told = null, paid = NONE_PAID } = this.#fees.get(symbol) ?? {};
    const known = told ?? this.#assumed;
    return {
      maker: Math.max(this.#set.maker, known.maker, paid.maker),
      taker: Math.max(this.#set.taker, known.taker, paid.taker),
    };
  }

  /** What a fill has paid counts for a day against what the exchange tells. */
  tell(symbol: string, told: TradingFees, time: number): void {
    const { paid = NONE_PAID } = this.#fees.get(symbol) ?? {};
    this.#fees.set(symbol, { told, paid: time - paid.at > DAY_MS ? NONE_PAID : paid });
  }

  /**
   * Takes what a fill has paid for what is paid from now on, where it is more.
   * @param fee in quote
   */
  pay(symbol: string, { liquidity, time, cost }: Fill, fee: number, usdPerQuote: number): void {
    // Of a few cents the exchange's rounding may be most of the fee.
    if (cost * usdPerQuote < 1) return;
    const rate = fee / cost;
    const { told = null, paid = NONE_PAID } = this.#fees.get(symbol) ?? {};
    const isHigher = rate > this.of(symbol)[liquidity] * (1 + ROUNDING);
    // The highest so far, paid again: it counts for another day.
    const isStill = paid[liquidity] > 0 && rate * (1 + ROUNDING) >= paid[liquidity];
    if (!isHigher && !isStill) return;
    const next = { ...paid, [liquidity]: Math.max(paid[liquidity], rate), at: time };
    this.#fees.set(symbol, { told, paid: next });
  }

  state(): KnownFeesState {
    return Object.fromEntries(this.#fees);
  }

  restore(state: KnownFeesState): void {
    for (const [symbol, fee] of Object.entries(state)) this.#fees.set(symbol, fee);
  }
}
