/** Composes the app with the browser shell, for `piggy serve`. */

import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { openBrowser } from '../app/browser-shell/open-browser.ts';
import { startOnPort } from '../app/browser-shell/port.ts';
import { startBrowserShell, type BrowserShell } from '../app/browser-shell/server.ts';
import { createDataDir, defaultDataDir, platformOf } from '../app/data-dir.ts';
import { incidentLog } from '../app/incident-log.ts';
import type { AppLog } from '../app/logs/app-log.ts';
import { contract, type Contract } from '../contract/contract.ts';
import type { Handlers } from '../contract/rpc/handlers.ts';
import { openLog, startApp } from './start-app.ts';

const ROOT = join(import.meta.dirname, '..', '..');

export interface ServeOptions {
  readonly port?: number;
  readonly open?: boolean;
  readonly dataDir?: string;
}

/** @returns why it could not be served, or `null` after it was stopped by Ctrl+C or a polite kill. */
export async function serveUntilStopped(options: ServeOptions): Promise<string | null> {
  return serve(options).catch(messageOf);
}

async function serve(options: ServeOptions): Promise<string | null> {
  const platform = platformOf(process.platform);
  const dataDir = resolve(options.dataDir ?? defaultDataDir(platform, process.env, homedir()));
  await createDataDir(dataDir);
  const log = await openLog(dataDir);
  const app = await startApp(dataDir, log);
  for (const { sentence } of app.findings) log.info(sentence);
  try {
    const started = await startOnPort(options.port ?? null, (port) =>
      startShell(app.handlers, port, log),
    );
    if (!started.ok) return started.error.sentence;
    // From here on: a start that hangs must still end at the first Ctrl+C.
    const stopped = stopRequested();
    await announce(started.value, options.open === true, log);
    await stopped;
    await started.value.close();
    return null;
  } finally {
    await app.close();
  }
}

function startShell(
  handlers: Handlers<Contract>,
  port: number,
  log: AppLog,
): Promise<BrowserShell> {
  return startBrowserShell({
    table: contract,
    handlers,
    reporting: incidentLog(log.error, randomUUID),
    rendererDir: join(ROOT, 'dist', 'renderer'),
    port,
    log: log.info,
  });
}

/** The address is for the person: it goes to standard output, once, and nowhere else. */
async function announce(shell: BrowserShell, open: boolean, log: AppLog): Promise<void> {
  process.stdout.write(
    `CryptoPiggy is open at ${shell.address}\n` +
      'The address is for this machine and for you alone. Ctrl+C stops it.\n',
  );
  if (!open) return;
  const failure = await openBrowser(process.platform, shell.singleUseAddress(), process.env);
  if (failure !== null)
    log.info(`No browser could be opened (${failure.message}). Open the address by hand.`);
}

/** Resolves at the first Ctrl+C or polite kill; a second one ends the process as usual. */
function stopRequested(): Promise<void> {
  return new Promise((stop) => {
    process.once('SIGINT', () => stop());
    process.once('SIGTERM', () => stop());
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
