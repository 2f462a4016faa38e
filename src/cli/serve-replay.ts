/** Lets `piggy status`, `piggy stop` and `piggy arm` reach a replay that is under way. */

import { randomBytes, randomUUID } from 'node:crypto';
import { serveControl, type ControlServer } from '../app/control/server.ts';
import { incidentLog } from '../app/incident-log.ts';
import { controlHandlers } from '../app/trading/control-handlers.ts';
import type { PaperReplay } from '../app/trading/replay-on-paper.ts';
import { ok } from '../core/domain/result.ts';
import { createContractServer } from '../contract/rpc/server.ts';
import { controlContract } from '../contract/trading.ts';

/** @param dataDir - Absolute. */
export function serveReplay(replay: PaperReplay, dataDir: string): Promise<ControlServer> {
  const log = (text: string): void => void process.stderr.write(`${text}\n`);
  const handlers = controlHandlers(() => ok(replay));
  const server = createContractServer(controlContract, handlers, incidentLog(log, randomUUID));
  return serveControl({
    dataDir,
    token: randomBytes(32),
    platform: process.platform,
    serve: (channel) => server.serve(channel),
  });
}
