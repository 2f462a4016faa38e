/** When bars begin and end. Bars of all our lengths begin at whole multiples of their length since 1970, in UTC. */

import { timeframeMs, type Timeframe } from '../../core/domain/timeframe.ts';

/** Start of the bar that is forming at `time`, ms UTC. Every bar before it is closed. */
export function formingBar(timeframe: Timeframe, time: number): number {
  const length = timeframeMs(timeframe);
  return Math.floor(time / length) * length;
}

/** Start of the first bar that starts at or after `time`, ms UTC. */
export function firstBarFrom(timeframe: Timeframe, time: number): number {
  const length = timeframeMs(timeframe);
  return Math.ceil(time / length) * length;
}
