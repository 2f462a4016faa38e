/** Generates the synthetic sample: a price series that never was, the same for the same seed. */

export interface SampleBar {
  /** Start of the bar, ms UTC. */
  readonly time: number;
  /** In hundredths of the quote currency, so that no rounding can creep in. */
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** In ten-thousandths of the base currency. */
  readonly volume: number;
}

/** Two years of hours. */
export const SAMPLE_BARS = 17_520;
export const SAMPLE_SEED = 1;

const HOUR_MS = 3_600_000;
const FIRST_TIME = Date.UTC(2023, 0, 1);
const FIRST_PRICE_CENTS = 2_000_000;

/** A stretch of market with a temper of its own: drift and volatility of the logarithm of the price, an hour. */
interface Regime {
  readonly drift: number;
  readonly volatility: number;
}

const REGIMES: readonly Regime[] = [
  { drift: 0.000_35, volatility: 0.004 },
  { drift: -0.000_4, volatility: 0.006 },
  { drift: 0.000_02, volatility: 0.002_5 },
  { drift: 0.000_1, volatility: 0.009 },
];

/** Chance that an hour begins a new regime: they last three weeks on average. */
const REGIME_CHANGE = 1 / 500;

/** Marsaglia's xorshift with 32 bits of state: uniform in [0, 1). */
function uniformSource(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** About normal, with tails that end at ±6: a sum of twelve uniforms needs no logarithm or cosine to agree on every machine. */
function normal(uniform: () => number): number {
  let sum = -6;
  for (let draw = 0; draw < 12; draw += 1) sum += uniform();
  return sum;
}

export function* sampleSeries(seed: number, bars: number): Generator<SampleBar> {
  const uniform = uniformSource(seed);
  let regime = REGIMES[0];
  let open = FIRST_PRICE_CENTS;
  for (let hour = 0; hour < bars; hour += 1) {
    if (uniform() < REGIME_CHANGE) regime = REGIMES[Math.floor(uniform() * REGIMES.length)];
    if (regime === undefined) throw new Error('There is no such regime.');
    const bar = nextBar(FIRST_TIME + hour * HOUR_MS, open, regime, uniform);
    yield bar;
    open = bar.close;
  }
}

function nextBar(
  time: number,
  open: number,
  { drift, volatility }: Regime,
  uniform: () => number,
): SampleBar {
  const move = drift + volatility * normal(uniform);
  const close = Math.max(100, Math.round(open * (1 + move)));
  const wick = (): number => Math.round(open * volatility * uniform() * 0.6);
  return {
    time,
    open,
    high: Math.max(open, close) + wick(),
    low: Math.max(1, Math.min(open, close) - wick()),
    close,
    volume: 1 + Math.round((20 + 4_000 * Math.abs(move)) * (0.5 + uniform()) * 10_000),
  };
}

/** The series as a CSV file, ending in a line feed. */
export function sampleCsv(seed: number, bars: number): string {
  const lines = ['timestamp,open,high,low,close,volume'];
  for (const { time, open, high, low, close, volume } of sampleSeries(seed, bars)) {
    const prices = [open, high, low, close].map((cents) => (cents / 100).toFixed(2));
    lines.push([time, ...prices, (volume / 10_000).toFixed(4)].join(','));
  }
  return `${lines.join('\n')}\n`;
}
