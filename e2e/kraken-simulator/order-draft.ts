/** Reads a new order out of AddOrder: what each type needs, what the pair takes, and how it is matched. */

import { floorTo, larger, parseUnits, times, type Units } from '../exchange-simulator/decimal.ts';
import { triggersAt, type OrderDraft } from '../exchange-simulator/matching/order.ts';
import { pairMarket, type Call, type PairMarket } from './call.ts';
import { answered, ERRORS, invalid, refused, type Refused, type Reply } from './reply.ts';
import { ORDER_TYPES, type KrakenOrderType, type Ticket } from './tickets.ts';

export interface AskedOrder {
  readonly asked: PairMarket;
  readonly ticket: Ticket;
  /** Without the id that the matching engine knows it by. */
  readonly draft: Omit<OrderDraft, 'clientOrderId'>;
}

/** Which of `price` and `price2` is what. */
const PRICES: Readonly<
  Record<KrakenOrderType, { readonly trigger?: 'price'; readonly limit?: 'price' | 'price2' }>
> = {
  market: {},
  limit: { limit: 'price' },
  'stop-loss': { trigger: 'price' },
  'stop-loss-limit': { trigger: 'price', limit: 'price2' },
  'take-profit': { trigger: 'price' },
  'take-profit-limit': { trigger: 'price', limit: 'price2' },
};

const LONGEST_DEADLINE_MS = 60_000;

const FLAGS = ['post', 'fciq', 'nompp', 'viqc'];

/** A UUID with or without dashes, or up to 18 characters of free text. */
const CLIENT_ID =
  /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}|[\x21-\x7e]{1,18})$/i;

export function readOrder(call: Call): Reply<AskedOrder> {
  const { parameters } = call;
  const asked = pairMarket(call, parameters.get('pair') ?? '');
  if (!asked.ok) return asked;
  const type = ORDER_TYPES.find((name) => name === parameters.get('ordertype'));
  if (type === undefined) return invalid('ordertype');
  const side = parameters.get('type');
  if (side !== 'buy' && side !== 'sell') return invalid('type');
  const volume = parseUnits(parameters.get('volume') ?? '');
  if (volume === undefined || volume === 0n) return invalid('volume');
  const ticket = ticketOf(call, asked.result, type);
  if (!ticket.ok) return ticket;
  const inForce = parameters.get('timeinforce') ?? 'GTC';
  if (inForce !== 'GTC' && inForce !== 'IOC') return invalid('timeinforce');
  const { flags } = ticket.result;
  const byCost = flags.includes('viqc');
  if (byCost && (type !== 'market' || side === 'sell')) return invalid('viqc');
  if (flags.includes('post') && type !== 'limit') return invalid('oflags');
  const refusal = lateness(call) ?? minimumRefusal(asked.result, ticket.result, volume);
  if (refusal) return refusal;
  const shape = shapeOf(asked.result, ticket.result, side === 'buy' ? 'BUY' : 'SELL');
  return answered({
    asked: asked.result,
    ticket: ticket.result,
    draft: {
      symbol: asked.result.pair.rules.name,
      quantity: byCost ? 0n : volume,
      quoteQuantity: byCost ? volume : 0n,
      ...shape,
      timeInForce: inForce === 'IOC' ? inForce : shape.timeInForce,
    },
  });
}

/** A deadline is a minute away at most; what the matching engine gets after it, it drops. */
function lateness({ parameters, serverTime }: Call): Refused | undefined {
  const text = parameters.get('deadline');
  if (text === null) return undefined;
  const deadline = Date.parse(text);
  const isDate = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) && Number.isFinite(deadline);
  if (!isDate || deadline > serverTime + LONGEST_DEADLINE_MS) return invalid('deadline');
  return serverTime > deadline ? refused(ERRORS.deadlineElapsed) : undefined;
}

