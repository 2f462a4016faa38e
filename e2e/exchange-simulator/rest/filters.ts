/** Binance's filters: which prices and quantities a pair takes. */

import { formatUnits, times, type Units } from '../decimal.ts';
import type { OrderDraft } from '../matching/order.ts';
import { isStop } from '../matching/order.ts';
import type { OrderStore } from '../matching/order-store.ts';
import { filterFailure, type Refusal } from '../refusal.ts';
import {
  MAX_OPEN_ORDERS,
  MAX_OPEN_STOPS,
  PERCENT_DOWN_DIVISOR,
  PERCENT_UP,
  type SymbolRules,
} from '../symbols.ts';

/** @param last - The market's price, by which orders without one are judged. */
export function filterRefusal(
  rules: SymbolRules,
  draft: OrderDraft,
  last: Units,
): Refusal | undefined {
  const name =
    priceFailure(rules, draft, last) ??
    quantityFailure(rules, draft) ??
    notionalFailure(rules, draft, last);
  return name === undefined ? undefined : filterFailure(name);
}

function priceFailure(rules: SymbolRules, draft: OrderDraft, last: Units): string | undefined {
  const prices = [
    ...(draft.type === 'MARKET' ? [] : [draft.price]),
    ...(isStop(draft) ? [draft.stopPrice] : []),
  ];
  const isPrice = (price: Units): boolean =>
    price >= rules.minPrice && price <= rules.maxPrice && price % rules.tick === 0n;
  if (!prices.every(isPrice)) return 'PRICE_FILTER';
  const isFar = draft.price > last * PERCENT_UP || draft.price * PERCENT_DOWN_DIVISOR < last;
  return draft.type !== 'MARKET' && isFar ? 'PERCENT_PRICE_BY_SIDE' : undefined;
}

function quantityFailure(rules: SymbolRules, draft: OrderDraft): string | undefined {
  if (draft.quoteQuantity > 0n) return undefined;
  const { quantity } = draft;
  const fits =
    quantity >= rules.minQuantity && quantity <= rules.maxQuantity && quantity % rules.step === 0n;
  if (!fits) return 'LOT_SIZE';
  const isTooLarge = draft.type === 'MARKET' && quantity > rules.maxMarketQuantity;
  return isTooLarge ? 'MARKET_LOT_SIZE' : undefined;
}

function notionalFailure(rules: SymbolRules, draft: OrderDraft, last: Units): string | undefined {
  const price = draft.type === 'MARKET' ? last : draft.price;
  const notional = draft.quoteQuantity > 0n ? draft.quoteQuantity : times(price, draft.quantity);
  const isTooLarge = draft.type !== 'MARKET' && notional > rules.maxNotional;
  return notional < rules.minNotional || isTooLarge ? 'NOTIONAL' : undefined;
}

/** @param more - Orders that are asked for at once: two for a pair, of which one is a stop. */
export function countRefusal(
  store: OrderStore,
  symbol: string,
  more: readonly OrderDraft[],
): Refusal | undefined {
  const open = [...store.open(symbol), ...more];
  if (open.length > MAX_OPEN_ORDERS) return filterFailure('MAX_NUM_ORDERS');
  const stops = open.filter(isStop).length;
  return more.some(isStop) && stops > MAX_OPEN_STOPS
    ? filterFailure('MAX_NUM_ALGO_ORDERS')
    : undefined;
}

/** As `exchangeInfo` lists them. */
export function filtersOf(rules: SymbolRules): readonly unknown[] {
  return [
    {
      filterType: 'PRICE_FILTER',
      minPrice: formatUnits(rules.minPrice),
      maxPrice: formatUnits(rules.maxPrice),
      tickSize: formatUnits(rules.tick),
    },
    {
      filterType: 'LOT_SIZE',
      minQty: formatUnits(rules.minQuantity),
      maxQty: formatUnits(rules.maxQuantity),
      stepSize: formatUnits(rules.step),
    },
    {
      filterType: 'MARKET_LOT_SIZE',
      minQty: '0.00000000',
      maxQty: formatUnits(rules.maxMarketQuantity),
      stepSize: '0.00000000',
    },
    {
      filterType: 'PERCENT_PRICE_BY_SIDE',
      bidMultiplierUp: PERCENT_UP.toString(),
      bidMultiplierDown: (1 / Number(PERCENT_DOWN_DIVISOR)).toString(),
      askMultiplierUp: PERCENT_UP.toString(),
      askMultiplierDown: (1 / Number(PERCENT_DOWN_DIVISOR)).toString(),
      avgPriceMins: 5,
    },
    {
      filterType: 'NOTIONAL',
      minNotional: formatUnits(rules.minNotional),
      applyMinToMarket: true,
      maxNotional: formatUnits(rules.maxNotional),
      applyMaxToMarket: false,
      avgPriceMins: 5,
    },
    { filterType: 'MAX_NUM_ORDERS', maxNumOrders: MAX_OPEN_ORDERS },
    { filterType: 'MAX_NUM_ALGO_ORDERS', maxNumAlgoOrders: MAX_OPEN_STOPS },
  ];
}
