/** What a person asks of trading, with its ending in words. */

import type { Contract } from '../../contract/contract.ts';
import type { CallName, InputOf, OutputOf } from '../../contract/define.ts';
import type { ContractClient } from '../../contract/rpc/client-types.ts';
import type { StopReportWire } from '../../contract/stop.ts';
import { notifyDone, notifyFailed } from '../ui/notify.ts';

export interface TradingActions {
  /** Asks; a failure is shown under `title` with the app's own sentence. @returns the answer, `null` after a failure */
  ask<Name extends CallName<Contract>>(
    title: string,
    name: Name,
    input: InputOf<Contract[Name]>,
  ): Promise<OutputOf<Contract[Name]> | null>;
  /** The emergency stop of everything. */
  stop(flatten: boolean): Promise<void>;
}

export function createTradingActions(client: ContractClient<Contract>): TradingActions {
  const ask: TradingActions['ask'] = async (title, name, input) => {
    const answer = await client.call(name, input);
    if (answer.ok) return answer.value;
    notifyFailed(title, answer.error.sentence);
    return null;
  };
  return {
    ask,
    async stop(flatten) {
      const report = await ask('The emergency stop could not be carried out', 'trading.stop', {
        flatten,
      });
      if (report === null) return;
      const isWhole = report.state === 'carried-out';
      if (isWhole) notifyDone(stopSentence(report));
      else
        notifyFailed('Stopped, but not carried out yet; it is gone on with', stopSentence(report));
    },
  };
}

/** `Stopped. 3 orders withdrawn, 1 could not be: look at it on the exchange.` */
export function stopSentence(report: StopReportWire): string {
  const { flatten, places, cancelled, notCancelled, kept, sold, notSold } = report;
  const orders = (count: number): string => `${count} ${count === 1 ? 'order' : 'orders'}`;
  return [
    'Stopped.',
    cancelled.length > 0 ? `${orders(cancelled.length)} withdrawn.` : null,
    notCancelled.length > 0
      ? `${orders(notCancelled.length)} could not be: look at it on the exchange.`
      : null,
    kept.length > 0 ? keptSentence(kept.length) : null,
    flatten && sold.length > 0 ? `Sold: ${sold.join(', ')}.` : null,
    notSold.length > 0 ? `Not sold yet: ${notSold.join(', ')}.` : null,
    ...places
      .filter(({ state }) => state === 'not-yet')
      .map(({ venue, sentence }) => `${venue}: ${sentence}`),
  ]
    .filter((part) => part !== null)
    .join(' ');
}

function keptSentence(count: number): string {
  return count === 1
    ? '1 order that protects a position stays.'
    : `${count} orders that protect positions stay.`;
}
