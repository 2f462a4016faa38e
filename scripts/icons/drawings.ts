/** What is drawn from assets/icons/icon.svg: the app's icon, as a Mac wants it, and the tray's marks. */

export const TRAY_STATES = ['paper', 'live', 'halted'] as const;
export type TrayState = (typeof TRAY_STATES)[number];

/** Of `icon.svg`: a square of this many units. */
const SIDE = 32;

/** A Mac's icons leave a tenth free on each side (Apple's icon grid: 824 of 1024), or they look larger than others. */
const MAC_MARGIN = (SIDE * (1024 - 824)) / 824 / 2;

export function macIcon(icon: string): string {
  const side = SIDE + 2 * MAC_MARGIN;
  return svg(`${-MAC_MARGIN} ${-MAC_MARGIN} ${side} ${side}`, contentOf(icon));
}

/** Middle tones, since a panel may be light or dark. On a Mac the system colours the mark by its opacity alone. */
const COLOURS = {
  paper: { head: '#5c7cfa', sign: 'none' },
  live: { head: '#5c7cfa', sign: '#40c057' },
  halted: { head: '#f03e3e', sign: 'none' },
} as const satisfies Record<TrayState, { readonly head: string; readonly sign: string }>;

interface Shape {
  /** How the head is drawn. */
  readonly head: (path: string, colour: string) => string;
  /** What is cut out of the head. */
  readonly cut: string;
  /** What takes the place of the snout. */
  readonly sign: (colour: string) => string;
}

const filled = (path: string, colour: string): string => `<path fill="${colour}" d="${path}"/>`;
const outlined = (path: string, colour: string): string =>
  `<path fill="none" stroke="${colour}" stroke-width="2.4" stroke-linejoin="round" d="${path}"/>`;

const EYES = '<circle cx="11.5" cy="13" r="1.5"/><circle cx="20.5" cy="13" r="1.5"/>';
const SNOUT = '<rect x="11.5" y="17" width="9" height="6" rx="3"/>';
const disc = (radius: number): string => `<circle cx="16" cy="20" r="${radius}"/>`;
/** On whole pixels of a mark 16 pixels wide. */
const PAUSE = '<path d="M11.5 14h3v9h-3zM17.5 14h3v9h-3z"/>';
/** Squares the head off below the ears. */
const BLOCK = '<rect x="5.5" y="11" width="21" height="16.5" rx="2"/>';
const coloured = (shapes: string, colour: string): string => `<g fill="${colour}">${shapes}</g>`;

/** Told apart by shape alone: an outline, a head with a dot, a square with a pause. */
const SHAPES = {
  paper: {
    head: (path, colour) => outlined(path, colour) + coloured(EYES + SNOUT, colour),
    cut: '',
    sign: () => '',
  },
  live: { head: filled, cut: EYES + disc(5.2), sign: (colour) => coloured(disc(3.4), colour) },
  halted: {
    head: (path, colour) => filled(path, colour) + coloured(BLOCK, colour),
    cut: PAUSE,
    sign: () => '',
  },
} as const satisfies Record<TrayState, Shape>;

/** @param template - Black on nothing, for a Mac's menu bar. */
export function trayMark(icon: string, state: TrayState, template: boolean): string {
  const { head, cut, sign } = SHAPES[state];
  const colours = template ? { head: '#000', sign: '#000' } : COLOURS[state];
  const mask = `<mask id="m"><rect width="${SIDE}" height="${SIDE}" fill="#fff"/><g>${cut}</g></mask>`;
  const drawn = `<g mask="url(#m)">${head(headOf(icon), colours.head)}</g>`;
  // The head alone fills the mark: a tray has no room for the ground behind it.
  return svg('4 5 24 24', mask + drawn + sign(colours.sign));
}

function headOf(icon: string): string {
  const path = /<path id="head"[^>]*\sd="([^"]+)"/.exec(icon)?.[1];
  if (path === undefined) throw new Error('assets/icons/icon.svg has no path with the id "head".');
  return path;
}

function contentOf(icon: string): string {
  const content = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(icon)?.[1];
  if (content === undefined) throw new Error('assets/icons/icon.svg is not an SVG.');
  return content;
}

const svg = (viewBox: string, content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}">${content}</svg>`;
