/** Figures as a person reads them: thousands separated, a true minus sign, and a dash where there is no figure. */

const NO_FIGURE = '–';
const NO_BREAK_SPACE = '\u00a0';
const MINUS = '\u2212';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

export type Figure = number | null;

export interface SignOption {
  /** Whether a gain carries a plus sign. */
  readonly plus?: boolean;
}

function grouped(value: number, decimals: number, { plus = false }: SignOption = {}): string {
  const digits = Math.abs(value).toLocaleString('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  // What rounds to nothing has no sign.
  if (!/[1-9]/.test(digits)) return digits;
  if (value < 0) return `${MINUS}${digits}`;
  return plus ? `+${digits}` : digits;
}

function isFigure(value: Figure): value is number {
  return value !== null && Number.isFinite(value);
}

/** Decimals that keep `significant` digits of a figure below 1, between `least` and 8. */
function smallDecimals(magnitude: number, significant: number, least: number): number {
  if (magnitude === 0) return least;
  const leadingZeros = -Math.floor(Math.log10(magnitude)) - 1;
  return Math.min(8, Math.max(least, leadingZeros + significant));
}

/** Decimals that show two digits of the smallest prices there are. */
function smallDigits(magnitude: number): number {
  return Math.min(12, 1 - Math.floor(Math.log10(magnitude)));
}

/** An amount of quote currency, without its unit. Two decimals from 1 up, more for what is smaller. */
export function formatMoney(value: Figure, sign: SignOption = {}): string {
  if (!isFigure(value)) return NO_FIGURE;
  const magnitude = Math.abs(value);
  return grouped(value, magnitude >= 0.01 ? 2 : smallDecimals(magnitude, 2, 2), sign);
}

/** What a typed amount or price of money comes to, nothing of it rounded away: `25,000.00 USDT`, `0.00000085 USD`. */
export function exactMoney(value: number, unit: string): string {
  const digits = Math.abs(value).toLocaleString('en-US', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 20,
    minimumSignificantDigits: 1,
    maximumSignificantDigits: 15,
    roundingPriority: 'morePrecision',
  });
  return `${value < 0 ? MINUS : ''}${digits}${unit === '' ? '' : `${NO_BREAK_SPACE}${unit}`}`;
}

/** Decimals that suit prices of this magnitude: 2 for bitcoin, 8 for the smallest coins. */
export function priceDecimals(price: number): number {
  const magnitude = Math.abs(price);
  if (!Number.isFinite(magnitude) || magnitude >= 1_000) return 2;
  if (magnitude >= 10) return 3;
  if (magnitude >= 1) return 4;
  // A price is never shown as nothing.
  return Math.max(smallDecimals(magnitude, 5, 5), magnitude === 0 ? 0 : smallDigits(magnitude));
}

/** Decimals for a whole column of prices, from the middle of their magnitudes. */
export function decimalsFor(prices: Iterable<number>): number {
  let [low, high] = [Infinity, 0];
  for (const price of prices) {
    if (price > 0 && price < low) low = price;
    if (price > high) high = price;
  }
  return priceDecimals(high === 0 ? 0 : Math.sqrt(low * high));
}

/** A price in quote; give one number of decimals for a whole column, so that points line up. */
export function formatPrice(value: Figure, decimals?: number): string {
  if (!isFigure(value)) return NO_FIGURE;
  return grouped(value, decimals ?? priceDecimals(value));
}

/** An amount of base currency: six digits that count, at most eight decimals. */
export function formatAmount(value: Figure): string {
  if (!isFigure(value)) return NO_FIGURE;
  const magnitude = Math.abs(value);
  if (magnitude >= 1_000) return grouped(value, 2);
  if (magnitude >= 1) return grouped(value, 4);
  return grouped(value, smallDecimals(magnitude, 6, 6));
}

/** A fraction as a percentage with two decimals: 0.1234 is `12.34 %`. */
export function formatPercent(fraction: Figure, sign: SignOption = {}): string {
  if (!isFigure(fraction)) return NO_FIGURE;
  return `${grouped(fraction * 100, 2, sign)}${NO_BREAK_SPACE}%`;
}

/** As short as it can be told: `1.2 %`, `5 %`. */
export function formatShortPercent(fraction: Figure): string {
  if (!isFigure(fraction)) return NO_FIGURE;
  const rounded = Number((fraction * 100).toFixed(1));
  return `${grouped(rounded, Number.isInteger(rounded) ? 0 : 1)}${NO_BREAK_SPACE}%`;
}

/** A plain ratio with two decimals, such as a Sharpe ratio. */
export function formatRatio(value: Figure): string {
  return isFigure(value) ? grouped(value, 2) : NO_FIGURE;
}

export function formatCount(value: Figure): string {
  return isFigure(value) ? grouped(Math.round(value), 0) : NO_FIGURE;
}

