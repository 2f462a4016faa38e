/** An order by hand: as fields hold it, as it is asked for, and as it is told in words. */

import { assertNever } from '../../../../core/domain/assert-never.ts';
import type {
  AccountKind,
  EntryAnswer,
  EntryPreviewWire,
  OrderLine,
} from '../../../../contract/trading.ts';
import { readNumber, type FormErrors } from '../../../ui/form/entries.ts';
import { ABOVE_ZERO, type NumberEntry } from '../../../ui/form/number/number-entry.ts';
import { formatAmount, formatMoney, formatPrice, unitsOf } from '../../../ui/format.ts';

export interface TicketEntries {
  /** In quote. */
  readonly amount: NumberEntry;
  readonly type: 'market' | 'limit';
  /** Prices in quote; the limit counts for a limit order only, empty stop and target attach none. */
  readonly limit: NumberEntry;
  readonly stop: NumberEntry;
  readonly target: NumberEntry;
}

export const EMPTY_TICKET: TicketEntries = {
  amount: '',
  type: 'market',
  limit: '',
  stop: '',
  target: '',
};

/** What is asked of the app, without the bot that it is asked through. */
export interface TicketOrder {
  readonly cost: number;
  readonly limit: number | null;
  readonly stop: number | null;
  readonly target: number | null;
}

export interface TicketReading {
  readonly errors: FormErrors;
  /** `null` while there are errors or the amount is empty. */
  readonly order: TicketOrder | null;
}

export function readTicket({ amount, type, limit, stop, target }: TicketEntries): TicketReading {
  // Nothing typed yet is no mistake.
  if (amount === '') return { errors: {}, order: null };
  const errors: Record<string, string> = {};
  const price = (field: keyof TicketEntries, entry: NumberEntry) =>
    entry === '' ? null : readNumber(errors, field, entry, ABOVE_ZERO);
  const order = {
    cost: readNumber(errors, 'amount', amount, ABOVE_ZERO),
    limit: type === 'market' ? null : readNumber(errors, 'limit', limit, ABOVE_ZERO),
    stop: price('stop', stop),
    target: price('target', target),
  };
  return { errors, order: Object.keys(errors).length === 0 ? order : null };
}

/** What the button does, in its words; an order of real money is asked about once more. */
export function buyWords(
  account: AccountKind,
  preview: EntryPreviewWire | null,
  quote: string,
): string {
  const amount =
    preview?.kind === 'approved' ? ` for ${formatMoney(preview.cost)} ${quote}` : ' by hand';
  return account === 'live' ? `Review: buy LIVE${amount}` : `Buy${amount} on paper`;
}

export interface Outcome {
  readonly tone: 'good' | 'bad' | 'quiet';
  readonly sentence: string;
}

/** What became of it. */
export function outcomeOf(answer: EntryAnswer): Outcome {
  if (answer.kind === 'submitted') return orderOutcome(answer.order);
  return { tone: 'bad', sentence: `Denied: ${answer.code}. ${answer.sentence}` };
}

function orderOutcome(order: OrderLine): Outcome {
  const { state, filledAmount, filledCost, note } = order;
  const { base, quote } = unitsOf(order.symbol);
  const bought = `${formatAmount(filledAmount)} ${base} for ${formatMoney(filledCost)} ${quote}`;
  const wanted = `buy ${base} for ${formatMoney(order.cost)} ${quote}${limitWords(order)}`;
  const because = note === null ? '' : ` ${note}`;
  switch (state) {
    case 'submitting':
      return { tone: 'quiet', sentence: `Sent: ${wanted}.` };
    case 'accepted':
      return { tone: 'quiet', sentence: `Open: ${wanted}.` };
    case 'unknown':
      return {
        tone: 'bad',
        sentence: 'It is not known yet whether the exchange has the order. It is being asked.',
      };
    case 'partially-filled':
      return { tone: 'quiet', sentence: `Bought ${bought} so far; the rest is open.` };
    case 'filled':
      return { tone: 'good', sentence: `Bought ${bought}.` };
    case 'cancelled':
    case 'expired':
      return {
        tone: 'quiet',
        sentence: filledAmount > 0 ? `Bought ${bought}; the rest is withdrawn.` : 'Withdrawn.',
      };
    case 'rejected':
      return { tone: 'bad', sentence: `The exchange refused the order.${because}` };
    default:
      return assertNever(state);
  }
}

function limitWords({ price }: OrderLine): string {
  return price === null ? ' at the market' : ` at ${formatPrice(price)} or less`;
}

/** Whether nothing more will become of it. */
export function isSettled(answer: EntryAnswer): boolean {
  if (answer.kind === 'denied') return true;
  const { state } = answer.order;
  return state === 'filled' || state === 'cancelled' || state === 'expired' || state === 'rejected';
}
