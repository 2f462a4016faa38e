/** What the preload script exposes to the window, and what travels between it and Electron's main process. */

/** The name on `window` under which the preload script exposes the bridge. */
export const BRIDGE_KEY = 'cryptopiggy';

/** The one IPC channel in use, in both directions. */
export const IPC_CHANNEL = 'cryptopiggy:contract';

/** All that the window can reach of Electron. */
export interface ElectronBridge {
  connect(
    onMessage: (message: unknown) => void,
    onClose: () => void,
  ): { send(message: unknown): void; close(): void };
}

/** `connection` tells a window's present connection from the one it had before it was reloaded. */
export type IpcEnvelope =
  | { readonly kind: 'open'; readonly connection: string }
  | { readonly kind: 'close'; readonly connection: string }
  | { readonly kind: 'message'; readonly connection: string; readonly message: unknown };

const MAX_CONNECTION_LENGTH = 64;

/**
 * The envelope, or `null` for anything else.
 * By hand rather than by schema, so that the preload script stays a few lines; the message inside is parsed by the
 * contract's own schemas.
 */
export function readEnvelope(value: unknown): IpcEnvelope | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!('kind' in value) || !('connection' in value)) return null;
  const { kind, connection } = value;
  if (typeof connection !== 'string' || connection.length > MAX_CONNECTION_LENGTH) return null;
  if (kind === 'open' || kind === 'close') return { kind, connection };
  if (kind !== 'message' || !('message' in value)) return null;
  return { kind, connection, message: value.message };
}
