/** Live trading and market prices of an app that has neither. */

import { contractFailure } from '../../contract/errors.ts';
import type { liveContract } from '../../contract/live.ts';
import type { marketContract } from '../../contract/market.ts';
import type { Handlers } from '../../contract/rpc/handlers.ts';

const noExchange = () => contractFailure('NO_ACCOUNT', 'No exchange is connected.');
const silent = () => () => {};

export const NO_LIVE: Handlers<typeof liveContract & typeof marketContract> = {
  'live.watch': silent,
  'live.choose': noExchange,
  'live.connect': noExchange,
  'live.disconnect': noExchange,
  'live.confirm': noExchange,
  'live.switch-off': noExchange,
  'live.test-plan': noExchange,
  'live.test-buy': noExchange,
  'live.test-sell': noExchange,
  'keys.save': noExchange,
  'keys.forget': noExchange,
  'keys.create-file': noExchange,
  'keys.unlock-file': noExchange,
  'market.poll': silent,
  'market.bars': silent,
};
