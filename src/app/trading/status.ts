/** What an account is doing, as the window and the command line show it. */

import type { OrderLine, TradingStatus } from '../../contract/trading.ts';
import type { Bot } from '../../core/bot/bot.ts';
import { DAY_MS } from '../../core/domain/timeframe.ts';
import type { ExchangeOrder } from '../../core/ports/exchange.ts';
import type { OrderRecord } from '../../core/orders/order-record.ts';
import type { KeptBot, SessionRules } from '../storage/trading-store.ts';
import { verdictOf } from './position-verdict.ts';
import type { TradingSession } from './session.ts';

export interface StatusSource {
  readonly mode: TradingStatus['mode'];
  readonly venue: string;
  readonly venueId: string;
  readonly connection: TradingStatus['connection'];
  /** When the last price came, ms UTC. */
  readonly priceAt: number | null;
  readonly session: TradingSession;
  /** Why the run before broke off, where nobody has armed trading since; left out where none did. */
  readonly brokeOff?: string | null;
  /** A stop is in force, whatever the engine could be told of it. */
  readonly isStopped: boolean;
  readonly limits: SessionRules['limits'];
  readonly bots: readonly KeptBot[];
  readonly externalOrders: readonly ExchangeOrder[];
}

export function statusOf(source: StatusSource): TradingStatus {
  const { mode, venue, venueId, connection, session } = source;
  const { account, orders } = session.engine;
  return {
    mode,
    venue,
    venueId,
    connection,
    tradingState: source.isStopped ? 'halted' : account.tradingState,
    fault: session.fault ?? source.brokeOff ?? null,
    time: Number.isFinite(account.time) ? account.time : 0,
    priceAt: source.priceAt,
    equity: account.equity(),
    today: today(source),
    balances: balances(session),
    dust: dust(session),
    positions: session.engine.bots.list.flatMap((bot) => position(bot, session)),
    bots: source.bots.flatMap((kept) => botLine(kept, session)),
    openOrders: orders.open.map(orderLine),
    externalOrders: source.externalOrders.map(({ exchangeId, symbol }) => ({ exchangeId, symbol })),
  };
}

export function orderLine(record: OrderRecord): OrderLine {
  const { order, botId, state, asked, filledAmount, filledCost, createdAt, updatedAt } = record;
  const { size } = order;
  return {
    id: order.id,
    botId,
    symbol: order.symbol,
    side: order.side,
    type: order.type,
    state,
    amount: size.unit === 'base' ? size.amount : null,
    cost: size.unit === 'quote' ? size.cost : null,
    price: order.price,
    filledAmount,
    filledCost,
    createdAt,
    updatedAt,
    askedCost: asked?.cost ?? null,
    adjustments: asked === null ? [] : asked.adjustments.map(({ sentence }) => sentence),
    note: record.note,
  };
}

function today({ session, limits }: StatusSource): TradingStatus['today'] {
  const { account } = session.engine;
  const day = account.currentDay;
  const openingEquity = day?.openingEquity ?? account.equity();
  const pnl = account.equity() - openingEquity;
  return {
    day: (day?.day ?? 0) * DAY_MS,
    openingEquity,
    pnl,
    lossFraction: openingEquity > 0 ? Math.max(0, -pnl / openingEquity) : 0,
    maxLossFraction: limits.maxDailyLoss,
    trades: day?.trades ?? 0,
    maxTrades: limits.maxTradesPerDay,
    lossLimitBreached: day?.lossLimitBreached ?? false,
  };
}

function balances({ engine }: TradingSession): TradingStatus['balances'] {
  const { balances: held, dust: leftOver } = engine.account;
  const bought = (currency: string): number => {
    const inBots = engine.bots.list
      .filter(({ setup }) => setup.instrument.base === currency)
      .reduce((sum, { holding }) => sum + holding.position.amount, 0);
    const asDust = [...leftOver]
      .filter(([symbol]) => symbol.startsWith(`${currency}/`))
      .reduce((sum, [, { amount }]) => sum + amount, 0);
    return inBots + asDust;
  };
  const lines = held.currencies.flatMap((currency, slot) => {
    const amount = held.amount(slot);
    const rate = held.rate(slot);
    const heldBefore = Math.max(0, amount - bought(currency));
    const worth = rate > 0 ? amount * rate : null;
    return amount === 0 ? [] : [{ currency, amount, worth, heldBefore }];
  });
  // The account meets its currencies in another order after a restart.
  return lines.sort((one, other) => (one.currency < other.currency ? -1 : 1));
}

function dust({ engine }: TradingSession): TradingStatus['dust'] {
  const { balances: held, dust: left } = engine.account;
  return [...left].flatMap(([symbol, { amount }]) => {
    if (amount === 0) return [];
    const rate = held.rate(held.currencies.indexOf(symbol.split('/')[0] ?? ''));
    return [{ symbol, amount, worth: rate > 0 ? amount * rate : null }];
  });
}

function position(bot: Bot, { engine }: TradingSession): TradingStatus['positions'] {
  const { position: held, plan, guardPlace } = bot.holding;
  const { entryPrice, entryTime, amount } = held;
  if (!held.isOpen || entryPrice === null || entryTime === null) return [];
  const { balances: rates } = engine.account;
  const price = rates.rate(bot.pair.base) / rates.rate(bot.pair.quote);
  const { id: botId, instrument } = bot.setup;
  return [
    {
      botId,
      symbol: instrument.symbol,
      amount,
      entryPrice,
      entryTime,
      price,
      unrealisedPnl: held.unrealisedPnl(price),
      stop: plan?.stop ?? null,
      target: plan?.target ?? null,
      trailing: plan?.trailing ?? null,
      sellAt: plan?.sellAt ?? null,
      guardPlace,
      verdict: verdictOf(bot),
    },
  ];
}

function botLine({ config }: KeptBot, session: TradingSession): TradingStatus['bots'] {
  const bot = session.engine.bots.find(config.id);
  if (bot === null) return [];
  const { id, name, symbol, timeframe, strategy, sizing, exits } = config;
  const lastBar = session.liveBots.lastBar(id);
  return [
    {
      id,
      settings: {
        name,
        symbol,
        timeframe,
        strategy:
          strategy === null ? null : { name: strategy.name, params: { ...strategy.params } },
        sizing,
        exits,
      },
      status: bot.status,
      error: bot.error,
      isWarm: strategy === null || lastBar !== null,
      lastBar,
    },
  ];
}
