/** Which currencies count as US dollars. */

/** Taken at par: a limit in USD is meant to be read off a USDT or USDC pair without a second market. */
const USD_AT_PAR: ReadonlySet<string> = new Set(['USD', 'USDT', 'USDC', 'FDUSD', 'TUSD', 'DAI']);

export function isUsdAtPar(currency: string): boolean {
  return USD_AT_PAR.has(currency);
}
