/** What the account owns, and how much of it open orders hold back. */

import { smaller, type Units } from './decimal.ts';

export interface Balance {
  readonly asset: string;
  readonly free: Units;
  readonly locked: Units;
}

export interface Account {
  /** What an order can use: with what earns rewards under another name. */
  readonly free: (asset: string) => Units;
  readonly balance: (asset: string) => Balance;
  readonly balances: () => readonly Balance[];
  /** A trade's or a commission's share; throws where it would leave less than nothing. */
  readonly change: (asset: string, by: Units) => void;
  /** Replaces what is held under this name; an amount of 0 gives it back. */
  readonly hold: (name: string, asset: string, amount: Units) => void;
  /** Moves what is free to where it earns rewards. */
  readonly reward: (asset: string, amount: Units) => void;
}

interface Hold {
  readonly asset: string;
  readonly amount: Units;
}

/** @param rewards - By coin, the name under which it earns rewards and from where orders take it as from the coin itself. */
export function createAccount(
  start: Readonly<Record<string, Units>>,
  rewards: Readonly<Record<string, string>> = {},
): Account {
  const totals = new Map(Object.entries(start));
  const holds = new Map<string, Hold>();

  const total = (asset: string): Units => totals.get(asset) ?? 0n;
  const locked = (asset: string): Units => {
    let sum = 0n;
    for (const hold of holds.values()) if (hold.asset === asset) sum += hold.amount;
    return sum;
  };
  const rewarded = (asset: string): Units => total(rewards[asset] ?? '');
  const own = (asset: string): Units => total(asset) - locked(asset);
  const balance = (asset: string): Balance => ({ asset, free: own(asset), locked: locked(asset) });

  const takeBack = (asset: string, least: Units): void => {
    const name = rewards[asset];
    const taken = name === undefined ? 0n : smaller(least - total(asset), total(name));
    if (name === undefined || taken <= 0n) return;
    totals.set(name, total(name) - taken);
    totals.set(asset, total(asset) + taken);
  };

  return {
    free: (asset) => own(asset) + rewarded(asset),
    balance,
    balances: () => [...totals.keys()].map(balance),
    change: (asset, by) => {
      takeBack(asset, -by);
      const after = total(asset) + by;
      if (after < 0n) throw new Error(`The account would owe ${asset}.`);
      totals.set(asset, after);
    },
    hold: (name, asset, amount) => {
      if (amount === 0n) holds.delete(name);
      else holds.set(name, { asset, amount });
      takeBack(asset, locked(asset));
    },
    reward: (asset, amount) => {
      const name = rewards[asset];
      if (name === undefined) throw new RangeError(`${asset} earns nothing here.`);
      if (own(asset) < amount) throw new RangeError(`There is less ${asset} than that.`);
      totals.set(asset, total(asset) - amount);
      totals.set(name, total(name) + amount);
    },
  };
}
