/** The HTTP side: reads requests, lets faults happen to them, and writes the answers. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { assertNever } from '../assert-never.ts';
import type { Faults, RequestFault } from '../faults.ts';
import { REFUSALS } from '../refusal.ts';
import type { Answer, ApiRequest } from './api.ts';

export interface ServerParts {
  readonly answer: (request: ApiRequest) => Answer;
  /** Answers what is under `/_control`; faults do not happen to it. */
  readonly control: (request: ApiRequest) => Answer;
  readonly faults: Faults;
  /** Resolves after so many ms. */
  readonly wait: (ms: number) => Promise<void>;
}

export const CONTROL_PATH = '/_control';
const LARGEST_BODY = 64 * 1024;

export function createRestServer(parts: ServerParts): Server {
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
  if (asked.path === CONTROL_PATH || asked.path.startsWith(`${CONTROL_PATH}/`)) {
    // A web page may not steer the simulator, and a browser always says where a request is from.
    const isFromPage = request.headers.origin !== undefined;
    return send(
      response,
      isFromPage ? { status: 403, headers: {}, body: '' } : parts.control(asked),
    );
  }
  const fault = parts.faults.takeForRequest(
    asked.method,
    asked.path,
    `${asked.query}&${asked.body}`,
  );
  if (fault === undefined) return send(response, parts.answer(asked));
  return meet(fault, parts, response, () => parts.answer(asked));
}

/** @param takeEffect - Answers the request, and is called at most once. */
async function meet(
  fault: RequestFault,
  { wait }: ServerParts,
  response: ServerResponse,
  takeEffect: () => Answer,
): Promise<void> {
  switch (fault.kind) {
    case 'delay': {
      const early = fault.effect === 'after' ? takeEffect() : undefined;
      await wait(fault.ms);
      return send(response, early ?? takeEffect());
    }
    case 'timeout':
      if (fault.effect === 'after') takeEffect();
      return;
    case 'reset':
      if (fault.effect === 'after') takeEffect();
      response.socket?.resetAndDestroy();
      return;
    case 'rate-limit':
      return send(response, limited(429, fault.retryAfterSeconds));
    case 'ban':
      return send(response, limited(418, fault.retryAfterSeconds));
    case 'server-error':
      if (fault.effect === 'after') takeEffect();
      return send(response, page(fault.status));
    case 'backend-timeout': {
      if (fault.effect === 'after') takeEffect();
      const { status, code, msg } = REFUSALS.backendTimeout;
      return send(response, json(status, { code, msg }));
    }
    case 'refusal': {
      if (fault.effect === 'after') takeEffect();
      const { status, code, msg } = fault;
      return send(response, json(status, { code, msg }));
    }
    case 'body': {
      if (fault.effect === 'after') takeEffect();
      const { status, type, body } = fault;
      return send(response, { status, headers: { 'content-type': type }, body });
    }
    default:
      return assertNever(fault);
  }
}

function limited(status: number, seconds: number): Answer {
  const { code, msg } = REFUSALS.tooMuchWeight;
  const answer = json(status, { code, msg });
  return { ...answer, headers: { ...answer.headers, 'retry-after': seconds.toString() } };
}

/** What a proxy in front of the exchange says. */
function page(status: number): Answer {
  const body = `<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>`;
  return { status, headers: { 'content-type': 'text/html' }, body };
}

export function json(status: number, value: unknown): Answer {
  const headers = { 'content-type': 'application/json;charset=UTF-8' };
  return { status, headers, body: JSON.stringify(value) };
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers).end(body);
}

async function readRequest(request: IncomingMessage): Promise<ApiRequest> {
  request.setEncoding('utf8');
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > LARGEST_BODY) throw new Error('The request is too large.');
  }
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
  const key = request.headers['x-mbx-apikey'];
  return {
    method: request.method ?? 'GET',
    path,
    query,
    body,
    apiKey: typeof key === 'string' ? key : undefined,
  };
}
