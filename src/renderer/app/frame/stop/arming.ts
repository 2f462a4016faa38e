/** What arming permits, account by account, told before it is done. */

import type { AccountKind, TradingStatus } from '../../../../contract/trading.ts';

export interface ArmedAccount {
  readonly account: AccountKind;
  /** What may begin there, as sentences. */
  readonly permits: readonly string[];
}

/** Of the accounts that are halted: the others go on as they are. */
export function armingOf(statuses: readonly (TradingStatus | null)[]): readonly ArmedAccount[] {
  return statuses.flatMap((status) =>
    status?.tradingState === 'halted' ? [{ account: status.mode, permits: permitsOf(status) }] : [],
  );
}

function permitsOf({ mode, venue, bots }: TradingStatus): readonly string[] {
  const decides = ({ status, settings }: (typeof bots)[number]): boolean =>
    status === 'running' && settings.strategy !== null;
  const running = bots.filter(decides);
  const others = bots.length - running.length;
  return [
    running.length === 0
      ? `On ${venue} no bot decides by itself.`
      : `On ${venue} ${running.length === 1 ? 'this bot decides' : 'these bots decide'} again: ${running
          .map(({ settings }) => `${settings.name} (${settings.symbol})`)
          .join(', ')}.`,
    ...(others === 0
      ? []
      : ['Bots by hand take orders again; those that are paused or stopped stay so.']),
    ...(mode === 'live'
      ? ['Live mode stays off, and nothing is bought, until you confirm it in Settings.']
      : []),
  ];
}
