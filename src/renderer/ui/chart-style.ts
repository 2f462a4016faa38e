/** What all recharts charts share: margins, so that axes line up, and the look of axes. */

import type { Palette } from '../app/palette.ts';
import { tickLabel, timeTicks } from './time-axis.ts';

export const CHART_MARGIN = { top: 8, right: 12, bottom: 0, left: 0 } as const;
/** Of the value axis in px: equal in charts that stand above each other. */
export const VALUE_AXIS_WIDTH = 68;

export function axisLook(palette: Palette) {
  return {
    tick: { fill: palette.quiet, fontSize: 11 },
    tickLine: false,
    axisLine: { stroke: palette.grid },
  } as const;
}

const NO_LINES = (): number[] => [];

/** Lines for values alone. Without its own generator the grid measures every label of time, to draw none of its lines. */
export function gridLook(palette: Palette) {
  return {
    stroke: palette.grid,
    vertical: false,
    verticalCoordinatesGenerator: NO_LINES,
  } as const;
}

/** A numeric axis over ms UTC, from the first to the last moment. */
export function timeAxis(first: number, last: number) {
  return {
    dataKey: 'time',
    type: 'number',
    scale: 'time',
    domain: [first, last],
    ticks: [...timeTicks(first, last, 8)],
    tickFormatter: (time: number) => tickLabel(time, last - first),
    interval: 'preserveStartEnd',
    minTickGap: 24,
  } as const;
}
