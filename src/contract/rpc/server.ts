/** The app's side of the contract: serves calls and subscriptions to one window over one channel. */

import { assertNever } from '../../core/domain/assert-never.ts';
import type { ContractTable } from '../define.ts';
import type { ContractResult } from '../errors.ts';
import { bindHandlers, type BoundContract, type BoundStream } from './bound-handlers.ts';
import { answerCall } from './answer-call.ts';
import type { Channel } from './channel.ts';
import { TOO_MANY_SUBSCRIPTIONS, UNKNOWN_NAME } from './connection-errors.ts';
import type { Handlers } from './handlers.ts';
import { reportIncident, type IncidentReporting } from './incidents.ts';
import { inputSentence } from './input-sentence.ts';
import { clientMessage, type ClientMessage, type ServerMessage } from './protocol.ts';
import { ServerSubscription, type SubscriptionPort } from './server-subscription.ts';

/** Several times what a window with every view open holds: whoever asks for more has lost count of what it opened. */
export const MOST_SUBSCRIPTIONS = 256;

/** Of all connections of one server together. */
export const MOST_SUBSCRIPTIONS_IN_ALL = 2_048;

export interface ContractServer {
  /** Serves until the channel closes; then everything held for it is released. */
  serve(channel: Channel): void;
}

/** @throws Error when handlers are missing or left over. */
export function createContractServer<Table extends ContractTable>(
  table: Table,
  handlers: Handlers<Table>,
  reporting: IncidentReporting,
): ContractServer {
  const contract = bindHandlers(table, handlers);
  const connections = new Set<ServerConnection>();
  const isFull = (): boolean =>
    [...connections].reduce((sum, { subscriptions }) => sum + subscriptions, 0) >=
    MOST_SUBSCRIPTIONS_IN_ALL;
  return {
    serve(channel) {
      const connection = new ServerConnection(contract, channel, reporting, isFull);
      connections.add(connection);
      channel.onClose(() => connections.delete(connection));
      connection.start();
    },
  };
}

/** For a single channel; otherwise as `createContractServer`. */
export function serveContract<Table extends ContractTable>(
  table: Table,
  handlers: Handlers<Table>,
  channel: Channel,
  reporting: IncidentReporting,
): void {
  createContractServer(table, handlers, reporting).serve(channel);
}

type MessageOf<Type extends ClientMessage['type']> = Extract<
  ClientMessage,
  { readonly type: Type }
>;

class ServerConnection {
  readonly #contract: BoundContract;
  readonly #channel: Channel;
  readonly #reporting: IncidentReporting;
  readonly #isFull: () => boolean;
  readonly #subscriptions = new Map<number, ServerSubscription>();

  /** @param isFull whether all connections together hold as many subscriptions as they may */
  constructor(
    contract: BoundContract,
    channel: Channel,
    reporting: IncidentReporting,
    isFull: () => boolean,
  ) {
    this.#contract = contract;
    this.#channel = channel;
    this.#reporting = reporting;
    this.#isFull = isFull;
  }

  get subscriptions(): number {
    return this.#subscriptions.size;
  }

  start(): void {
    this.#channel.onMessage((raw) => this.#receive(raw));
    this.#channel.onClose(() => this.#leaveAll());
  }

  /** A message outside the protocol closes the channel: the other side is broken or hostile, and the window reconnects. */
  #receive(raw: unknown): void {
    const parsed = clientMessage.safeParse(raw);
    if (parsed.success) this.#dispatch(parsed.data);
    else this.#channel.close();
  }

  #dispatch(message: ClientMessage): void {
    switch (message.type) {
      case 'call':
        void this.#call(message);
        return;
      case 'subscribe':
        this.#subscribe(message);
        return;
      // Unknown ids are no fault: the subscription may have ended while the message was on its way.
      case 'credit':
        this.#subscriptions.get(message.id)?.grant(message.credits);
        return;
      case 'unsubscribe':
        this.#subscriptions.get(message.id)?.leave();
        this.#subscriptions.delete(message.id);
        return;
      default:
        assertNever(message);
    }
  }

  async #call(message: MessageOf<'call'>): Promise<void> {
    const entry = this.#contract.get(message.name);
    const result =
      entry?.kind === 'call'
        ? await answerCall(entry, message.input, this.#reporting)
        : { ok: false as const, error: UNKNOWN_NAME };
    this.#answer(message, result);
  }

  #answer({ id, name }: MessageOf<'call'>, result: ContractResult<unknown>): void {
    try {
      this.#send(
        result.ok
          ? { type: 'answer', id, value: result.value }
          : { type: 'failure', id, error: result.error },
      );
    } catch (error) {
      // The value cannot cross this transport.
      this.#send({ type: 'failure', id, error: reportIncident(this.#reporting, name, error) });
    }
  }

  #subscribe(message: MessageOf<'subscribe'>): void {
    const { id, name } = message;
    if (this.#subscriptions.has(id)) {
      this.#channel.close();
      return;
    }
    const entry = this.#contract.get(name);
    if (this.#subscriptions.size >= MOST_SUBSCRIPTIONS || this.#isFull()) {
      this.#send({ type: 'end', id, error: TOO_MANY_SUBSCRIPTIONS });
    } else if (entry?.kind === 'stream') this.#open(entry, message);
    else this.#send({ type: 'end', id, error: UNKNOWN_NAME });
  }

  #open(stream: BoundStream, { id, name, input, credits }: MessageOf<'subscribe'>): void {
    const parsed = stream.spec.input.safeParse(input);
    if (!parsed.success) {
      const sentence = inputSentence(`The input of "${name}"`, stream.spec.input, parsed.error);
      this.#send({ type: 'end', id, error: { code: 'INVALID_INPUT', sentence } });
      return;
    }
    const subscription = new ServerSubscription(stream, credits, this.#port(id, name));
    this.#subscriptions.set(id, subscription);
    subscription.start(parsed.data);
  }

  #port(id: number, name: string): SubscriptionPort {
    return {
      sendEvent: (event) => this.#send({ type: 'event', id, event }),
      sendEnd: (error) => {
        this.#subscriptions.delete(id);
        this.#send({ type: 'end', id, error });
      },
      incident: (error) => reportIncident(this.#reporting, name, error),
    };
  }

  #leaveAll(): void {
    const all = [...this.#subscriptions.values()];
    this.#subscriptions.clear();
    for (const subscription of all) subscription.leave();
  }

  #send(message: ServerMessage): void {
    this.#channel.send(message);
  }
}
