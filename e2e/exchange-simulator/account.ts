/** What the account owns, and how much of it open orders hold back. */

import type { Units } from './decimal.ts';

export interface Balance {
  readonly asset: string;
  readonly free: Units;
  readonly locked: Units;
}

export interface Account {
  readonly free: (asset: string) => Units;
  readonly balance: (asset: string) => Balance;
  readonly balances: () => readonly Balance[];
  /** A trade's or a commission's share; throws where it would leave less than nothing. */
  readonly change: (asset: string, by: Units) => void;
  /** Replaces what is held under this name; an amount of 0 gives it back. */
  readonly hold: (name: string, asset: string, amount: Units) => void;
}

interface Hold {
  readonly asset: string;
  readonly amount: Units;
}

export function createAccount(start: Readonly<Record<string, Units>>): Account {
  const totals = new Map(Object.entries(start));
  const holds = new Map<string, Hold>();

  const total = (asset: string): Units => totals.get(asset) ?? 0n;
  const locked = (asset: string): Units => {
    let sum = 0n;
    for (const hold of holds.values()) if (hold.asset === asset) sum += hold.amount;
    return sum;
  };
  const free = (asset: string): Units => total(asset) - locked(asset);
  const balance = (asset: string): Balance => ({ asset, free: free(asset), locked: locked(asset) });

  return {
    free,
    balance,
    balances: () => [...totals.keys()].map(balance),
    change: (asset, by) => {
      const after = total(asset) + by;
      if (after < 0n) throw new Error(`The account would owe ${asset}.`);
      totals.set(asset, after);
    },
    hold: (name, asset, amount) => {
      if (amount === 0n) holds.delete(name);
      else holds.set(name, { asset, amount });
    },
  };
}
