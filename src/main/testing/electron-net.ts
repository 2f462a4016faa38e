/**
 * For tests: the parts of Electron that electron-updater requires by itself. Its net plays the internet: whatever host
 * an https address names, this machine's own server answers, and the session may refuse first.
 */

import { EventEmitter } from 'node:events';
import { request as dial, type IncomingMessage } from 'node:http';
import Module, { createRequire } from 'node:module';

type Answer = (response: { readonly cancel?: boolean }) => void;
type BeforeRequest = (details: { readonly url: string }, answer: Answer) => void;

interface RequestOptions {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly redirect?: 'manual';
}

export interface AppIdentity {
  readonly version: string;
  readonly userData: string;
}

/** An installed app, with a net that ends at `serverPort` of this machine. */
export class ElectronNet {
  readonly app: EventEmitter & {
    readonly isPackaged: true;
    quit(): void;
    relaunch(options?: { readonly execPath: string }): void;
    releaseSingleInstanceLock(): void;
  };
  /** Every address that was asked for, those included that were refused. */
  readonly asked: string[] = [];
  /** What it is to be started again with. */
  readonly relaunched: unknown[] = [];
  locksReleased = 0;
  readonly #serverPort: number;
  #mayRequest: BeforeRequest = (_details, answer) => answer({});

  constructor({ version, userData }: AppIdentity, serverPort: number) {
    this.#serverPort = serverPort;
    this.app = Object.assign(new EventEmitter(), {
      isPackaged: true as const,
      getVersion: () => version,
      getName: () => 'CryptoPiggy',
      getPath: () => userData,
      whenReady: () => Promise.resolve(),
      quit: () => void this.app.emit('before-quit', { preventDefault: () => {} }),
      relaunch: (options: unknown) => void this.relaunched.push(options),
      releaseSingleInstanceLock: () => void (this.locksReleased += 1),
    });
  }

  /** From now on, `require('electron')` in the library answers with this. The real one would download a program. */
  install(): void {
    const library = createRequire(import.meta.url).resolve('electron-updater');
    const { cache, resolve } = createRequire(library);
    const path = resolve('electron');
    const standIn = new Module(path);
    standIn.exports = {
      app: this.app,
      autoUpdater: new EventEmitter(),
      net: { request: (options: RequestOptions) => this.#request(options) },
      session: { fromPartition: () => ({ webRequest: { onBeforeRequest: this.#guard } }) },
    };
    standIn.loaded = true;
    cache[path] = standIn;
  }

  readonly #guard = (listener: BeforeRequest): void => {
    this.#mayRequest = listener;
  };

  #request(options: RequestOptions): EventEmitter {
    const { protocol, hostname, port, path } = options;
    const events = Object.assign(new EventEmitter(), { end: () => {}, abort: () => {} });
    const url = `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}`;
    setImmediate(() => this.#send(url, options, events));
    return events;
  }

  #send(url: string, options: RequestOptions, events: EventEmitter): void {
    this.asked.push(url);
    this.#mayRequest({ url }, ({ cancel = false }) => {
      if (cancel) {
        events.emit('error', new Error('net::ERR_BLOCKED_BY_CLIENT'));
        return;
      }
      const { pathname, search } = new URL(url);
      const { headers } = options;
      const path = pathname + search;
      dial({ host: '127.0.0.1', port: this.#serverPort, path, ...(headers && { headers }) })
        .on('response', (response) => this.#receive(response, url, options, events))
        .on('error', (error) => events.emit('error', error))
        .end();
    });
  }

  #receive(
    response: IncomingMessage,
    from: string,
    options: RequestOptions,
    events: EventEmitter,
  ): void {
    const { statusCode = 0, headers } = response;
    if (statusCode < 300 || statusCode >= 400 || headers.location === undefined) {
      events.emit('response', response);
      return;
    }
    response.resume();
    const to = new URL(headers.location, from).href;
    if (options.redirect === 'manual') events.emit('redirect', statusCode, 'GET', to);
    else this.#send(to, options, events);
  }
}
