/** What `piggy status`, `piggy stop` and `piggy arm` ask the running CryptoPiggy, and how they say it. */

import { connectControl } from '../app/control/client.ts';
import type { StopReport } from '../app/stop/stop-report.ts';
import { ok } from '../core/domain/result.ts';
import { connectContract } from '../contract/rpc/client.ts';
import type { ContractClient } from '../contract/rpc/client-types.ts';
import type { ContractError, ContractResult } from '../contract/errors.ts';
import type { StopReportWire } from '../contract/stop.ts';
import { controlContract, type AccountKind, type TradingStatus } from '../contract/trading.ts';
import { EXIT_BAD_INPUT, EXIT_NOT_CARRIED_OUT } from './exit-codes.ts';
import { openByBooks } from './open-by-books.ts';
import { statusTable } from './status-table.ts';
import { stopOffline, stopOnDisk } from './stop-offline.ts';
import { stopLines, stopText } from './stop-text.ts';

type Client = ContractClient<typeof controlContract>;

/** Longer than an emergency stop waits for the exchange, ms. */
const PATIENCE_MS = 20_000;

const ACCOUNTS = ['paper', 'live'] as const;

export interface Ending {
  /** The sentence to end with where it could not be done, or `null`. */
  readonly sentence: string | null;
  readonly exitCode: number;
}

const DONE: Ending = { sentence: null, exitCode: 0 };

export async function showStatus(dataDir: string, asJson: boolean): Promise<Ending> {
  let report: StopReportWire | null = null;
  const ending = await ask(
    dataDir,
    async (client) => {
      const answer = await client.call('trading.stop-report', {});
      if (!answer.ok) return answer;
      report = answer.value;
      const accounts = await ofAccounts((account) => client.call('trading.status', { account }));
      // With a stop in force there is something to tell without an account too.
      return accounts.ok || report === null ? accounts : ok([]);
    },
    (accounts) =>
      asJson ? jsonText(accounts, report) : [...stopLines(report), ...tables(accounts)].join('\n'),
  );
  if (ending.failure?.code !== 'NOT_RUNNING') return withStop(ending, report);
  const onDisk = stopOnDisk(dataDir);
  const known = openByBooks(dataDir);
  const lines = [...stopLines(onDisk), ...(await known)];
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
  return withStop(ending, onDisk);
}

export async function stop(dataDir: string, flatten: boolean): Promise<Ending> {
  let report: Pick<StopReport, 'state'> | null = null;
  const ending = await ask(
    dataDir,
    (client) => client.call('trading.stop', { flatten }),
    (answer) => {
      report = answer;
      return stopText(answer);
    },
  );
  if (ending.failure === null) return withStop(ending, report);
  // Whoever runs there has not said that it stopped: the order is on disk from here on, whatever becomes of it.
  const offline = await stopOffline(dataDir, flatten);
  if (offline === null) return ending;
  if (offline.report === null)
    return { sentence: offline.sentence, exitCode: EXIT_NOT_CARRIED_OUT };
  process.stdout.write(stopText(offline.report));
  return withStop(DONE, offline.report);
}

/** @param anyway also where the stop was not carried out */
export function arm(dataDir: string, anyway: boolean): Promise<Ending> {
  return ask(
    dataDir,
    (client) => ofAccounts((account) => client.call('trading.arm', { account, anyway })),
    (accounts) =>
      accounts.some(([account]) => account === 'live')
        ? 'Armed: bots that are running may trade again on paper. Live mode has to be confirmed again in the window.\n'
        : 'Armed: bots that are running may trade again.\n',
  );
}

function withStop(ending: Ending, report: Pick<StopReport, 'state'> | null): Ending {
  const isOpen = report !== null && report.state !== 'carried-out';
  return isOpen ? { ...ending, exitCode: EXIT_NOT_CARRIED_OUT } : ending;
}

function tables(accounts: readonly (readonly [AccountKind, TradingStatus])[]): readonly string[] {
  return accounts.map(([, each]) => statusTable(each));
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
function jsonText(
  accounts: readonly (readonly [AccountKind, TradingStatus])[],
  stopReport: StopReportWire | null,
): string {
  const { paper = null, live = null } = Object.fromEntries<TradingStatus | undefined>(accounts);
  return `${JSON.stringify({ paper, live, stop: stopReport }, null, 2)}\n`;
}

async function ask<T>(
  dataDir: string,
  question: (client: Client) => Promise<ContractResult<T>>,
  text: (answer: T) => string,
): Promise<Ending & { readonly failure: { readonly code: string } | null }> {
  const connected = await connectControl(dataDir, process.platform);
  if (!connected.ok) return failed(connected.error, connected.error.sentence);
  const channel = connected.value;
  // Hanging up ends the question: a process that has been frozen would never answer.
  const timer = setTimeout(() => channel.close(), PATIENCE_MS);
  try {
    const answer = await question(connectContract(controlContract, channel));
    if (!answer.ok) return failed(answer.error, sentenceOf(answer.error, dataDir));
    process.stdout.write(text(answer.value));
    return { ...DONE, failure: null };
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

function failed(failure: { readonly code: string }, sentence: string) {
  return { sentence, exitCode: EXIT_BAD_INPUT, failure };
}
