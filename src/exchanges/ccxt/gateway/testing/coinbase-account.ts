/** A gateway to Coinbase's answers as a test words them: one account on loopback, with a key that only this run knows. */

import { generateKeyPairSync } from 'node:crypto';
import { coinbaseAnswers } from '../../testing/coinbase-answers.ts';
import {
  json,
  startLoopback,
  type Answer,
  type Loopback,
  type Sent,
} from '../../testing/loopback.ts';
import { createVirtualClock } from '../../testing/virtual-clock.ts';
import { openGateway, START, type OpenedGateway } from './gateway-stage.ts';

export const COINBASE_KEY = 'organizations/o/apiKeys/k';

const BROKERAGE = '/api/v3/brokerage';

/** As Coinbase hands it out, with its line ends written out. */
export function coinbaseSecret(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return privateKey.export({ type: 'sec1', format: 'pem' }).toString().replaceAll('\n', '\\n');
}

export interface CoinbaseStage extends OpenedGateway {
  readonly exchange: Loopback;
  /** Words the next answers to a call: `POST /orders`. */
  says(call: string, answer: Answer | ((sent: Sent) => Answer)): void;
  /** What was sent last to a call. */
  lastSent(call: string): unknown;
}

interface Setting {
  /** Made anew by default. */
  readonly secret?: string;
  /** Where the account's stream is; none by default. */
  readonly server?: string;
}

export async function aCoinbaseGateway({
  secret = coinbaseSecret(),
  server,
}: Setting = {}): Promise<CoinbaseStage> {
  const clock = createVirtualClock(START);
  const answers = new Map<string, Answer | ((sent: Sent) => Answer)>([
    [
      'GET /transaction_summary',
      json({ fee_tier: { maker_fee_rate: '0.004', taker_fee_rate: '0.006' } }),
    ],
    ['GET /time', json({ epochSeconds: String(START / 1_000), epochMillis: String(START) })],
    ['GET /orders/historical/batch', json({ orders: [], cursor: '' })],
  ]);
  const publicAnswers = coinbaseAnswers(clock.now, []);
  const nameOf = (method: string, path: string): string =>
    `${method} ${path.replace(BROKERAGE, '')}`;
  const exchange = await startLoopback((url, sent) => {
    const answer = answers.get(nameOf(sent.method, sent.path)) ?? publicAnswers(url);
    return typeof answer === 'function' ? answer(sent) : answer;
  });
  const credentials = { apiKey: COINBASE_KEY, secret };
  const stream = server === undefined ? {} : { stream: { server } };
  const { fetch } = exchange;
  return {
    ...openGateway({ id: 'coinbase', credentials, clock, fetch, timeoutMs: 5_000, ...stream }),
    exchange,
    says: (call, answer) => void answers.set(call, answer),
    lastSent: (call) => {
      const sent = exchange.sent.findLast(({ method, path }) => nameOf(method, path) === call);
      if (sent === undefined) return undefined;
      const body: unknown = sent.body === '' ? sent.query : JSON.parse(sent.body);
      return body;
    },
  };
}

/** An order as its list shows it. */
export function coinbaseOrder(change: Readonly<Record<string, unknown>> = {}): unknown {
  return {
    order_id: 'cb-1',
    product_id: 'BTC-USD',
    order_configuration: {
      limit_limit_gtc: { base_size: '0.001', limit_price: '40000.00', post_only: false },
    },
    side: 'BUY',
    client_order_id: 'l1-1',
    status: 'OPEN',
    time_in_force: 'GOOD_UNTIL_CANCELLED',
    created_time: '2026-01-15T12:00:00Z',
    completion_percentage: '0',
    filled_size: '0',
    average_filled_price: '0',
    number_of_fills: '0',
    filled_value: '0',
    size_in_quote: false,
    total_fees: '0',
    order_type: 'LIMIT',
    product_type: 'SPOT',
    ...change,
  };
}
