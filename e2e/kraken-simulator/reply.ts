/** What a call answers: a result, or one of Kraken's own sentences on why not. */

export type Reply<T = unknown> =
  | { readonly ok: true; readonly result: T }
  | { readonly ok: false; readonly error: string };

export type Refused = Extract<Reply, { readonly ok: false }>;

export function answered<T>(result: T): Reply<T> {
  return { ok: true, result };
}

export function refused(error: string): Refused {
  return { ok: false, error };
}

export const ERRORS = {
  invalidKey: 'EAPI:Invalid key',
  invalidSignature: 'EAPI:Invalid signature',
  invalidNonce: 'EAPI:Invalid nonce',
  rateLimit: 'EAPI:Rate limit exceeded',
  lockout: 'EGeneral:Temporary lockout',
  permissionDenied: 'EGeneral:Permission denied',
  unknownMethod: 'EGeneral:Unknown method',
  invalidArguments: 'EGeneral:Invalid arguments',
  unavailable: 'EService:Unavailable',
  backendTimeout: 'EService:Timeout',
  deadlineElapsed: 'EService:Deadline elapsed',
  unknownPair: 'EQuery:Unknown asset pair',
  unknownAsset: 'EQuery:Unknown asset',
  unknownOrder: 'EOrder:Unknown order',
  invalidOrder: 'EOrder:Invalid order',
  orderMinimum: 'EOrder:Order minimum not met',
  costMinimum: 'EOrder:Cost minimum not met',
  tickSize: 'EOrder:Tick size check failed',
  insufficientFunds: 'EOrder:Insufficient funds',
  postOnly: 'EOrder:Post only order',
  // Kraken documents that it checks this, not in which words it says so.
  clientIdInUse: 'EOrder:cl_ord_id already in use',
} as const;

export function invalid(argument: string): Refused {
  return refused(`${ERRORS.invalidArguments}:${argument}`);
}
