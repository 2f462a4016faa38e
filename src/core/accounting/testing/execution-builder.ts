/** Executions for tests: BTC/USDT at a cost of amount × price, without a fee unless one is given. */

import type { Execution } from '../execution.ts';

function anExecution(given: Partial<Execution> = {}): Execution {
  const { amount = 1, price = 100 } = given;
  return {
    fillId: 'f1',
    orderId: 'o1',
    time: 0,
    symbol: 'BTC/USDT',
    base: 'BTC',
    quote: 'USDT',
    side: 'buy',
    amount,
    price,
    cost: amount * price,
    fee: { currency: 'USDT', amount: 0 },
    feeInQuote: 0,
    ...given,
  };
}

export function bought(amount: number, price: number, given: Partial<Execution> = {}): Execution {
  return anExecution({ side: 'buy', amount, price, ...given });
}

export function sold(amount: number, price: number, given: Partial<Execution> = {}): Execution {
  return anExecution({ side: 'sell', amount, price, ...given });
}
