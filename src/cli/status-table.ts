/** A running account's status for a terminal. */

import type { TradingStatus } from '../contract/trading.ts';

const NAME_WIDTH = 14;

const GUARDS: Readonly<Record<TradingStatus['positions'][number]['guardPlace'], string>> = {
  exchange: 'rests at the exchange',
  engine: 'watched by CryptoPiggy while it runs',
  none: 'no stop',
};

export function statusTable(status: TradingStatus): string {
  const lines = [
    ...account(status),
    ...section('Bots', status.bots.map(botText)),
    ...section('Positions', status.positions.map(positionText)),
    ...section('Open orders', status.openOrders.map(orderText)),
    ...section(
      'Dust',
      status.dust.map(({ symbol, amount, worth }) =>
        worth === null
          ? `${amount} of ${symbol}`
          : `${amount} of ${symbol}, ${worth.toFixed(2)} USD`,
      ),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function account(status: TradingStatus): readonly string[] {
  const { mode, venue, tradingState, fault, equity, today, connection } = status;
  const row = (name: string, value: string): string => `${name.padEnd(NAME_WIDTH)}${value}`;
  return [
    `${mode.toUpperCase()} on ${venue}: ${tradingState}`,
    ...(fault === null ? [] : [fault]),
    ...(connection.up ? [] : [row('Prices', connection.sentence)]),
    row('Equity', `${equity.toFixed(2)} USD`),
    row('Today', `${today.pnl < 0 ? '' : '+'}${today.pnl.toFixed(2)} USD`),
    row('Trades', `${today.trades} of ${today.maxTrades}`),
    row('Loss', `${percent(today.lossFraction)} of ${percent(today.maxLossFraction)}`),
    ...(today.lossLimitBreached
      ? ["The day's loss limit is reached: no entries until tomorrow (UTC)."]
      : []),
    row('Time', `${new Date(status.time).toISOString().slice(0, 19).replace('T', ' ')} UTC`),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

function botText({ settings, status, error, isWarm }: TradingStatus['bots'][number]): string {
  const { name, symbol, timeframe, strategy } = settings;
  const state = status === 'running' && !isWarm ? 'waiting for history' : status;
  const what = `${name}: ${strategy?.name ?? 'by hand'} on ${symbol} ${timeframe}, ${state}`;
  return error === null ? what : `${what} (${error})`;
}

function positionText(position: TradingStatus['positions'][number]): string {
  const { symbol, amount, entryPrice, price, unrealisedPnl, stop, guardPlace } = position;
  const guard = stop === null ? GUARDS.none : `stop ${shown(stop)} ${GUARDS[guardPlace]}`;
  const line = `${shown(amount)} ${symbol} at ${shown(entryPrice)}, now ${shown(price)}: ${unrealisedPnl.toFixed(2)}; ${guard}`;
  const { kind, sentence } = position.verdict;
  const isQuiet = kind === 'agreed' || (kind === 'unguarded' && position.verdict.since === null);
  return isQuiet ? line : `${line}\n    ${kind.toUpperCase()}: ${sentence}`;
}

function orderText(order: TradingStatus['openOrders'][number]): string {
  const size = order.cost === null ? shown(order.amount ?? 0) : `for ${order.cost.toFixed(2)}`;
  const price = order.price === null ? '' : ` at ${shown(order.price)}`;
  return `${order.side} ${size} ${order.symbol} ${order.type}${price}, ${order.state} (${order.id})`;
}

function shown(value: number): string {
  return String(Number(value.toPrecision(8)));
}

function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(2)} %`;
}
