/** What goes wrong on demand: the other simulator's faults, and those that only Kraken has words for. */

import {
  createFaults,
  decoded,
  type FaultInput,
  type Faults,
  type RequestFault,
} from '../exchange-simulator/faults.ts';

/** Binance's own, and what its streams alone can do. */
type OfBinance =
  | 'refusal'
  | 'maintenance'
  | 'duplicate-events'
  | 'reordered-events'
  | 'ended-streams'
  | 'shutdown-notice';

/** As SystemStatus names them; `cancel_only` takes no orders, `post_only` none that would trade at once, `limit_only` none at the market. */
export type MarketMode = 'online' | 'cancel_only' | 'post_only' | 'limit_only' | 'maintenance';

export interface ErrorFault {
  readonly kind: 'error';
  /** Kraken's own sentence: `EService:Busy`, `EAPI:Rate limit exceeded`. */
  readonly error: string;
  /** Whether the request took effect before it went wrong; it did not by default. */
  readonly effect?: 'before' | 'after';
  /** The requests whose path ends so; any by default. */
  readonly path?: string;
  /** Only those whose body has this in it, decoded: `type=sell`. */
  readonly having?: string;
  /** Once by default. */
  readonly times?: number;
}

export type KrakenFaultInput =
  | Exclude<FaultInput, { readonly kind: OfBinance }>
  | { readonly kind: 'market-mode'; readonly mode: MarketMode }
  | ErrorFault;

export interface KrakenFaults extends Pick<
  Faults,
  'clear' | 'skewMs' | 'matchPercent' | 'areStreamsSilent' | 'areStreamsRefused'
> {
  readonly add: (fault: KrakenFaultInput) => void;
  readonly take: (
    method: string,
    path: string,
    sent: string,
  ) => RequestFault | ErrorFault | undefined;
  readonly mode: () => MarketMode;
}

/** @param dropSockets - Ends every stream without a goodbye. */
export function createKrakenFaults(dropSockets: () => void): KrakenFaults {
  const shared = createFaults(dropSockets);
  let errors: readonly ErrorFault[] = [];
  let mode: MarketMode = 'online';

  const takeError = (path: string, sent: string): ErrorFault | undefined => {
    const index = errors.findIndex(
      (each) => path.endsWith(each.path ?? '') && decoded(sent).includes(each.having ?? ''),
    );
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
    take: (method, path, sent) =>
      takeError(path, sent) ?? shared.takeForRequest(method, path, sent),
    areStreamsSilent: shared.areStreamsSilent,
    areStreamsRefused: shared.areStreamsRefused,
    mode: () => mode,
    skewMs: shared.skewMs,
    matchPercent: shared.matchPercent,
  };
}