function ticketOf(
  { parameters, tickets }: Call,
  asked: PairMarket,
  type: KrakenOrderType,
): Reply<Ticket> {
  const flags = (parameters.get('oflags') ?? '').split(',').filter(Boolean);
  if (!flags.every((flag) => FLAGS.includes(flag))) return invalid('oflags');
  const clientId = parameters.get('cl_ord_id') ?? undefined;
  const userRef = parameters.get('userref') ?? undefined;
  if (clientId !== undefined && (userRef !== undefined || !CLIENT_ID.test(clientId))) {
    return refused(ERRORS.invalidArguments);
  }
  if (userRef !== undefined && !/^-?\d{1,10}$/.test(userRef)) return invalid('userref');
  if (clientId !== undefined && tickets.openByClientId(clientId)) {
    return refused(ERRORS.clientIdInUse);
  }
  const prices = PRICES[type];
  const trigger = priceOf(asked, parameters, prices.trigger);
  if (!trigger.ok) return trigger;
  const limit = priceOf(asked, parameters, prices.limit);
  if (!limit.ok) return limit;
  return answered({
    type,
    clientId,
    userRef: userRef === undefined ? undefined : Number(userRef),
    flags,
    trigger: trigger.result,
    limit: limit.result,
  });
}

function priceOf(
  { pair }: PairMarket,
  parameters: URLSearchParams,
  name: 'price' | 'price2' | undefined,
): Reply<Units> {
  if (name === undefined) return answered(0n);
  const text = parameters.get(name) ?? '';
  const price = parseUnits(text);
  if (price === undefined || price === 0n) return invalid(name);
  const [, decimals = ''] = text.split('.');
  if (decimals.length > pair.priceDecimals) {
    return refused(
      `EOrder:Invalid price:${pair.wsName} price can only be specified up to ${pair.priceDecimals} decimals.`,
    );
  }
  return price % pair.rules.tick === 0n ? answered(price) : refused(ERRORS.tickSize);
}

function minimumRefusal(
  { pair, market }: PairMarket,
  { type, flags, limit, trigger }: Ticket,
  volume: Units,
): Refused | undefined {
  const { minQuantity, minNotional } = pair.rules;
  const price = type === 'market' ? market.last() : limit || trigger;
  const byCost = flags.includes('viqc');
  const isSmall = byCost ? volume < times(minQuantity, price) : volume < minQuantity;
  if (isSmall) return refused(ERRORS.orderMinimum);
  const cost = byCost ? volume : times(price, volume);
  return cost < minNotional ? refused(ERRORS.costMinimum) : undefined;
}

type Shape = Pick<OrderDraft, 'type' | 'side' | 'price' | 'stopPrice' | 'timeInForce'>;

/**
 * As the matching engine has it. A stop that sells at the market's price is one with a limit that
 * any market reaches; one that buys so holds back a twentieth more than its trigger.
 */
function shapeOf({ pair, market }: PairMarket, ticket: Ticket, side: OrderDraft['side']): Shape {
  const { tick } = pair.rules;
  const { type, limit, trigger, flags } = ticket;
  const entry: Shape = {
    type: limit === 0n ? 'MARKET' : flags.includes('post') ? 'LIMIT_MAKER' : 'LIMIT',
    side,
    price: limit,
    stopPrice: 0n,
    timeInForce: 'GTC',
  };
  if (trigger === 0n) return entry;
  const anyPrice = side === 'SELL' ? tick : larger(tick, floorTo((trigger * 105n) / 100n, tick));
  const waiting: Shape = {
    type: type.startsWith('stop-loss') ? 'STOP_LOSS_LIMIT' : 'TAKE_PROFIT_LIMIT',
    side,
    price: limit === 0n ? anyPrice : limit,
    stopPrice: trigger,
    timeInForce: limit === 0n ? 'IOC' : 'GTC',
  };
  // What the price has passed already triggers at once.
  return triggersAt(waiting, market.last()) ? entry : waiting;
}
