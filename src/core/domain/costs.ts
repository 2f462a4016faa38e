/** Trading costs. Fees are fractions of the notional (0.001 = 0.1 %); the rest are basis points of the price. */
export interface Costs {
  readonly takerFee: number;
  readonly makerFee: number;
  readonly slippageBps: number;
  readonly halfSpreadBps: number;
}

/** What an exchange takes of a trade, as fractions of the notional, discounts that may end left out. */
export interface TradingFees {
  readonly maker: number;
  readonly taker: number;
}
