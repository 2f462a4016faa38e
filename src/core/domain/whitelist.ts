/** The symbols that may be traded unless a person lists others. */

export const DEFAULT_WHITELIST: readonly string[] = Object.freeze([
  'BTC/USDT',
  'BTC/USDC',
  'BTC/USD',
  'ETH/USDT',
  'ETH/USDC',
  'ETH/USD',
  'SOL/USDT',
  'SOL/USDC',
  'SOL/USD',
]);
