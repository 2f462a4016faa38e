/** Downloads of an app that reaches no exchange. */

import type { downloadsContract } from '../../contract/downloads.ts';
import { contractFailure } from '../../contract/errors.ts';
import type { Handlers } from '../../contract/rpc/handlers.ts';

const unreachable = () => contractFailure('DOWNLOAD_FAILED', 'No exchange can be reached.');
const silent = () => () => {};

export const NO_DOWNLOADS: Handlers<typeof downloadsContract> = {
  'downloads.start': unreachable,
  'downloads.watch': silent,
  'downloads.cancel': unreachable,
  'downloads.list': silent,
  'candles.check': unreachable,
  'candles.export': unreachable,
};
