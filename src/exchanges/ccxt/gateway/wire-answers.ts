/** Which answer an error of ccxt was made of: its own text often leaves out the code, and its class the meaning. */

import type { Exchange } from 'ccxt';

export interface WireAnswer {
  /** HTTP's. */
  readonly status: number;
  readonly body: string;
}

/** @returns the answer behind an error of this exchange; `undefined` where there was none */
export function rememberAnswers(exchange: Exchange): (error: unknown) => WireAnswer | undefined {
  const answers = new WeakMap<object, WireAnswer>();
  const noting = <T>(status: number, body: unknown, judge: () => T): T => {
    try {
      return judge();
    } catch (error) {
      if (error instanceof Error)
        answers.set(error, { status, body: typeof body === 'string' ? body : '' });
      throw error;
    }
  };
  const handleErrors = exchange.handleErrors.bind(exchange);
  const handleStatus = exchange.handleHttpStatusCode.bind(exchange);
  exchange.handleErrors = (...parts) => noting(parts[0], parts[5], () => handleErrors(...parts));
  exchange.handleHttpStatusCode = (...parts) =>
    noting(Number(parts[0]), parts[4], () => handleStatus(...parts));
  return (error) => (error instanceof Error ? answers.get(error) : undefined);
}
