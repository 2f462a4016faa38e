/** Reads a new order out of a request: what each type needs, what it must not have, and the filters. */

import { z } from 'zod';
import type { Market } from '../market/market.ts';
import type { OrderDraft, OrderType } from '../matching/order.ts';
import {
  accepted,
  missing,
  notRequired,
  REFUSALS,
  refused,
  type Outcome,
  type Refusal,
} from '../refusal.ts';
import { ORDER_TYPES } from '../symbols.ts';
import { countRefusal, filterRefusal } from './filters.ts';
import type { ResponseType } from './order-views.ts';
import { amount, clientId, read, side, symbol, timeInForce } from './parameters.ts';
import type { RouteRequest } from './route.ts';

const orderParameters = z.object({
  symbol,
  side,
  type: z.enum(ORDER_TYPES),
  timeInForce: timeInForce.optional(),
  quantity: amount.optional(),
  quoteOrderQty: amount.optional(),
  price: amount.optional(),
  stopPrice: amount.optional(),
  newClientOrderId: clientId.optional(),
  newOrderRespType: z.enum(['ACK', 'RESULT', 'FULL']).optional(),
});

type OrderParameters = z.output<typeof orderParameters>;
type Name = 'timeInForce' | 'quantity' | 'quoteOrderQty' | 'price' | 'stopPrice';

/** Everything else of these five is refused as not required. */
const NEEDED: Readonly<Record<OrderType, readonly Name[]>> = {
  LIMIT: ['timeInForce', 'quantity', 'price'],
  LIMIT_MAKER: ['quantity', 'price'],
  MARKET: ['quantity'],
  STOP_LOSS_LIMIT: ['timeInForce', 'quantity', 'price', 'stopPrice'],
  TAKE_PROFIT_LIMIT: ['timeInForce', 'quantity', 'price', 'stopPrice'],
};

const NAMES: readonly Name[] = ['timeInForce', 'quantity', 'quoteOrderQty', 'price', 'stopPrice'];

export interface AskedOrder {
  readonly draft: OrderDraft;
  readonly responseType: ResponseType;
}

export function readOrder({ parameters, exchange, newId }: RouteRequest): Outcome<AskedOrder> {
  const asked = read(orderParameters, parameters);
  if (!asked.ok) return asked;
  const { value } = asked;
  const market = exchange.market(value.symbol);
  if (market === undefined) return refused(REFUSALS.invalidSymbol);
  const draft: OrderDraft = {
    symbol: value.symbol,
    clientOrderId: value.newClientOrderId ?? newId(),
    side: value.side,
    type: value.type,
    timeInForce: value.timeInForce ?? 'GTC',
    quantity: value.quantity ?? 0n,
    quoteQuantity: value.quoteOrderQty ?? 0n,
    price: value.price ?? 0n,
    stopPrice: value.stopPrice ?? 0n,
  };
  const refusal =
    compositionRefusal(value) ??
    filterRefusal(market.rules, draft, market.last()) ??
    countRefusal(exchange.store, value.symbol, draft.type === 'MARKET' ? [] : [draft]);
  if (refusal) return refused(refusal);
  const isQuick = value.type === 'MARKET' || value.type === 'LIMIT';
  return accepted({
    draft,
    responseType: value.newOrderRespType ?? (isQuick ? 'FULL' : 'ACK'),
  });
}

function compositionRefusal(asked: OrderParameters): Refusal | undefined {
  const isByQuote = asked.type === 'MARKET' && asked.quoteOrderQty !== undefined;
  const needed: readonly Name[] = isByQuote ? ['quoteOrderQty'] : NEEDED[asked.type];
  const absent = needed.find((name) => asked[name] === undefined);
  if (absent !== undefined) return missing(absent);
  const extra = NAMES.find((name) => asked[name] !== undefined && !needed.includes(name));
  return extra === undefined ? undefined : notRequired(extra);
}

/** The filters for two orders that come at once. */
export function pairFilterRefusal(
  request: RouteRequest,
  market: Market,
  drafts: readonly [OrderDraft, OrderDraft],
): Refusal | undefined {
  const [first, second] = drafts;
  return (
    filterRefusal(market.rules, first, market.last()) ??
    filterRefusal(market.rules, second, market.last()) ??
    countRefusal(request.exchange.store, market.rules.name, drafts)
  );
}
