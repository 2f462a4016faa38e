/** An order of real money as it is told before it is confirmed, and what has changed since it was told. */

import type { EntryPreviewWire, TradingRules, TradingStatus } from '../../../contract/trading.ts';
import { formatAmount, formatMoney, formatPercent, formatPrice, unitsOf } from '../../ui/format.ts';

export interface PlanFact {
  readonly name: string;
  readonly text: string;
}

export interface OrderPlan {
  /** The words of the button: what happens, and with how much. */
  readonly confirm: string;
  /** One differs from what was shown: it is not the same order any more. */
  readonly facts: readonly PlanFact[];
  /** In quote, of now; `null` where none is known. It may move a little. */
  readonly price: number | null;
  readonly quote: string;
  /** What else there is to know, as sentences: what the risk gate changes. */
  readonly notes: readonly string[];
}

export type PlanAnswer =
  | { readonly kind: 'plan'; readonly plan: OrderPlan }
  /** It cannot be done: why, as a sentence. */
  | { readonly kind: 'refused'; readonly sentence: string };

export function refusedPlan(sentence: string): PlanAnswer {
  return { kind: 'refused', sentence };
}

/** A price that has moved by more than this part of it is told before anything is sent. */
const MOVED = 0.001;

/** What is not as it was shown, in a sentence; `null` where it is the same order at about the same price. */
export function changeBetween(shown: OrderPlan, now: OrderPlan): string | null {
  const named = new Map(shown.facts.map(({ name, text }) => [name, text]));
  const changed = now.facts.filter(({ name, text }) => named.get(name) !== text);
  const gone = shown.facts.filter(({ name }) => !now.facts.some((fact) => fact.name === name));
  const sentences = [
    ...changed.map(
      ({ name, text }) => `${name} is ${text} now; it was ${named.get(name) ?? 'none'}.`,
    ),
    ...gone.map(({ name, text }) => `${name} is none now; it was ${text}.`),
    ...(hasMoved(shown.price, now.price)
      ? [`The price is ${formatPrice(now.price)} now; it was ${formatPrice(shown.price)}.`]
      : []),
  ];
  if (sentences.length > 0) return sentences.join(' ');
  return shown.confirm === now.confirm ? null : `It is "${now.confirm}" now.`;
}

function hasMoved(from: number | null, to: number | null): boolean {
  if (from === null || to === null) return from !== to;
  return !(Math.abs(to - from) <= from * MOVED);
}

export interface PlannedEntry {
  readonly symbol: string;
  /** In quote. */
  readonly cost: number;
  readonly limit: number | null;
  readonly target: number | null;
}

/** `100.00 → capped to 50.00 USDT`, or the amount alone where the gate leaves it. */
export function sizeWords(asked: number, granted: number, quote: string): string {
  const [from, to] = [formatMoney(asked), formatMoney(granted)];
  if (from === to) return `${to} ${quote}`;
  return `${from} → ${granted < asked ? 'capped' : 'raised'} to ${to} ${quote}`;
}

type Approved = Extract<EntryPreviewWire, { kind: 'approved' }>;

/** The worst that an entry may come to, as sentences. */
export function costWords(
  { worstPrice, feeRate, cost, stop, maxLoss }: Omit<Approved, 'kind' | 'price' | 'adjustments'>,
  quote: string,
): readonly string[] {
  const fills = `It fills at ${formatPrice(worstPrice)} ${quote} or better; each fill costs a fee of ${formatPercent(feeRate)}.`;
  const lost =
    maxLoss === null || stop === null
      ? `It has no stop: all of its ${formatMoney(cost)} ${quote} can be lost.`
      : `At its stop up to ${formatMoney(maxLoss)} ${quote} can be lost, fees included; more if the price jumps over it.`;
  return [fills, lost];
}

export function entryPlan(entry: PlannedEntry, preview: EntryPreviewWire): PlanAnswer {
  if (preview.kind === 'denied') return refusedPlan(`${preview.code}: ${preview.sentence}`);
  const { symbol, cost, limit, target } = entry;
  const { base, quote } = unitsOf(symbol);
  const facts = [
    { name: 'Amount', text: sizeWords(cost, preview.cost, quote) },
    {
      name: 'Order',
      text:
        limit === null
          ? `buys ${base} at the market`
          : `buys ${base} at ${formatPrice(limit)} ${quote} or less`,
    },
    ...(preview.stop === null || limit === null
      ? []
      : [{ name: 'Stop', text: `${formatPrice(preview.stop)} ${quote}` }]),
    ...(target === null ? [] : [{ name: 'Target', text: `${formatPrice(target)} ${quote}` }]),
  ];
  // At the market the stop moves with the price, and says so there; so do the worst price and what it may cost.
  const about =
    preview.stop === null || limit !== null
      ? []
      : [`Its stop is at about ${formatPrice(preview.stop)} ${quote}.`];
  const notes = [...about, ...costWords(preview, quote), ...preview.adjustments];
  const confirm = `Buy LIVE for ${formatMoney(preview.cost)} ${quote}`;
  return { kind: 'plan', plan: { confirm, facts, price: preview.price, quote, notes } };
}

export function exitPlan(position: TradingStatus['positions'][number] | undefined): PlanAnswer {
  if (position === undefined) return refusedPlan('The position is closed already.');
  const { symbol, amount, price } = position;
  const { base, quote } = unitsOf(symbol);
  const what = `${formatAmount(amount)} ${base}`;
  const worth = amount * price;
  return {
    kind: 'plan',
    plan: {
      confirm: `Sell LIVE ${what}`,
      facts: [
        { name: 'Amount', text: what },
        { name: 'Order', text: `sells ${base} at the market` },
      ],
      price: price > 0 ? price : null,
      quote,
      notes: [
        ...(worth > 0 ? [`That is about ${formatMoney(worth)} ${quote}, before the fee.`] : []),
        'Its stop and its target are withdrawn. No limit holds a sale back.',
      ],
    },
  };
}

export function startPlan(
  bot: TradingStatus['bots'][number] | undefined,
  { today }: TradingStatus,
  { limits }: TradingRules,
): PlanAnswer {
  if (bot === undefined) return refusedPlan('The bot is not there any more.');
  const { symbol, sizing } = bot.settings;
  const { quote } = unitsOf(symbol);
  const most = `${formatMoney(limits.maxTradeUsd)} USD`;
  const entry = {
    'all-in': () => 'all that is free',
    fixed: (cost: number) => `${formatMoney(cost)} ${quote}`,
    risk: () => 'by the risk of its stop',
  };
  const each = sizing.kind === 'fixed' ? entry.fixed(sizing.cost) : entry[sizing.kind]();
  return {
    kind: 'plan',
    plan: {
      confirm: `Start LIVE, at most ${most} a trade`,
      facts: [
        { name: 'Buys and sells', text: symbol },
        { name: 'Each entry', text: `${each}, at most ${most}` },
        { name: 'Trades a day', text: `at most ${today.maxTrades} in all` },
      ],
      price: null,
      quote,
      notes: [
        `${today.trades} of today's trades are made.`,
        'It buys and sells on the exchange by itself, at once if its strategy says so, until you stop it.',
      ],
    },
  };
}
