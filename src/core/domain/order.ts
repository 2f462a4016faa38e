/** Orders as the strategies, the risk gate and the exchanges speak of them. */

export type Side = 'buy' | 'sell';

export type OrderType = 'market' | 'limit' | 'stop-loss' | 'stop-loss-limit' | 'take-profit';

/** Why a position was closed. */
export type ExitReason = 'signal' | 'stop-loss' | 'take-profit';

/** Which fee a fill pays: `taker` took resting liquidity, `maker` was the resting side. */
export type Liquidity = 'taker' | 'maker';
