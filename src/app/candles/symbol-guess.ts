/** The symbol that a candle file's name suggests: `binance_BTC-USDT_4h.csv`, `BTCUSDT-1h-2024-01.csv`. */

const QUOTES = ['USDT', 'USDC', 'FDUSD', 'USD', 'EUR', 'BTC', 'ETH'] as const;
const QUOTE = QUOTES.join('|');
const APART = new RegExp(`(?:^|[^A-Za-z0-9])([A-Z0-9]{2,10})[-_](${QUOTE})(?![A-Za-z0-9])`);
const TOGETHER = new RegExp(`(?:^|[^A-Za-z0-9])([A-Z0-9]{2,10}?)(${QUOTE})(?![A-Za-z0-9])`);

/** @returns ccxt's form, or `null` where the name suggests none */
export function guessSymbol(fileName: string): string | null {
  const [, base, quote] = APART.exec(fileName) ?? TOGETHER.exec(fileName) ?? [];
  return base === undefined || quote === undefined || base === quote ? null : `${base}/${quote}`;
}
