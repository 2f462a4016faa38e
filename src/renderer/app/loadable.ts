/** Something the app is asked for: on its way, here, or refused with a reason. */

import type { ContractError, ContractResult } from '../../contract/errors.ts';

export type Loadable<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: T }
  | { readonly status: 'failed'; readonly error: ContractError };

export const LOADING = { status: 'loading' } as const;

export function loadableOf<T>(result: ContractResult<T>): Loadable<T> {
  return result.ok
    ? { status: 'ready', value: result.value }
    : { status: 'failed', error: result.error };
}

/** The value, or `null` while there is none. */
export function valueOf<T>(loadable: Loadable<T>): T | null {
  return loadable.status === 'ready' ? loadable.value : null;
}
