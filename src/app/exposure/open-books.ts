/** What the books have as open, for a person: positions with what guards them, and orders. */

import { wholeSteps } from '../../core/bot/too-little.ts';
import type { GuardPlace } from '../../core/domain/bot-status.ts';
import type { Instrument } from '../../core/domain/instrument.ts';
import { isOpen, type OrderRecord } from '../../core/orders/order-record.ts';
import type { Doubt } from '../../core/reconciliation/finding.ts';
import type { KeptAccount } from '../storage/trading-store.ts';
import type { TradingSession } from '../trading/session.ts';

export interface OpenPosition {
  readonly botId: string;
  readonly symbol: string;
  /** In base. */
  readonly amount: number;
  /** Average, in quote. */
  readonly entryPrice: number;
  readonly stop: number | null;
  readonly guardPlace: GuardPlace;
  /** The exchange has confirmed a stop over all of it. */
  readonly isProven: boolean;
  readonly doubt: Doubt | null;
}

export interface OpenBooks {
  /** ms UTC of the last event that the books know of. */
  readonly asOf: number;
  readonly positions: readonly OpenPosition[];
  readonly orders: readonly OrderRecord[];
}

/** As the engine has them in memory. */
export function openOf({ engine }: TradingSession): OpenBooks {
  return {
    asOf: timeOf(engine.account.time, 0),
    positions: engine.bots.list.flatMap(({ setup, holding }) => {
      const { entryPrice, amount } = holding.position;
      if (entryPrice === null) return [];
      return [
        {
          botId: setup.id,
          symbol: setup.instrument.symbol,
          amount,
          entryPrice,
          stop: holding.plan?.stop ?? null,
          guardPlace: holding.guardPlace,
          isProven: holding.proof !== 'none',
          doubt: holding.doubt,
        },
      ];
    }),
    orders: engine.orders.open,
  };
}

/** As the last commit left them, for an account that is not open. */
export function keptOpen({ state, bots, startedAt }: KeptAccount): OpenBooks {
  if (state === null) return { asOf: startedAt, positions: [], orders: [] };
  const instruments = new Map(bots.map(({ config, instrument }) => [config.id, instrument]));
  const orders = new Map(state.orders.map((record) => [record.order.id, record]));
  return {
    asOf: timeOf(state.account.time, startedAt),
    positions: Object.entries(state.bots).flatMap(([botId, { holding }]) => {
      const { position, plan, doubt = null } = holding;
      if (position.open === null) return [];
      const instrument = instruments.get(botId) ?? null;
      const stop = holding.orders.stop === null ? undefined : orders.get(holding.orders.stop);
      const isThere = stop !== undefined && isOpen(stop);
      return [
        {
          botId,
          symbol: instrument?.symbol ?? stop?.order.symbol ?? botId,
          amount: position.amount,
          entryPrice: position.open.bought.price,
          stop: plan?.stop ?? null,
          guardPlace: isThere ? 'exchange' : plan === null || doubt !== null ? 'none' : 'engine',
          isProven: isThere && covers(stop, position.amount, instrument),
          doubt,
        } satisfies OpenPosition,
      ];
    }),
    orders: state.orders.filter(isOpen),
  };
}

export function isAnythingOpen({ positions, orders }: OpenBooks): boolean {
  return positions.length > 0 || orders.length > 0;
}

/** Rounding of sums is no part that nothing guards. */
const ROUNDING = 1e-9;

/** What the exchange takes of a position are whole steps. */
function covers(stop: OrderRecord, amount: number, instrument: Instrument | null): boolean {
  const { order, state, cancelRequested, filledAmount } = stop;
  const isConfirmed = !cancelRequested && (state === 'accepted' || state === 'partially-filled');
  const rest = order.size.unit === 'base' ? order.size.amount - filledAmount : 0;
  const wanted = instrument === null ? amount : wholeSteps(amount, instrument);
  return isConfirmed && rest >= wanted * (1 - ROUNDING);
}

/** An account that has never seen an event has no time; in JSON that is `null`. */
function timeOf(time: number | null, startedAt: number): number {
  return time !== null && Number.isFinite(time) ? Math.trunc(time) : startedAt;
}
