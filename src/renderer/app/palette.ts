/**
 * The colours that carry meaning, for charts that cannot read CSS variables. `styles.css` holds the same values.
 * Up and down are teal and vermilion: apart for every common kind of colour blindness, and never alone without an arrow.
 */

export interface Palette {
  readonly surface: string;
  readonly text: string;
  readonly quiet: string;
  readonly grid: string;
  readonly up: string;
  readonly down: string;
  readonly downSoft: string;
  readonly volume: string;
  /** The strategy's own curve. */
  readonly accent: string;
  /** What it is compared with. */
  readonly reference: string;
  /** Runs side by side, in order. */
  readonly runs: readonly [string, string, string, string];
}

export type SchemeName = 'light' | 'dark';

const LIGHT: Palette = {
  surface: '#ffffff',
  text: '#1a2130',
  quiet: '#576074',
  grid: '#e8ebf1',
  up: '#0a7a6c',
  down: '#b8430f',
  downSoft: 'rgba(184, 67, 15, 0.22)',
  volume: '#d3d8e1',
  accent: '#3b5bdb',
  reference: '#8a93a6',
  runs: ['#3b5bdb', '#c2570c', '#0a7a6c', '#8b3fb0'],
};

const DARK: Palette = {
  surface: '#171b24',
  text: '#e4e8f0',
  quiet: '#9aa4b5',
  grid: '#242a36',
  up: '#3cc4b0',
  down: '#f58a5b',
  downSoft: 'rgba(245, 138, 91, 0.25)',
  volume: '#343b49',
  accent: '#8fa6ff',
  reference: '#7c869a',
  runs: ['#8fa6ff', '#f5a35b', '#3cc4b0', '#d59bf0'],
};

/** Dashes tell runs apart where colours do not. */
export const RUN_DASHES = ['', '7 3', '2 3', '9 3 2 3'] as const;

export function paletteOf(scheme: SchemeName): Palette {
  return scheme === 'dark' ? DARK : LIGHT;
}
