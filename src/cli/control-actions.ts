/** What `piggy status`, `piggy stop` and `piggy arm` ask the running CryptoPiggy, and how they say it. */

import { connectControl } from '../app/control/client.ts';
import { connectContract } from '../contract/rpc/client.ts';
import type { ContractClient } from '../contract/rpc/client-types.ts';
import type { ContractResult } from '../contract/errors.ts';
import { controlContract, type StopReportWire } from '../contract/trading.ts';
import { statusTable } from './status-table.ts';

type Client = ContractClient<typeof controlContract>;

/** Each answers with the sentence to end with where it could not be done, or `null`. */
export function showStatus(dataDir: string, asJson: boolean): Promise<string | null> {
  return ask(
    dataDir,
    (client) => client.call('trading.status', {}),
    (status) => (asJson ? `${JSON.stringify(status, null, 2)}\n` : statusTable(status)),
  );
}

export function stop(dataDir: string, flatten: boolean): Promise<string | null> {
  return ask(dataDir, (client) => client.call('trading.stop', { flatten }), stopText);
}

export function arm(dataDir: string): Promise<string | null> {
  return ask(
    dataDir,
    (client) => client.call('trading.arm', {}),
    () => 'Armed: bots that are running may trade again.\n',
  );
}

async function ask<T>(
  dataDir: string,
  question: (client: Client) => Promise<ContractResult<T>>,
  text: (answer: T) => string,
): Promise<string | null> {
  const connected = await connectControl(dataDir, process.platform);
  if (!connected.ok) return connected.error.sentence;
  try {
    const answer = await question(connectContract(controlContract, connected.value));
    if (!answer.ok) return answer.error.sentence;
    process.stdout.write(text(answer.value));
    return null;
  } finally {
    connected.value.close();
  }
}

function stopText(report: StopReportWire): string {
  const { cancelled, notCancelled, kept, sold, notSold } = report;
  return [
    'Emergency stop: trading is halted until it is armed again (piggy arm).',
    line('Withdrawn', cancelled),
    line('NOT withdrawn, look at the exchange', notCancelled),
    line('Protective orders left in place', kept),
    line('Sold', sold),
    line('NOT sold, the position is still open', notSold),
    '',
  ]
    .filter((text) => text !== null)
    .join('\n');
}

function line(title: string, items: readonly string[]): string | null {
  return items.length === 0 ? null : `${title}: ${items.join(', ')}`;
}
