/** Lets `piggy status`, `piggy stop` and `piggy arm` reach a replay that is under way. */

import { randomBytes, randomUUID } from 'node:crypto';
import { serveControl, type ControlServer } from '../app/control/server.ts';
import { NOTHING_OPEN } from '../app/exposure/exposure-words.ts';
import { incidentLog } from '../app/incident-log.ts';
import { controlHandlers, type Controlled } from '../app/trading/control-handlers.ts';
import type { PaperReplay } from '../app/trading/replay-on-paper.ts';
import { mayArm } from '../app/stop/arming.ts';
import type { StopLatch } from '../app/stop/stop-latch.ts';
import { ok } from '../core/domain/result.ts';
import { contractFailure } from '../contract/errors.ts';
import { createContractServer } from '../contract/rpc/server.ts';
import { controlContract } from '../contract/trading.ts';

/** @param dataDir - Absolute. */
export function serveReplay(
  replay: PaperReplay,
  stops: StopLatch,
  dataDir: string,
): Promise<ControlServer> {
  const log = (text: string): void => void process.stderr.write(`${text}\n`);
  const handlers = controlHandlers(controlledBy(replay, stops));
  const server = createContractServer(controlContract, handlers, incidentLog(log, randomUUID));
  return serveControl({
    dataDir,
    token: randomBytes(32),
    platform: process.platform,
    serve: (channel) => server.serve(channel),
  });
}

function controlledBy(replay: PaperReplay, stops: StopLatch): Controlled {
  return {
    find: (account) => (account === 'paper' ? ok(replay) : NO_LIVE),
    stop: (flatten) => replay.stop(flatten),
    stopReport: () => replay.stopReport(),
    // It is on paper, whatever else lies in the folder.
    exposure: () => NOTHING_OPEN,
    arm(account, anyway) {
      if (account === 'live') return NO_LIVE;
      const refusal = mayArm({ stops, report: replay.stopReport() }, ['paper', 'live'], anyway);
      if (refusal !== null) return refusal;
      replay.arm();
      const { fault } = replay.status();
      return fault === null ? ok({}) : contractFailure('TRADING_FAULT', fault);
    },
  };
}

const NO_LIVE = contractFailure('NO_ACCOUNT', 'A replay is on paper: it has no live account.');
