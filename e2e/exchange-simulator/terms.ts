/** What trading costs and which markets are open, as the control port changes it. */

import { z } from 'zod';
import { ONE, parseUnits, type Units } from './decimal.ts';
import type { Exchange } from './exchange.ts';
import { MARKET_STATUSES } from './matching/status.ts';

export const feesSchema = z.strictObject({
  /** All pairs where it is left out. */
  symbol: z.string().optional(),
  /** Fractions: `0.001` is 0.1 %. */
  maker: z.string(),
  taker: z.string(),
  /** Out of what is received, always in quote or base, or in a third coin: `{"asset":"BNB"}`. */
  paidIn: z
    .union([z.enum(['received', 'quote', 'base']), z.strictObject({ asset: z.string() })])
    .optional(),
});

export type FeesInput = z.output<typeof feesSchema>;

export const statusSchema = z.strictObject({
  /** The whole exchange where it is left out. */
  symbol: z.string().optional(),
  status: z.enum(MARKET_STATUSES),
});

export type StatusInput = z.output<typeof statusSchema>;

export function changeFees(exchange: Exchange, { symbol, maker, taker, paidIn }: FeesInput): void {
  const current = symbol === undefined ? exchange.usualFees() : exchange.fees(symbol);
  const fees = { maker: fractionOf(maker), taker: fractionOf(taker) };
  if (fees.maker > fees.taker) throw new RangeError('A maker never pays more than a taker.');
  exchange.setFees(symbol, { ...fees, paidIn: paidIn ?? current.paidIn });
}

export function changeStatus(exchange: Exchange, { symbol, status }: StatusInput): void {
  if (symbol === undefined && status === 'vanished') {
    throw new RangeError('Name the pair that vanishes.');
  }
  exchange.catchUp();
  exchange.setStatus(symbol, status);
}

function fractionOf(text: string): Units {
  const value = parseUnits(text);
  if (value === undefined || value >= ONE) throw new RangeError(`${text} is no fraction.`);
  return value;
}
