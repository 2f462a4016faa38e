/** What a key may do, where its exchange tells; and the refusal of a key that could take money out. */

import { AuthenticationError, BadResponse, PermissionDenied, type Exchange } from 'ccxt';
import { callImplicit } from './implicit-call.ts';

export interface KeyRights {
  readonly canTrade: boolean;
  /** `null` where the exchange does not tell. */
  readonly canWithdraw: boolean | null;
}

export type ReadKeyRights = (exchange: Exchange) => Promise<KeyRights>;

/** The rights of the key itself; `canTrade` of the account says nothing about it. */
export const binanceRights: ReadKeyRights = async (exchange) => {
  const told = await callImplicit(exchange, 'sapiGetAccountApiRestrictions', {});
  return {
    canTrade: flag(told, 'enableSpotAndMarginTrading'),
    canWithdraw: flag(told, 'enableWithdrawals'),
  };
};

/** Binance US has had no call for the rights of a key: what it does not know it answers with 404. */
export const binanceUsRights: ReadKeyRights = async (exchange) => {
  try {
    return await binanceRights(exchange);
  } catch (error) {
    if (!(error instanceof Error && /\b404\b/.test(error.message))) throw error;
    const account = await callImplicit(exchange, 'privateGetAccount', {});
    return { canTrade: flag(account, 'canTrade'), canWithdraw: null };
  }
};

/** @throws BadResponse where the answer does not say it: nothing is taken for granted about a key */
function flag(answer: unknown, name: string): boolean {
  const value: unknown =
    typeof answer === 'object' && answer !== null ? Reflect.get(answer, name) : undefined;
  if (typeof value === 'boolean') return value;
  throw new BadResponse(`The rights of the key do not say "${name}".`);
}

/** @throws PermissionDenied for a key that cannot trade, AuthenticationError for one that can withdraw */
export function refuseUnfit({ canTrade, canWithdraw }: KeyRights): void {
  if (!canTrade) throw new PermissionDenied('The key is not allowed to trade.');
  if (canWithdraw === true) throw new CanWithdraw('The key is allowed to withdraw.');
}

/** A key that is good for more than trading. */
export class CanWithdraw extends AuthenticationError {}
