/** The browser shell: serves the built window and the contract on 127.0.0.1, to whoever holds the session token. */

import fastifyStatic from '@fastify/static';
import fastifyWebsocket from '@fastify/websocket';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import type { ContractTable } from '../../contract/define.ts';
import { MAX_WINDOW_FRAME_BYTES } from '../../contract/rpc/codec.ts';
import type { Handlers } from '../../contract/rpc/handlers.ts';
import type { IncidentReporting } from '../../contract/rpc/incidents.ts';
import { createContractServer, type ContractServer } from '../../contract/rpc/server.ts';
import {
  CLOSE_TOKEN_REFUSED,
  CONTRACT_PATH,
  CONTRACT_SUBPROTOCOL,
  offeredToken,
  READY_FRAME,
} from '../../contract/rpc/websocket-protocol.ts';
import { ASSET_POLICY, securityHeaders } from '../page/content-security-policy.ts';
import { loadPage, type Page } from '../page/page.ts';
import { createOpenTickets, OPEN_PATH, type OpenTickets } from './open-tickets.ts';
import { isOwnHost, isOwnOrigin } from './request-guard.ts';
import { isSameToken, newSessionToken } from './session-token.ts';
import { acceptWebSocketChannel } from './websocket-channel.ts';

export interface BrowserShellOptions<Table extends ContractTable> {
  readonly table: Table;
  readonly handlers: Handlers<Table>;
  readonly reporting: IncidentReporting;
  /** Folder of the built window. */
  readonly rendererDir: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** For tests; otherwise a fresh random one. */
  readonly token?: string;
  /** Sentences for the log; the token is never among them. */
  readonly log: (sentence: string) => void;
}

export interface BrowserShell {
  readonly port: number;
  readonly token: string;
  /** Where to open it, token included: for the person's eyes, not for a log or a command line. */
  readonly address: string;
  /** An address that opens it once, and may therefore stand on a browser's command line. */
  singleUseAddress(): string;
  /** Hangs up on every window and frees the port. */
  close(): Promise<void>;
}

const SEALED = securityHeaders(ASSET_POLICY);

/** Only ever this machine: never 0.0.0.0. */
const LOOPBACK = '127.0.0.1';

/**
 * @throws Error when handlers are missing, the window is not built, or the port is taken (`code` EADDRINUSE).
 */
export async function startBrowserShell<Table extends ContractTable>(
  options: BrowserShellOptions<Table>,
): Promise<BrowserShell> {
  const contract = createContractServer(options.table, options.handlers, options.reporting);
  const page = await loadPage(options.rendererDir);
  const token = options.token ?? newSessionToken();
  const tickets = createOpenTickets(newSessionToken, isSameToken);
  const server = await createServer(options.rendererDir, page, (socket, request) =>
    acceptWindow(socket, request, { contract, token, log: options.log }),
  );
  redeemTickets(server, tickets, token);
  await server.listen({ host: LOOPBACK, port: options.port });
  const port = portOf(server);
  const origin = `http://${LOOPBACK}:${port}`;
  return {
    port,
    token,
    address: `${origin}${pageWithToken(token)}`,
    singleUseAddress: () => `${origin}${tickets.issue()}`,
    close: () => server.close(),
  };
}

/** In the fragment, which a browser never sends: not to us, and not as a referrer to anyone else. */
function pageWithToken(token: string): string {
  return `/#token=${token}`;
}

function redeemTickets(server: FastifyInstance, tickets: OpenTickets, token: string): void {
  server.get<{ Params: { code: string } }>(`${OPEN_PATH}:code`, (request, reply) => {
    if (tickets.redeem(request.params.code)) {
      void reply.header('cache-control', 'no-store').redirect(pageWithToken(token), 303);
    } else {
      refuse(reply, 404);
    }
  });
}

type OnSocket = (socket: WebSocket, request: FastifyRequest) => void;

async function createServer(
  rendererDir: string,
  page: Page,
  onSocket: OnSocket,
): Promise<FastifyInstance> {
  // No request log: a header holds the token.
  const server = Fastify({
    logger: false,
    forceCloseConnections: true,
    frameworkErrors: (_error, _request, reply) => {
      void refuse(reply.headers(SEALED), 400);
    },
  });
  await server.register(fastifyWebsocket, {
    options: {
      maxPayload: MAX_WINDOW_FRAME_BYTES,
      handleProtocols: (offered: ReadonlySet<string>) =>
        offered.has(CONTRACT_SUBPROTOCOL) ? CONTRACT_SUBPROTOCOL : false,
    },
    preClose: hangUpOnAll(server),
  });
  guardRequests(server);
  servePage(server, page);
  server.get(CONTRACT_PATH, { websocket: true }, onSocket);
  await server.register(fastifyStatic, { root: rendererDir, index: false, dotfiles: 'ignore' });
  return server;
}

/** Not the plugin's own: that waits for each window to answer the goodbye, and a hung window never does. */
function hangUpOnAll(server: FastifyInstance): (done: () => void) => void {
  return (done) => {
    for (const client of server.websocketServer.clients) client.terminate();
    server.websocketServer.close(() => done());
  };
}

function guardRequests(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(SEALED);
    const port = portOf(server);
    const trusted =
      isOwnHost(request.headers.host, port) &&
      (!request.ws || isOwnOrigin(request.headers.origin, port));
    // An async hook that has answered returns the reply, so that the route is not asked.
    return trusted ? undefined : refuse(reply, 403);
  });
  server.setNotFoundHandler((_request, reply) => refuse(reply, 404));
  server.setErrorHandler((_error, _request, reply) => refuse(reply, 400));
}

/** A fixed sentence: Fastify's own answers repeat the address and the error. */
function refuse(reply: FastifyReply, status: 400 | 403 | 404): FastifyReply {
  return reply.code(status).type('text/plain').send('There is nothing here.');
}

function servePage(server: FastifyInstance, page: Page): void {
  for (const path of ['/', '/index.html']) {
    server.get(path, (request, reply) => {
      // Spelled out beside 'self', which not every browser takes to include WebSockets. The guard has checked the host.
      const { html, headers } = page.serve([`ws://${request.host}`]);
      void reply.headers(headers).send(html);
    });
  }
}

interface Door {
  readonly contract: ContractServer;
  readonly token: string;
  readonly log: (sentence: string) => void;
}

/** A wrong token is refused after the handshake, so that the page can say so: before it, a browser hides the reason. */
function acceptWindow(socket: WebSocket, request: FastifyRequest, door: Door): void {
  const offered = offeredToken(request.headers['sec-websocket-protocol']);
  if (!isSameToken(door.token, offered)) {
    door.log('A window without the right session token was turned away.');
    socket.close(CLOSE_TOKEN_REFUSED);
    return;
  }
  door.contract.serve(acceptWebSocketChannel(socket));
  socket.send(READY_FRAME);
}

function portOf(server: FastifyInstance): number {
  const address = server.server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The server listens on no port.');
  }
  return address.port;
}