/** A count with its noun: `1 trade`, `1,204 trades`. */
export function formatCounted(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** A volume or another large figure in four digits or fewer: `1.24 M`. */
export function formatCompact(value: Figure): string {
  if (!isFigure(value)) return NO_FIGURE;
  const magnitude = Math.abs(value);
  const step = [
    { from: 1e12, unit: 'T' },
    { from: 1e9, unit: 'B' },
    { from: 1e6, unit: 'M' },
    { from: 1e4, unit: 'k', by: 1e3 },
  ].find(({ from }) => magnitude >= from);
  if (step === undefined) return grouped(value, magnitude >= 100 || magnitude === 0 ? 0 : 2);
  const scaled = value / (step.by ?? step.from);
  return `${grouped(scaled, Math.abs(scaled) >= 100 ? 0 : 2)}${NO_BREAK_SPACE}${step.unit}`;
}

/** A figure on an axis, as short as it can be told: `20 k`, `1.5 M`, `0.25`. */
export function formatTick(value: number): string {
  const step = [
    { from: 1e12, unit: 'T' },
    { from: 1e9, unit: 'B' },
    { from: 1e6, unit: 'M' },
    { from: 1e3, unit: 'k' },
  ].find(({ from }) => Math.abs(value) >= from);
  const scaled = value / (step?.from ?? 1);
  const digits = Math.abs(scaled).toLocaleString('en-US', { maximumFractionDigits: 2 });
  const unit = step === undefined ? '' : `${NO_BREAK_SPACE}${step.unit}`;
  return `${value < 0 && digits !== '0' ? MINUS : ''}${digits}${unit}`;
}

/** `2024-03-05 14:00`, in UTC. */
export function formatDateTime(timeMs: Figure): string {
  if (!isFigure(timeMs)) return NO_FIGURE;
  const iso = new Date(timeMs).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
}

/** `2024-03-05 14:00:07`, in UTC. */
export function formatExactTime(timeMs: Figure): string {
  if (!isFigure(timeMs)) return NO_FIGURE;
  return `${formatDateTime(timeMs)}:${new Date(timeMs).toISOString().slice(17, 19)}`;
}

/** `2024-03-05`, in UTC. */
export function formatDate(timeMs: Figure): string {
  return isFigure(timeMs) ? new Date(timeMs).toISOString().slice(0, 10) : NO_FIGURE;
}

/** A range of days: `2023-01-02 to 2023-02-09`, or one day alone. */
export function formatDateRange(firstMs: number, lastMs: number): string {
  const first = formatDate(firstMs);
  const last = formatDate(lastMs);
  return first === last ? first : `${first} to ${last}`;
}

interface DurationUnit {
  readonly ms: number;
  readonly word: string;
}

const DURATION_UNITS: readonly DurationUnit[] = [
  { ms: DAY_MS, word: 'd' },
  { ms: HOUR_MS, word: 'h' },
  { ms: MINUTE_MS, word: 'min' },
  { ms: SECOND_MS, word: 's' },
];

/** A length of time in its two largest units: `12 d 4 h`. From 100 days on, in days alone. */
export function formatDuration(durationMs: Figure): string {
  if (!isFigure(durationMs) || durationMs < 0) return NO_FIGURE;
  if (durationMs >= 100 * DAY_MS) return unitText(Math.round(durationMs / DAY_MS), 'd');
  const largest = DURATION_UNITS.findIndex(({ ms }) => durationMs >= ms);
  const unit = DURATION_UNITS[largest];
  if (unit === undefined) return unitText(0, 's');
  const whole = Math.floor(durationMs / unit.ms);
  const next = DURATION_UNITS[largest + 1];
  const rest = next === undefined ? 0 : Math.floor((durationMs - whole * unit.ms) / next.ms);
  const head = unitText(whole, unit.word);
  return next === undefined || rest === 0 ? head : `${head} ${unitText(rest, next.word)}`;
}

function unitText(count: number, word: string): string {
  return `${formatCount(count)}${NO_BREAK_SPACE}${word}`;
}

/** A file's size: `1.7 MB`, in powers of 1,000. */
export function formatBytes(bytes: number): string {
  if (bytes >= 1e6) return `${grouped(bytes / 1e6, 1)}${NO_BREAK_SPACE}MB`;
  if (bytes >= 1e3) return `${grouped(bytes / 1e3, 1)}${NO_BREAK_SPACE}kB`;
  return `${grouped(bytes, 0)}${NO_BREAK_SPACE}B`;
}

/** Base and quote of `BTC/USDT`; text without a slash is all base. */
export function unitsOf(symbol: string): { readonly base: string; readonly quote: string } {
  const [base = '', quote = ''] = symbol.split('/');
  return { base, quote };
}
