/** `npm run simulator`: an exchange on this computer that speaks Binance's spot interface. */

import { readFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import type { MarketPlan } from './exchange.ts';
import { parseCandles } from './market/candle-file.ts';
import { API_KEY, API_SECRET } from './rest/signature.ts';
import { startSimulator } from './simulator.ts';

const MOVE_EVERY_MS = 1_000;
const DEFAULT_SEED = 1;

interface Options {
  readonly port: number;
  readonly candles?: string;
  readonly seed?: number;
}

function wholeNumber(most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value <= most) return value;
    throw new InvalidArgumentError(`A whole number up to ${most} is needed.`);
  };
}

async function planOf({ candles, seed }: Options): Promise<MarketPlan> {
  if (candles === undefined) return { kind: 'walk', seed: seed ?? DEFAULT_SEED };
  const parsed = parseCandles(await readFile(candles, 'utf8'));
  return { kind: 'candles', candles: parsed, seed: seed ?? DEFAULT_SEED };
}

async function run(options: Options): Promise<void> {
  const simulator = await startSimulator({
    port: options.port,
    market: await planOf(options),
    moveEveryMs: MOVE_EVERY_MS,
  });
  process.stdout.write(
    `REST ${simulator.restUrl}\nWebSocket ${simulator.wsUrl}\nControl ${simulator.controlUrl}\n` +
      `API key ${API_KEY}, secret ${API_SECRET}\n`,
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void simulator.close());
  }
}

const CONTROL_HELP = `
The control port steers the exchange and tells what really happened there:
  GET    /_control/truth    orders, trades, balances and prices
  POST   /_control/market   {"symbol":"BTCUSDT","price":"60000"}
  POST   /_control/clock    {"advanceMs":60000}
  POST   /_control/transfer {"asset":"USDT","amount":"-100"}
  POST   /_control/orders   {"symbol":"BTCUSDT","side":"sell","quantity":"0.01","price":"70000"}
                            what a person orders in the same account; without a price at the market
  POST   /_control/cancel   {"orderId":7} or {"clientOrderId":"piggy-1"}
  DELETE /_control/orders   cancels every open order
  POST   /_control/fees     {"symbol":"BTCUSDT","maker":"0.001","taker":"0.012","paidIn":{"asset":"BNB"}}
  POST   /_control/status   {"symbol":"BTCUSDT","status":"halt"}, vanished, trading
  POST   /_control/key      {"enableWithdrawals":true}
  POST   /_control/faults   {"kind":"timeout","effect":"after","path":"/order","method":"POST"}
  DELETE /_control/faults
Faults: delay, timeout, reset, rate-limit, ban, server-error, backend-timeout, clock-skew, duplicate-events,
reordered-events, partial-fills, dropped-sockets, maintenance, refusal, body, unseen, late, silent-streams,
refused-streams, ended-streams, shutdown-notice.`;

// npm runs scripts in the project's folder; a path that a person types is meant from where they stand.
const from = process.env['INIT_CWD'];
if (process.env['npm_lifecycle_event'] === 'simulator' && from !== undefined) process.chdir(from);

try {
  await new Command('simulator')
    .description('An exchange on this computer that speaks Binance’s spot REST and WebSocket.')
    .option('--port <port>', 'port on 127.0.0.1; 0 takes any free one', wholeNumber(65_535), 48_123)
    .option('--candles <file>', 'CSV of time,open,high,low,close,volume to play as BTC/USDT')
    .option('--seed <number>', 'what the walk of the prices follows from', wholeNumber(2 ** 31 - 1))
    .addHelpText('after', CONTROL_HELP)
    .showHelpAfterError('Add --help to see what is possible.')
    .action(run)
    .parseAsync();
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
