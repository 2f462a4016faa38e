/** Trading costs. Fees are fractions of the notional (0.001 = 0.1 %); the rest are basis points of the price. */
export interface Costs {
  readonly takerFee: number;
  readonly makerFee: number;
  readonly slippageBps: number;
  readonly halfSpreadBps: number;
}
