/** What goes wrong on demand: the other simulator's faults, and those that only Kraken has words for. */

import {
  createFaults,
  type FaultInput,
  type Faults,
  type RequestFault,
} from '../exchange-simulator/faults.ts';

/** There are no streams here for these to happen to. */
type StreamFault = 'duplicate-events' | 'reordered-events' | 'dropped-sockets';

/** As SystemStatus names them; `cancel_only` takes no orders, `post_only` none that would trade at once. */
export type MarketMode = 'online' | 'cancel_only' | 'post_only' | 'maintenance';

export interface ErrorFault {
  readonly kind: 'error';
  /** Kraken's own sentence: `EService:Busy`, `EAPI:Rate limit exceeded`. */
  readonly error: string;
  /** Whether the request took effect before it went wrong; it did not by default. */
  readonly effect?: 'before' | 'after';
  /** The requests whose path ends so; any by default. */
  readonly path?: string;
  /** Once by default. */
  readonly times?: number;
}

export type KrakenFaultInput =
  | Exclude<FaultInput, { readonly kind: StreamFault | 'maintenance' }>
  | { readonly kind: 'market-mode'; readonly mode: MarketMode }
  | ErrorFault;

export interface KrakenFaults extends Pick<Faults, 'clear' | 'skewMs' | 'matchPercent'> {
  readonly add: (fault: KrakenFaultInput) => void;
  readonly take: (method: string, path: string) => RequestFault | ErrorFault | undefined;
  readonly mode: () => MarketMode;
}

export function createKrakenFaults(): KrakenFaults {
  const shared = createFaults(() => {});
  let errors: readonly ErrorFault[] = [];
  let mode: MarketMode = 'online';

  const takeError = (path: string): ErrorFault | undefined => {
    const index = errors.findIndex((each) => path.endsWith(each.path ?? ''));
    const fault = errors[index];
    errors = errors.filter((_each, at) => at !== index);
    return fault;
  };

  return {
    add: (fault) => {
      if (fault.kind === 'market-mode') mode = fault.mode;
      else if (fault.kind === 'error') {
        errors = [...errors, ...Array.from({ length: fault.times ?? 1 }, () => fault)];
      } else shared.add(fault);
    },
    clear: () => {
      shared.clear();
      errors = [];
      mode = 'online';
    },
    take: (method, path) => takeError(path) ?? shared.takeForRequest(method, path),
    mode: () => mode,
    skewMs: shared.skewMs,
    matchPercent: shared.matchPercent,
  };
}
