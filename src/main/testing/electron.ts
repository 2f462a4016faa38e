/**
 * For tests: Electron's IPC as it behaves, without its binary. Every message is structured-cloned and arrives later;
 * a context bridge copies values and wraps functions; a reloaded page loses its listeners and what was sent to it.
 */

import { EventEmitter } from 'node:events';
import type { IpcEnvelope } from '../../contract/rpc/electron-bridge.ts';
import type { IpcSender } from '../../preload/bridge.ts';
import type { IpcReceiver, WindowContents, WindowEvent } from '../ipc-channel.ts';

type Listener = (event: unknown, message: unknown) => void;

export interface PageStandIn {
  readonly ipcRenderer: IpcSender;
  /** Runs what the preload script wanted done when the page goes. */
  hide(): void;
  readonly onPageHide: (action: () => void) => void;
}

export interface WindowStandIn {
  readonly contents: WindowContents;
  /** The page now in it. */
  page(): PageStandIn;
  /** Without a goodbye from the old page, which is the worst case. */
  reload(): void;
  crash(): void;
  destroy(): void;
}

export interface WindowChoices {
  readonly url?: string;
  /** A frame inside the page. */
  readonly parent?: unknown;
}

export class ElectronStandIn {
  readonly #main = new EventEmitter();
  #nextId = 1;

  readonly ipcMain: IpcReceiver = {
    on: (channel, listener) => this.#main.on(channel, listener),
  };

  openWindow({ url = 'app://cryptopiggy/', parent = null }: WindowChoices = {}): WindowStandIn {
    const lifecycle = new EventEmitter();
    let destroyed = false;
    let page = new Page((channel, envelope) => {
      if (!destroyed) this.#main.emit(channel, event, envelope);
    });
    const contents: WindowContents = {
      id: this.#nextId++,
      send(channel, envelope) {
        if (destroyed) throw new Error('Object has been destroyed');
        page.post(channel, envelope);
      },
      isDestroyed: () => destroyed,
      on: (name, listener) => lifecycle.on(name, listener),
    };
    const event: WindowEvent = { sender: contents, senderFrame: { url, parent } };
    return {
      contents,
      page: () => page,
      reload() {
        page = page.successor();
      },
      crash: () => lifecycle.emit('render-process-gone'),
      destroy() {
        destroyed = true;
        lifecycle.emit('destroyed');
      },
    };
  }
}

class Page implements PageStandIn {
  readonly #toMain: (channel: string, envelope: unknown) => void;
  readonly #listeners = new EventEmitter();
  readonly #hideActions: (() => void)[] = [];
  #gone = false;

  constructor(toMain: (channel: string, envelope: unknown) => void) {
    this.#toMain = toMain;
  }

  readonly ipcRenderer: IpcSender = {
    send: (channel, envelope) => {
      const copy: unknown = structuredClone(envelope);
      later(() => this.#toMain(channel, copy));
    },
    on: (channel: string, listener: Listener) => this.#listeners.on(channel, listener),
    off: (channel: string, listener: Listener) => this.#listeners.off(channel, listener),
  };

  readonly onPageHide = (action: () => void): void => {
    this.#hideActions.push(action);
  };

  hide(): void {
    for (const action of this.#hideActions) action();
  }

  post(channel: string, envelope: IpcEnvelope): void {
    const copy: unknown = structuredClone(envelope);
    later(() => {
      if (!this.#gone) this.#listeners.emit(channel, {}, copy);
    });
  }

  successor(): Page {
    this.#gone = true;
    return new Page(this.#toMain);
  }
}

/**
 * What the page gets of what the preload script exposes: copies of values, wrappers of functions, and nothing that
 * would lead back into the preload script's world.
 */
export function throughContextBridge(value: unknown): unknown {
  if (typeof value === 'function') {
    return (...given: readonly unknown[]): unknown =>
      throughContextBridge(Reflect.apply(value, undefined, given.map(throughContextBridge)));
  }
  if (Array.isArray(value)) return value.map(throughContextBridge);
  if (isPlainObject(value)) {
    const entries = Object.entries(value);
    return Object.fromEntries(entries.map(([key, inner]) => [key, throughContextBridge(inner)]));
  }
  return structuredClone(value);
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  return Object.getPrototypeOf(value) === Object.prototype;
}

function later(deliver: () => void): void {
  setImmediate(deliver);
}
