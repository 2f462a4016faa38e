/** Compares what the app has on disk with what the simulator says has happened. */

import type { Truth, TrueOrder } from '../../../../../e2e/exchange-simulator/truth.ts';
import type { OrderState } from '../../../../core/domain/order-state.ts';
import type { KeptAccount, TradingStore } from '../../../storage/trading-store.ts';

export interface Books {
  readonly store: TradingStore;
  readonly truth: Truth;
  /** Client ids, each as often as it was sent. */
  readonly placed: readonly string[];
  /** USDT that was ever put in, less what was taken out. */
  readonly deposited: number;
}

/** Absolute: what two sums of the same money may differ by. */
const ROUNDING = 1e-8;

const EVERY_ORDER = 1_000_000;

const STATES = {
  NEW: 'accepted',
  PARTIALLY_FILLED: 'partially-filled',
  FILLED: 'filled',
  CANCELED: 'cancelled',
  EXPIRED: 'expired',
} as const satisfies Readonly<Record<TrueOrder['status'], OrderState>>;

/** What the books say that is not so, in sentences; none where all is well. */
export function differences(books: Books): readonly string[] {
  return [...orders(books), ...fills(books), ...balances(books), ...deposits(books), ...ids(books)];
}

function accountOf(store: TradingStore): KeptAccount {
  const account = store.current();
  if (account === null) throw new Error('There is no account.');
  return account;
}

function orders({ store, truth }: Books): readonly string[] {
  const kept = store.orders(accountOf(store).id, EVERY_ORDER);
  const ours = new Map(kept.map((record) => [record.order.id, record]));
  const theirs = new Map(truth.orders.map((order) => [order.clientOrderId, order]));
  const wrong = [...theirs.values()].flatMap((order) => {
    const record = ours.get(order.clientOrderId);
    const name = `${order.side} ${order.clientOrderId}`;
    if (record === undefined) return [`${name}: the exchange has it, we do not`];
    return [
      ...(isSameState(record.state, order)
        ? []
        : [`${name}: ours ${record.state}, theirs ${order.status}`]),
      ...same(`${name}, filled`, record.filledAmount, Number(order.filled)),
    ];
  });
  const missing = [...ours.values()]
    .filter(({ order, state }) => !theirs.has(order.id) && state !== 'rejected')
    .map(({ order, state }) => `${order.id}: ours ${state}, theirs not there`);
  return [...wrong, ...missing];
}

/** What one order of a pair does to the other, Binance calls expiring, and it may be called cancelling too. */
function isSameState(ours: OrderState, { status, listId }: TrueOrder): boolean {
  const isOfPair = status === 'EXPIRED' && listId !== -1;
  return ours === STATES[status] || (isOfPair && ours === 'cancelled');
}

function fills({ store, truth }: Books): readonly string[] {
  const clientIds = new Map(truth.orders.map((order) => [order.orderId, order.clientOrderId]));
  const ours = store
    .fills(accountOf(store).id)
    .map(({ fill: { orderId, id, amount, price, fee } }) =>
      [orderId, id, amount, price, fee.amount.toFixed(12), fee.currency].join(' '),
    );
  const theirs = truth.fills.map((fill) =>
    [
      clientIds.get(fill.orderId),
      fill.tradeId,
      Number(fill.quantity),
      Number(fill.price),
      Number(fill.commission).toFixed(12),
      fill.commissionAsset,
    ].join(' '),
  );
  return [
    ...without(theirs, ours).map((fill) => `the fill ${fill} is not in our books`),
    ...without(ours, theirs).map((fill) => `the fill ${fill} is in our books alone`),
  ];
}

/** Each as often as it is in `list` and not in `others`. */
function without(list: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const each of others) left.set(each, (left.get(each) ?? 0) + 1);
  return list.filter((each) => {
    const count = left.get(each) ?? 0;
    left.set(each, count - 1);
    return count <= 0;
  });
}

function balances({ store, truth }: Books): readonly string[] {
  const { bots, state } = accountOf(store);
  if (state === null) return ['nothing was ever written'];
  const held = Object.entries(truth.balances).flatMap(([currency, { free, locked }]) => {
    const booked = state.account.balances[currency] ?? 0;
    return same(currency, booked, Number(free) + Number(locked));
  });
  const symbols = new Set(bots.map(({ instrument }) => instrument.symbol));
  const positions = [...symbols].flatMap((symbol) => {
    const ofBots = bots
      .filter(({ instrument }) => instrument.symbol === symbol)
      .map(({ config }) => state.bots[config.id]?.holding.position.amount ?? 0);
    const dust = state.account.dust[symbol]?.amount ?? 0;
    const ours = ofBots.reduce((sum, amount) => sum + amount, dust);
    return same(`position of ${symbol}`, ours, boughtLessSold(truth, symbol));
  });
  return [...held, ...positions];
}

function boughtLessSold(truth: Truth, symbol: string): number {
  const [base = '', quote = ''] = symbol.split('/');
  return truth.fills
    .filter((fill) => fill.symbol === base + quote)
    .reduce((sum, { side, quantity, commission, commissionAsset }) => {
      const fee = commissionAsset === base ? Number(commission) : 0;
      return sum + (side === 'BUY' ? 1 : -1) * Number(quantity) - fee;
    }, 0);
}

/** A difference that a reconciliation took for a deposit is a fill that was lost. */
function deposits({ store, deposited }: Books): readonly string[] {
  const moved = new Map<string, number>();
  for (const { entry } of store.journal(accountOf(store).id)) {
    if (entry.kind !== 'transfer') continue;
    moved.set(entry.currency, (moved.get(entry.currency) ?? 0) + entry.amount);
  }
  return [...moved].flatMap(([currency, amount]) =>
    same(`deposits of ${currency}`, amount, currency === 'USDT' ? deposited : 0),
  );
}

/** What the account begins with. */
export const START_USDT = 10_000;

function ids({ placed, truth }: Books): readonly string[] {
  const twice = (list: readonly string[]): readonly string[] =>
    list.filter((id, index) => list.indexOf(id) !== index);
  return [
    ...twice(placed).map((id) => `${id} was sent twice`),
    ...twice(truth.orders.map(({ clientOrderId }) => clientOrderId)).map(
      (id) => `${id} is at the exchange twice`,
    ),
  ];
}

function same(what: string, ours: number, theirs: number): readonly string[] {
  if (Math.abs(ours - theirs) <= ROUNDING) return [];
  return [`${what}: ours ${ours}, theirs ${theirs}`];
}
