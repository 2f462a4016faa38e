/** What `piggy status`, `piggy stop` and `piggy arm` ask the running CryptoPiggy, and how they say it. */

import { connectControl } from '../app/control/client.ts';
import { keptExposure } from '../app/exposure/kept-exposure.ts';
import type { StopReport } from '../app/stop/stop-report.ts';
import { ok } from '../core/domain/result.ts';
import { connectContract } from '../contract/rpc/client.ts';
import type { ContractClient } from '../contract/rpc/client-types.ts';
import type { ContractError, ContractResult } from '../contract/errors.ts';
import type { Exposure } from '../contract/exposure.ts';
import type { StopReportWire } from '../contract/stop.ts';
import { controlContract, type AccountKind, type TradingStatus } from '../contract/trading.ts';
import { EXIT_BAD_INPUT, EXIT_NOT_CARRIED_OUT } from './exit-codes.ts';
import { exposureLines, unattendedLines } from './exposure-text.ts';
import { statusTable } from './status-table.ts';
import { stopOffline, stopOnDisk } from './stop-offline.ts';
import { stopLines, stopText } from './stop-text.ts';

type Client = ContractClient<typeof controlContract>;

/** By account, so that whoever reads it knows what is real money. */
type Accounts = readonly (readonly [AccountKind, TradingStatus])[];

/** Longer than an emergency stop waits for the exchange, ms. */
const PATIENCE_MS = 20_000;

const ACCOUNTS = ['paper', 'live'] as const;

export interface Ending {
  /** The sentence to end with where it could not be done, or `null`. */
  readonly sentence: string | null;
  readonly exitCode: number;
}

const DONE: Ending = { sentence: null, exitCode: 0 };

interface Shown {
  readonly accounts: Accounts;
  readonly report: StopReportWire | StopReport | null;
  readonly exposure: Exposure;
}

export async function showStatus(dataDir: string, asJson: boolean): Promise<Ending> {
  const told: { report: StopReportWire | null; exposure: Exposure | null } = {
    report: null,
    exposure: null,
  };
  const ending = await ask(
    dataDir,
    async (client): Promise<ContractResult<Shown>> => {
      const answer = await client.call('trading.stop-report', {});
      if (!answer.ok) return answer;
      const report = answer.value;
      told.report = report;
      const open = await client.call('trading.exposure', {});
      if (!open.ok) return open;
      const exposure = open.value;
      told.exposure = exposure;
      const accounts = await ofAccounts((account) => client.call('trading.status', { account }));
      if (accounts.ok) return ok({ accounts: accounts.value, report, exposure });
      // With a stop in force, or something open, there is something to tell without an account too.
      const isTold = report !== null || exposure.state !== 'nothing';
      return isTold ? ok({ accounts: [], report, exposure }) : accounts;
    },
    (shown) => shownText(shown, asJson),
  );
  const { report, exposure: asked } = told;
  if (ending.failure?.code === 'NO_ACCOUNT' && asJson && asked !== null) {
    process.stdout.write(shownText({ accounts: [], report, exposure: asked }, asJson));
  }
  if (ending.failure === null || ending.failure.code === 'NO_ACCOUNT') {
    return withStop(ending, report);
  }
  // Nobody can be asked: what is open is told from the books all the same.
  const isRunning = ending.failure.code !== 'NOT_RUNNING';
  const exposure = await keptExposure(dataDir, isRunning ? 'not-answering' : 'not-running');
  const onDisk = stopOnDisk(dataDir);
  process.stdout.write(shownText({ accounts: [], report: onDisk, exposure }, asJson));
  return withStop(ending, onDisk);
}

function shownText({ accounts, report, exposure }: Shown, asJson: boolean): string {
  if (asJson) {
    const { paper = null, live = null } = Object.fromEntries<TradingStatus | undefined>(accounts);
    return `${JSON.stringify({ paper, live, stop: report, exposure }, null, 2)}\n`;
  }
  const isShownBelow = accounts.some(([account]) => account === 'live');
  const open = isShownBelow ? unattendedLines(exposure) : exposureLines(exposure);
  const tables = accounts.map(([, each]) => statusTable(each));
  const text = [...open, ...stopLines(report), ...tables].join('\n');
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
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
