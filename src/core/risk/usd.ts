/** What one unit of a quote currency is worth in USD, as far as it can be known. */

/** Taken at par: a limit in USD is meant to be read off a USDT or USDC pair without a second market. */
const USD_AT_PAR: ReadonlySet<string> = new Set(['USD', 'USDT', 'USDC', 'FDUSD', 'TUSD', 'DAI']);

/** USD per unit of `quote`; `null` where a conversion price would be needed and there is none. */
export function usdPerQuote(quote: string): number | null {
  return USD_AT_PAR.has(quote) ? 1 : null;
}
