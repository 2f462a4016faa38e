/** Trading before an account is set up, as the app answers then. */

import { contractFailure } from '../../contract/errors.ts';
import type { Exposure, exposureContract } from '../../contract/exposure.ts';
import type { Handlers } from '../../contract/rpc/handlers.ts';
import type { tradingContract } from '../../contract/trading.ts';
import { ok } from '../../core/domain/result.ts';

const noAccount = () => contractFailure('NO_ACCOUNT', 'No paper account is set up.');

const NOTHING_OPEN: Exposure = {
  state: 'nothing',
  unknown: null,
  places: [],
  todo: { kind: 'none', sentence: '' },
};

export const NO_TRADING: Handlers<typeof tradingContract & typeof exposureContract> = {
  'trading.status': noAccount,
  'trading.watch': (_, sink) => {
    sink.push(null);
    return () => {};
  },
  'trading.begin': noAccount,
  'trading.transfer': noAccount,
  'trading.stop': noAccount,
  'trading.stop-report': () => ok(null),
  'trading.watch-stop': (_, sink) => {
    sink.push(null);
    return () => {};
  },
  'trading.arm': noAccount,
  'trading.exposure': () => ok(NOTHING_OPEN),
  'trading.watch-exposure': (_, sink) => {
    sink.push(NOTHING_OPEN);
    return () => {};
  },
  'trading.lost-books-seen': () => ok({}),
  'trading.rules': noAccount,
  'trading.configure': noAccount,
  'trading.reduce': noAccount,
  'trading.accounts': () => ok([]),
  'trading.orders': noAccount,
  'trading.trades': noAccount,
  'trading.days': noAccount,
  'trading.alerts': noAccount,
  'trading.export': noAccount,
  'trading.decisions': noAccount,
  'trading.order-life': noAccount,
  'trading.equity': noAccount,
  'bots.preview': noAccount,
  'bots.add': noAccount,
  'bots.start': noAccount,
  'bots.pause': noAccount,
  'bots.stop': noAccount,
  'bots.remove': noAccount,
  'bots.close': noAccount,
  'positions.write-off': noAccount,
  'positions.keep': noAccount,
  'bots.enter': noAccount,
};
