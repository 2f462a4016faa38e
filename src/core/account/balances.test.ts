import { expect, it } from 'vitest';
import { Balances } from './balances.ts';

it('what balances are worth is the same to the last digit, in whichever order the currencies came', () => {
  const held = { BTC: 0.1, ETH: 0.7, USDT: 0.3 };
  const worth = (currencies: readonly (keyof typeof held)[]): number => {
    const balances = new Balances();
    for (const currency of currencies) {
      balances.set(balances.slot(currency), held[currency]);
      balances.setRate(balances.slot(currency), 1, 0);
    }
    return balances.worth();
  };
  expect(0.1 + 0.7 + 0.3).not.toBe(0.3 + 0.7 + 0.1);
  expect(worth(['USDT', 'ETH', 'BTC'])).toBe(worth(['BTC', 'ETH', 'USDT']));
});
