/** How a window reaches the app: one attempt at a connection, whatever the shell. */

import type { Channel } from '../../contract/rpc/channel.ts';
import type { Failure, Result } from '../../core/domain/result.ts';

/** `UNREACHABLE` is worth another attempt; `TOKEN_REFUSED` is not. */
export type DialFailure = Failure<'UNREACHABLE' | 'TOKEN_REFUSED'>;

export type Dial = () => Promise<Result<Channel, DialFailure>>;
