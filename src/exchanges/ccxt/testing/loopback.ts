/** An exchange's REST address on this machine: a real server, and a fetch that leads there whatever the host. */

import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import type { Fetch } from '../public-fetch.ts';

export interface Answer {
  /** 200 by default. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An answer other than the right one; silence, before the headers or after them; or a broken connection. */
export type Fault = Answer | 'silence' | 'silence after headers' | 'hang up';

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Loopback {
  readonly fetch: Fetch;
  /** Path and query of every request, oldest first. */
  readonly asked: readonly string[];
  /** Every request with what it carried, oldest first. */
  readonly sent: readonly Sent[];
  /** The next requests whose path ends so meet these, one each. */
  fault(path: string, ...faults: readonly Fault[]): void;
}

/** @param answer - What the exchange says to a request; `undefined` becomes 404. */
export async function startLoopback(
  answer: (url: URL, sent: Sent) => Answer | undefined,
): Promise<Loopback> {
  const asked: string[] = [];
  const all: Sent[] = [];
  const faults: { readonly path: string; readonly fault: Fault }[] = [];

  const takeFault = (pathname: string): Fault | undefined => {
    const index = faults.findIndex(({ path }) => pathname.endsWith(path));
    return index === -1 ? undefined : faults.splice(index, 1)[0]?.fault;
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://loopback');
    asked.push(`${url.pathname}${url.search}`);
    void text(request).then((body) => {
      const { pathname: path, searchParams } = url;
      const query = Object.fromEntries(searchParams);
      const sent = { method: request.method ?? 'GET', path, query, body };
      all.push(sent);
      reply(response, takeFault(path) ?? answer(url, sent) ?? { status: 404, body: '{}' });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');

  return {
    asked,
    sent: all,
    // ccxt keeps the exchange's own address, by which it also chooses how to read errors.
    fetch: (url, init) => {
      const { pathname, search } = new URL(url);
      return fetch(`http://127.0.0.1:${address.port}${pathname}${search}`, init);
    },
    fault: (path, ...many) => {
      faults.push(...many.map((fault) => ({ path, fault })));
    },
  };
}

function reply(response: ServerResponse, fault: Fault): void {
  if (fault === 'silence') return;
  if (fault === 'hang up') {
    response.destroy();
    return;
  }
  if (fault === 'silence after headers') {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{"bids":[[');
    return;
  }
  response.writeHead(fault.status ?? 200, { 'content-type': 'application/json', ...fault.headers });
  response.end(fault.body);
}

export function json(value: unknown): Answer {
  return { body: JSON.stringify(value) };
}
