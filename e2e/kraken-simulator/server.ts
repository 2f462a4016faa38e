/** The HTTP side: reads requests, lets faults happen to them, and writes the answers, refusals with status 200 too. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { assertNever } from '../exchange-simulator/assert-never.ts';
import type { RequestFault } from '../exchange-simulator/faults.ts';
import type { ApiRequest } from './api.ts';
import type { ErrorFault, KrakenFaults } from './faults.ts';
import { ERRORS, refused, type Reply } from './reply.ts';

export interface ServerParts {
  readonly answer: (request: ApiRequest) => Reply;
  readonly faults: KrakenFaults;
  /** Resolves after so many ms. */
  readonly wait: (ms: number) => Promise<void>;
}

const LARGEST_BODY = 64 * 1024;

export function createKrakenServer(parts: ServerParts): Server {
  return createServer((request, response) => {
    void respond(parts, request, response).catch(() => response.destroy());
  });
}

async function respond(
  parts: ServerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const asked = await readRequest(request);
  const fault = parts.faults.take(asked.method, asked.path, `${asked.query}&${asked.body}`);
  if (fault === undefined) return send(response, parts.answer(asked));
  return meet(fault, parts, response, () => parts.answer(asked));
}

/** @param takeEffect - Answers the request, and is called at most once. */
async function meet(
  fault: RequestFault | ErrorFault,
  { wait }: ServerParts,
  response: ServerResponse,
  takeEffect: () => Reply,
): Promise<void> {
  const early = 'effect' in fault && fault.effect === 'after' ? takeEffect() : undefined;
  switch (fault.kind) {
    case 'delay':
      await wait(fault.ms);
      return send(response, early ?? takeEffect());
    case 'timeout':
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'server-error':
      return sendPage(response, fault.status);
    case 'body':
      response.writeHead(fault.status, { 'content-type': fault.type }).end(fault.body);
      return;
    case 'refusal':
      return send(response, refused(fault.msg));
    case 'error':
      return send(response, refused(fault.error));
    case 'rate-limit':
      return send(response, refused(ERRORS.rateLimit));
    case 'ban':
      return send(response, refused(ERRORS.lockout));
    case 'backend-timeout':
      return send(response, refused(ERRORS.backendTimeout));
    default:
      return assertNever(fault);
  }
}

function send(response: ServerResponse, reply: Reply): void {
  const body = reply.ok ? { error: [], result: reply.result } : { error: [reply.error] };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** What a proxy in front of the exchange says. */
function sendPage(response: ServerResponse, status: number): void {
  response
    .writeHead(status, { 'content-type': 'text/html' })
    .end(`<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>`);
}

async function readRequest(request: IncomingMessage): Promise<ApiRequest> {
  request.setEncoding('utf8');
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > LARGEST_BODY) throw new Error('The request is too large.');
  }
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
  const header = (name: string): string | undefined => {
    const value = request.headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    method: request.method ?? 'GET',
    path,
    query,
    body,
    apiKey: header('api-key'),
    apiSign: header('api-sign'),
  };
}
