/** Lets `piggy status`, `piggy stop` and `piggy arm` reach a replay that is under way. */

import { randomBytes, randomUUID } from 'node:crypto';
import { serveControl, type ControlServer } from '../app/control/server.ts';
import { incidentLog } from '../app/incident-log.ts';
import { controlHandlers, type Controlled } from '../app/trading/control-handlers.ts';
import type { PaperReplay } from '../app/trading/replay-on-paper.ts';
import { ok } from '../core/domain/result.ts';
import { contractFailure } from '../contract/errors.ts';
import { createContractServer } from '../contract/rpc/server.ts';
import { controlContract } from '../contract/trading.ts';

/** @param dataDir - Absolute. */
export function serveReplay(replay: PaperReplay, dataDir: string): Promise<ControlServer> {
  const log = (text: string): void => void process.stderr.write(`${text}\n`);
  const handlers = controlHandlers(controlledBy(replay));
  const server = createContractServer(controlContract, handlers, incidentLog(log, randomUUID));
  return serveControl({
    dataDir,
    token: randomBytes(32),
    platform: process.platform,
    serve: (channel) => server.serve(channel),
  });
}

function controlledBy(replay: PaperReplay): Controlled {
  return {
    find: (account) => (account === 'paper' ? ok(replay) : NO_LIVE),
    stopAll: async (flatten) => ok(await replay.stop(flatten)),
    arm(account) {
      if (account === 'live') return NO_LIVE;
      replay.arm();
      const { fault } = replay.status();
      return fault === null ? ok({}) : contractFailure('TRADING_FAULT', fault);
    },
  };
}

const NO_LIVE = contractFailure('NO_ACCOUNT', 'A replay is on paper: it has no live account.');
