/** Opens what keeps the stop of a profile. */

import { randomUUID } from 'node:crypto';
import type { TradingSide } from '../trading/trading-side.ts';
import { StopDesk, type StopDeskOptions } from './stop-desk.ts';
import { openStopDisk, reserveStopDisk, type StopDisk } from './stop-disk.ts';
import { StopLatch } from './stop-latch.ts';
import type { StopOrder } from './stop-order.ts';

/** @param folder absolute, of the profile; it exists @param reportFault told where no second place could be laid out, and of listeners that throw */
export function openStops(
  folder: string,
  now: () => number,
  reportFault: (error: unknown) => void,
): StopLatch {
  try {
    reserveStopDisk(folder);
  } catch (error) {
    reportFault(error);
  }
  return new StopLatch({ disk: openStopDisk(folder), newId: randomUUID, now, reportFault });
}

type StoppedSide = Pick<TradingSide, 'stopPlaces' | 'stopPressed'>;

export interface StopDeskParts extends Pick<StopDeskOptions, 'clock' | 'reportFault'> {
  readonly stops: StopLatch;
  readonly paper: StoppedSide;
  readonly live: StoppedSide;
  /** Told when a key was saved, forgotten or unlocked: what waited for one is tried at once. */
  readonly keys?: { onChange(listener: () => void): void };
}

/** Live first: that is where the money is. */
export function openStopDesk({
  stops,
  clock,
  paper,
  live,
  keys,
  reportFault,
}: StopDeskParts): StopDesk {
  const sides = [live, paper];
  const desk = new StopDesk({
    latch: stops,
    clock,
    places: () => sides.flatMap((side) => side.stopPlaces()),
    onPress: () => sides.forEach((side) => side.stopPressed()),
    reportFault,
  });
  keys?.onChange(() => desk.nudge());
  return desk;
}

/** For what keeps nothing on disk. */
export function stopsInMemory(now: () => number, reportFault: (error: unknown) => void): StopLatch {
  return new StopLatch({ disk: memoryDisk(), newId: randomUUID, now, reportFault });
}

function memoryDisk(): StopDisk {
  let kept: StopOrder | null = null;
  return {
    read: () => kept,
    write: (order) => {
      kept = order;
    },
    remove: () => {
      kept = null;
      return null;
    },
  };
}
