/** Coins in the order they were bought, each lot with what it cost; the oldest are sold first. */

import { coins, unitRatio } from './coin-units.ts';

/**
 * A difference of less than one part in this of the lot, or of the amount taken if that is larger, is no
 * coin: the lot is used up, with all that is left of its basis, and nothing is missing. Lots are exact; this
 * is for amounts that were float64 sums before they came here, like 0.30000000000000004, off by 1e-16 a
 * step. One unit in the eighth place of 99,999 coins is more than that and stays a difference.
 */
const LOT_PRECISION = 10_000_000_000_000n;

interface Lot {
  /** In coin units, as bought. */
  readonly amount: bigint;
  readonly feeUnpriced: boolean;
  /** In coin units. */
  left: bigint;
  /** In quote: what the coins that are left cost. */
  basis: number;
}

/** What was taken from the lots. */
export interface Taken {
  /** In quote: what the coins found had cost. */
  readonly basis: number;
  /** In coin units: what no lot held. */
  readonly missing: bigint;
  /** Whether the basis lacks a fee that had no price. */
  readonly feeUnpriced: boolean;
}

export class Lots {
  readonly #lots: Lot[] = [];
  /** Index of the oldest lot that holds something; a shift of the array for each lot would cost its length. */
  #oldest = 0;

  /** @param amount in coin units, above 0 @param basis in quote */
  add(amount: bigint, basis: number, feeUnpriced: boolean): void {
    this.#lots.push({ amount, feeUnpriced, left: amount, basis });
  }

  /** Takes the oldest coins. @param amount in coin units, above 0 */
  take(amount: bigint): Taken {
    let missing = amount;
    let basis = 0;
    let feeUnpriced = false;
    for (let lot = this.#lots[this.#oldest]; lot !== undefined; lot = this.#lots[this.#oldest]) {
      const crumb = (lot.amount > amount ? lot.amount : amount) / LOT_PRECISION;
      const surplus = lot.left - missing;
      feeUnpriced ||= lot.feeUnpriced;
      if (surplus > crumb) return { basis: basis + split(lot, missing), missing: 0n, feeUnpriced };
      basis += lot.basis;
      this.#oldest += 1;
      if (surplus >= -crumb) return { basis, missing: 0n, feeUnpriced };
      missing = -surplus;
    }
    return { basis, missing, feeUnpriced };
  }

  /** What has not been sold: base, and what it cost in quote. */
  held(): { readonly amount: number; readonly basis: number } {
    let left = 0n;
    let basis = 0;
    for (let index = this.#oldest; index < this.#lots.length; index += 1) {
      left += this.#lots[index]?.left ?? 0n;
      basis += this.#lots[index]?.basis ?? 0;
    }
    return { amount: coins(left), basis };
  }
}

/** @returns the basis of the part. The lot keeps the difference, so that the parts sum up to the whole. */
function split(lot: Lot, amount: bigint): number {
  const basis = lot.basis * unitRatio(amount, lot.left);
  lot.left -= amount;
  lot.basis -= basis;
  return basis;
}
