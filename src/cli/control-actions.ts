/** What `piggy status`, `piggy stop` and `piggy arm` ask the running CryptoPiggy, and how they say it. */

import { connectControl } from '../app/control/client.ts';
import { ok } from '../core/domain/result.ts';
import { connectContract } from '../contract/rpc/client.ts';
import type { ContractClient } from '../contract/rpc/client-types.ts';
import type { ContractError, ContractResult } from '../contract/errors.ts';
import {
  controlContract,
  type AccountKind,
  type StopReportWire,
  type TradingStatus,
} from '../contract/trading.ts';
import { statusTable } from './status-table.ts';

type Client = ContractClient<typeof controlContract>;

/** Longer than an emergency stop waits for the exchange, ms. */
const PATIENCE_MS = 20_000;

const ACCOUNTS = ['paper', 'live'] as const;

/** Each answers with the sentence to end with where it could not be done, or `null`. */
export function showStatus(dataDir: string, asJson: boolean): Promise<string | null> {
  return ask(
    dataDir,
    (client) => ofAccounts((account) => client.call('trading.status', { account })),
    (accounts) =>
      asJson ? jsonText(accounts) : accounts.map(([, each]) => statusTable(each)).join('\n'),
  );
}

export function stop(dataDir: string, flatten: boolean): Promise<string | null> {
  return ask(dataDir, (client) => client.call('trading.stop', { flatten }), stopText);
}

export function arm(dataDir: string): Promise<string | null> {
  return ask(
    dataDir,
    (client) => ofAccounts((account) => client.call('trading.arm', { account })),
    (accounts) =>
      accounts.some(([account]) => account === 'live')
        ? 'Armed: bots that are running may trade again on paper. Live mode has to be confirmed again in the window.\n'
        : 'Armed: bots that are running may trade again.\n',
  );
}

/** Asks of each account; one that is not set up is left out, unless none is. */
async function ofAccounts<T>(
  question: (account: AccountKind) => Promise<ContractResult<T>>,
): Promise<ContractResult<readonly (readonly [AccountKind, T])[]>> {
  const found: [AccountKind, T][] = [];
  let missing: ContractResult<never> | null = null;
  for (const account of ACCOUNTS) {
    const answer = await question(account);
    if (answer.ok) found.push([account, answer.value]);
    else if (answer.error.code === 'NO_ACCOUNT') missing ??= answer;
    else return answer;
  }
  return found.length === 0 && missing !== null ? missing : ok(found);
}

/** By account, so that whoever reads it knows what is real money. */
function jsonText(accounts: readonly (readonly [AccountKind, TradingStatus])[]): string {
  const { paper = null, live = null } = Object.fromEntries<TradingStatus | undefined>(accounts);
  return `${JSON.stringify({ paper, live }, null, 2)}\n`;
}

async function ask<T>(
  dataDir: string,
  question: (client: Client) => Promise<ContractResult<T>>,
  text: (answer: T) => string,
): Promise<string | null> {
  const connected = await connectControl(dataDir, process.platform);
  if (!connected.ok) return connected.error.sentence;
  const channel = connected.value;
  // Hanging up ends the question: a process that has been frozen would never answer.
  const timer = setTimeout(() => channel.close(), PATIENCE_MS);
  try {
    const answer = await question(connectContract(controlContract, channel));
    if (!answer.ok) return sentenceOf(answer.error, dataDir);
    process.stdout.write(text(answer.value));
    return null;
  } finally {
    clearTimeout(timer);
    channel.close();
  }
}

/** The contract's own sentence about a lost connection speaks of a window. */
function sentenceOf({ code, sentence }: ContractError, dataDir: string): string {
  return code === 'DISCONNECTED'
    ? `The CryptoPiggy that runs with the data in ${dataDir} did not answer. Ask for its status before you rely on anything.`
    : sentence;
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
