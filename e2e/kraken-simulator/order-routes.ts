/** Orders: adding, cancelling and asking after them. */

import { isOpen, type Order } from '../exchange-simulator/matching/order.ts';
import { REFUSALS, type Refusal } from '../exchange-simulator/refusal.ts';
import { pairMode, type Call, type Route } from './call.ts';
import type { Permission } from './key.ts';
import { readOrder } from './order-draft.ts';
import { description, orderView } from './order-views.ts';
import { answered, ERRORS, invalid, refused, type Reply } from './reply.ts';
import { numberOf, txid } from './tickets.ts';

const route = (
  name: string,
  permissions: readonly Permission[],
  answer: Route['answer'],
): Route => ({ path: `/0/private/${name}`, permissions, answer });

export const ORDER_ROUTES: readonly Route[] = [
  route('AddOrder', ['modify-trades'], addOrder),
  route('CancelOrder', ['modify-trades', 'close-trades'], cancelOrder),
  route('CancelAll', ['modify-trades', 'close-trades'], cancelAll),
  route('OpenOrders', ['query-open-trades'], openOrders),
  route('ClosedOrders', ['query-closed-trades'], closedOrders),
  route('QueryOrders', ['query-open-trades', 'query-closed-trades'], queryOrders),
];

/** What the matching engine itself refuses, in Kraken's words. */
const OF_MATCHING: ReadonlyMap<Refusal, string> = new Map([
  [REFUSALS.insufficientBalance, ERRORS.insufficientFunds],
  [REFUSALS.wouldMatch, ERRORS.postOnly],
  [REFUSALS.thinBook, ERRORS.orderMinimum],
]);

function addOrder(call: Call): Reply {
  const { exchange, tickets } = call;
  const asked = readOrder(call);
  if (!asked.ok) return asked;
  const { draft, ticket, asked: about } = asked.result;
  const mode = pairMode(call, about.pair);
  const isHeldBack =
    mode === 'cancel_only' ||
    (mode === 'post_only' && draft.type !== 'LIMIT_MAKER') ||
    (mode === 'limit_only' && draft.type === 'MARKET');
  if (isHeldBack) return refused(`EService:Market in ${mode} mode`);
  const side = draft.side;
  const volume = draft.quoteQuantity || draft.quantity;
  const descr = { order: description(about.pair, { side, volume }, ticket) };
  if (call.parameters.get('validate') === 'true') return answered({ descr });
  // Uniqueness is Kraken's to judge: its ids may come back once their order is closed.
  const clientOrderId = `kraken-${exchange.store.all().length}`;
  const placed = exchange.engine.place({ ...draft, clientOrderId });
  if (!placed.ok) {
    const error = OF_MATCHING.get(placed.refusal);
    if (error === undefined) throw new Error(`Kraken has no words for: ${placed.refusal.msg}`);
    return refused(error);
  }
  tickets.save(placed.value, ticket);
  return answered({ descr, txid: [txid(placed.value)] });
}

function cancelOrder({ parameters, exchange, tickets }: Call): Reply {
  const clientId = parameters.get('cl_ord_id');
  const id = parameters.get('txid');
  if (clientId === null && id === null) return invalid('txid');
  const number = numberOf(id ?? '');
  if (clientId === null && number === undefined) return refused(ERRORS.invalidOrder);
  const order =
    clientId === null ? exchange.store.byId(number ?? -1) : tickets.openByClientId(clientId);
  if (order === undefined || !isOpen(order)) return refused(ERRORS.unknownOrder);
  exchange.engine.cancel(order, '');
  return answered({ count: 1 });
}

function cancelAll({ exchange }: Call): Reply {
  const open = exchange.store.open();
  for (const order of open) exchange.engine.cancel(order, '');
  return answered({ count: open.length });
}

function openOrders(call: Call): Reply {
  return answered({ open: views(call, call.exchange.store.open().filter(wanted(call))) });
}

const PAGE = 50;

/** Newest first, a page at a time. */
function closedOrders(call: Call): Reply {
  const { parameters, exchange } = call;
  const start = Number(parameters.get('start') ?? 0) * 1_000;
  const end = Number(parameters.get('end') ?? Infinity) * 1_000;
  const offset = Number(parameters.get('ofs') ?? 0);
  if (![start, offset].every(Number.isFinite) || Number.isNaN(end)) return invalid('start');
  const closed = exchange.store
    .all()
    .filter((order) => !isOpen(order) && order.updatedAt > start && order.createdAt <= end)
    .filter(wanted(call))
    .toReversed();
  return answered({
    closed: views(call, closed.slice(offset, offset + PAGE)),
    count: closed.length,
  });
}

/** What is not known is left out of the answer. */
function queryOrders(call: Call): Reply {
  const ids = (call.parameters.get('txid') ?? '').split(',');
  const numbers = ids.map(numberOf);
  if (ids.length > PAGE) return refused(ERRORS.invalidArguments);
  if (numbers.includes(undefined)) return refused(ERRORS.invalidOrder);
  const found = numbers.flatMap((number) => {
    const order = call.exchange.store.byId(number ?? -1);
    return order ? [order] : [];
  });
  return answered(views(call, found.filter(wanted(call))));
}

function wanted({ parameters, tickets, sight }: Call): (order: Order) => boolean {
  const clientId = parameters.get('cl_ord_id');
  const userRef = parameters.get('userref');
  return (order) => {
    const ticket = tickets.of(order);
    return (
      sight.order(order) &&
      (clientId === null || ticket.clientId === clientId) &&
      (userRef === null || ticket.userRef === Number(userRef))
    );
  };
}

function views(call: Call, orders: readonly Order[]): Readonly<Record<string, unknown>> {
  const withTrades = call.parameters.get('trades') === 'true';
  return Object.fromEntries(
    orders.map((order) => [txid(order), orderView(call, order, withTrades)]),
  );
}
