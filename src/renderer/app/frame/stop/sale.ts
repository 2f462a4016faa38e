/** What "Stop and sell everything" will sell, and what it will not, told before anybody presses it. */

import type { AccountKind, TradingStatus } from '../../../../contract/trading.ts';
import { formatAmount, formatMoney, unitsOf } from '../../../ui/format.ts';

/** What the window knows of one account. */
export type SaleAccount =
  | { readonly account: AccountKind; readonly status: TradingStatus }
  /** There is one, and nobody can look into it now. */
  | {
      readonly account: AccountKind;
      readonly status: null;
      /** Why, as a sentence. */
      readonly outOfReach: string;
      /** What is open there by the books, as far as that is known. */
      readonly what?: readonly string[];
    };

type OutOfReach = Extract<SaleAccount, { readonly status: null }>;

export interface SoldLine {
  readonly account: AccountKind;
  readonly botId: string;
  readonly symbol: string;
  /** In base. */
  readonly amount: number;
  /** In quote, at the last price; `null` where none is known. */
  readonly worth: number | null;
}

export interface LeftLine {
  readonly account: AccountKind;
  readonly what: string;
  /** As a sentence. */
  readonly why: string;
}

export interface Sale {
  readonly sold: readonly SoldLine[];
  /** Sold as soon as its account can be reached. */
  readonly later: readonly LeftLine[];
  readonly left: readonly LeftLine[];
}

/** What one is paid in stays as it is: selling means to have that. */
const MONEY = 'USD USDT USDC FDUSD TUSD DAI PYUSD USDG EUR EURC GBP CHF CAD AUD JPY'.split(' ');

/** Less than this part of a balance is the rounding of its sums. */
const ROUNDING = 1e-9;

export function saleOf(accounts: readonly SaleAccount[]): Sale {
  return {
    sold: accounts.flatMap((one) => (one.status === null ? [] : soldOf(one.account, one.status))),
    later: accounts.flatMap((one) => (one.status === null ? laterOf(one) : [])),
    left: accounts.flatMap((one) => (one.status === null ? [] : leftOf(one.account, one.status))),
  };
}

function laterOf({ account, outOfReach, what }: OutOfReach): readonly LeftLine[] {
  return (what ?? ['Everything there']).map((each) => ({ account, what: each, why: outOfReach }));
}

function soldOf(account: AccountKind, { positions }: TradingStatus): readonly SoldLine[] {
  return positions.map(({ botId, symbol, amount, price }) => {
    const worth = amount * price;
    return {
      account,
      botId,
      symbol,
      amount,
      worth: worth > 0 && Number.isFinite(worth) ? worth : null,
    };
  });
}

function leftOf(account: AccountKind, status: TradingStatus): readonly LeftLine[] {
  return [
    ...unreachedOf(account, status),
    ...status.dust
      .filter(({ amount }) => amount > 0)
      .map(({ symbol, amount }) => ({
        account,
        what: `${formatAmount(amount)} ${unitsOf(symbol).base}`,
        why: 'It is too little to be sold.',
      })),
    ...ownOf(status).map((what) => ({
      account,
      what,
      why: 'CryptoPiggy did not buy it, and leaves it alone.',
    })),
    ...othersOrdersOf(account, status),
  ];
}

/** A sale that cannot begin now is not one that will be done when the button is pressed. */
function unreachedOf(account: AccountKind, status: TradingStatus): readonly LeftLine[] {
  const { positions, fault, connection } = status;
  if (positions.length === 0) return [];
  const what = 'Perhaps not at once';
  if (fault !== null) return [{ account, what, why: fault }];
  return connection.up ? [] : [{ account, what, why: connection.sentence }];
}

/** Coins beyond what was bought to be sold. */
function ownOf(status: TradingStatus): readonly string[] {
  const { balances, positions, dust, bots, openOrders } = status;
  const quotes = [...positions, ...openOrders, ...bots.map(({ settings }) => settings)];
  const money = new Set([...MONEY, ...quotes.map(({ symbol }) => unitsOf(symbol).quote)]);
  const ours = (currency: string): number =>
    [...positions, ...dust]
      .filter(({ symbol }) => unitsOf(symbol).base === currency)
      .reduce((sum, { amount }) => sum + amount, 0);
  return balances
    .filter(({ currency }) => !money.has(currency))
    .map(({ currency, amount }) => ({ currency, amount, own: amount - ours(currency) }))
    .filter(({ amount, own }) => own > amount * ROUNDING)
    .map(({ currency, own }) => `${formatAmount(own)} ${currency}`);
}

function othersOrdersOf(
  account: AccountKind,
  { externalOrders }: TradingStatus,
): readonly LeftLine[] {
  if (externalOrders.length === 0) return [];
  const symbols = [...new Set(externalOrders.map(({ symbol }) => symbol))].join(', ');
  const what = externalOrders.length === 1 ? '1 order' : `${externalOrders.length} orders`;
  const why = 'CryptoPiggy did not place it, and leaves it alone.';
  return [{ account, what: `${what} in ${symbols}`, why }];
}

/** `51.20 USDT`, or `51.20 USDT and 20.00 USD`; what nobody knows the worth of is said. `null` where nothing is sold. */
export function worthWords(sold: readonly SoldLine[]): string | null {
  if (sold.length === 0) return null;
  const sums = new Map<string, number>();
  for (const { symbol, worth } of sold) {
    const { quote } = unitsOf(symbol);
    if (worth !== null) sums.set(quote, (sums.get(quote) ?? 0) + worth);
  }
  const unknown = sold.filter(({ worth }) => worth === null).map(({ symbol }) => symbol);
  return [...[...sums].map(([quote, sum]) => `${formatMoney(sum)} ${quote}`), ...unknown].join(
    ' and ',
  );
}
