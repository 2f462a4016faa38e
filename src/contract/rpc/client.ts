/** The window's side of the contract: calls as promises, streams as subscriptions, everything parsed on receipt. */

import { assertNever } from '../../core/domain/assert-never.ts';
import type { CallSpec, ContractTable, Spec } from '../define.ts';
import type { ContractError, ContractResult } from '../errors.ts';
import type { Channel } from './channel.ts';
import type { ContractClient, StreamObserver } from './client-types.ts';
import { ClientSubscription, CREDIT_WINDOW } from './client-subscription.ts';
import { CANNOT_CROSS, DISCONNECTED, NOT_UNDERSTOOD, UNKNOWN_NAME } from './connection-errors.ts';
import { tellEach } from './listeners.ts';
import { serverMessage, type ClientMessage, type ServerMessage } from './protocol.ts';

export function connectContract<Table extends ContractTable>(
  table: Table,
  channel: Channel,
): ContractClient<Table> {
  const connection = new ClientConnection(table, channel);
  connection.start();
  // The connection works on names and schemas known only at run time. Every value it hands out was parsed by the
  // schema of its name, which is what these types say.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return connection as ContractClient<Table>;
}

interface PendingCall {
  readonly spec: CallSpec;
  readonly settle: (result: ContractResult<unknown>) => void;
}

class ClientConnection {
  readonly #table: ContractTable;
  readonly #channel: Channel;
  readonly #pending = new Map<number, PendingCall>();
  readonly #subscriptions = new Map<number, ClientSubscription>();
  #nextId = 0;
  #open = true;

  constructor(table: ContractTable, channel: Channel) {
    this.#table = table;
    this.#channel = channel;
  }

  start(): void {
    this.#channel.onMessage((raw) => this.#receive(raw));
    this.#channel.onClose(() => this.#disconnect());
  }

  call(name: string, input: unknown): Promise<ContractResult<unknown>> {
    const spec = this.#spec(name);
    if (spec?.kind !== 'call') return Promise.resolve({ ok: false, error: UNKNOWN_NAME });
    if (!this.#open) return Promise.resolve({ ok: false, error: DISCONNECTED });
    const id = this.#nextId++;
    return new Promise((settle) => {
      this.#pending.set(id, { spec, settle });
      const refused = this.#trySend({ type: 'call', id, name, input });
      if (refused !== null) this.#settle(id, { ok: false, error: refused });
    });
  }

  subscribe(name: string, input: unknown, observer: StreamObserver<unknown>): () => void {
    const spec = this.#spec(name);
    if (spec?.kind !== 'stream') return endSoon(observer, UNKNOWN_NAME);
    if (!this.#open) return endSoon(observer, DISCONNECTED);
    const id = this.#nextId++;
    const refused = this.#trySend({ type: 'subscribe', id, name, input, credits: CREDIT_WINDOW });
    if (refused !== null) return endSoon(observer, refused);
    const subscription = new ClientSubscription(spec, observer, (credits) =>
      this.#send({ type: 'credit', id, credits }),
    );
    this.#subscriptions.set(id, subscription);
    return () => {
      subscription.leave();
      if (this.#subscriptions.delete(id)) this.#send({ type: 'unsubscribe', id });
    };
  }

  /** A message outside the protocol closes the channel: nothing that follows could be trusted. */
  #receive(raw: unknown): void {
    const parsed = serverMessage.safeParse(raw);
    if (parsed.success) this.#dispatch(parsed.data);
    else this.#channel.close();
  }

  /** Unknown ids are no fault: what they name may have been left while the message was on its way. */
  #dispatch(message: ServerMessage): void {
    switch (message.type) {
      case 'answer':
        this.#answer(message.id, message.value);
        return;
      case 'failure':
        this.#settle(message.id, { ok: false, error: message.error });
        return;
      case 'event':
        this.#event(message.id, message.event);
        return;
      case 'end':
        this.#takeSubscription(message.id)?.end(message.error);
        return;
      default:
        assertNever(message);
    }
  }

  #answer(id: number, value: unknown): void {
    const output = this.#pending.get(id)?.spec.output.safeParse(value);
    if (output === undefined) return;
    this.#settle(
      id,
      output.success ? { ok: true, value: output.data } : { ok: false, error: NOT_UNDERSTOOD },
    );
  }

  #event(id: number, event: unknown): void {
    const subscription = this.#subscriptions.get(id);
    if (subscription === undefined || subscription.receive(event)) return;
    this.#subscriptions.delete(id);
    this.#send({ type: 'unsubscribe', id });
    subscription.end(NOT_UNDERSTOOD);
  }

  #settle(id: number, result: ContractResult<unknown>): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.settle(result);
  }

  #takeSubscription(id: number): ClientSubscription | undefined {
    const subscription = this.#subscriptions.get(id);
    this.#subscriptions.delete(id);
    return subscription;
  }

  #disconnect(): void {
    this.#open = false;
    const calls = [...this.#pending.values()];
    const subscriptions = [...this.#subscriptions.values()];
    this.#pending.clear();
    this.#subscriptions.clear();
    for (const { settle } of calls) settle({ ok: false, error: DISCONNECTED });
    tellEach(subscriptions.map((subscription) => () => subscription.end(DISCONNECTED)));
  }

  /** @returns why the transport cannot carry the message, or `null`. */
  #trySend(message: ClientMessage): ContractError | null {
    try {
      this.#send(message);
      return null;
    } catch {
      // Transports throw for one reason only: this value cannot cross, being too large or of a kind none of them carries.
      return CANNOT_CROSS;
    }
  }

  #send(message: ClientMessage): void {
    this.#channel.send(message);
  }

  #spec(name: string): Spec | undefined {
    return Object.hasOwn(this.#table, name) ? this.#table[name] : undefined;
  }
}

/** Not inside the caller's own call: it does not hold its unsubscribe yet. */
function endSoon(observer: StreamObserver<unknown>, error: ContractError): () => void {
  let left = false;
  void Promise.resolve().then(() => {
    if (!left) observer.onEnd(error);
  });
  return () => {
    left = true;
  };
}
