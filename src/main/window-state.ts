/** Keeps a window's place between runs, in a file of its own that is replaced as a whole. */

import { readFileSync } from 'node:fs';
import type { Clock } from '../app/trading/clock.ts';
import { replaceWhole } from '../app/vault/whole-file.ts';
import { parsePlacement, type Placement, type Rectangle } from './window-placement.ts';

export type PlaceEvent = 'resize' | 'move' | 'maximize' | 'unmaximize' | 'close';

/** What is used of Electron's `BrowserWindow`. */
export interface PlacedWindow {
  on(event: PlaceEvent, listener: () => void): unknown;
  getNormalBounds(): Rectangle;
  isMaximized(): boolean;
}

/** A window that is being moved says so sixty times a second. */
const WRITE_AFTER_MS = 500;

export interface WindowStateParts {
  /** Absolute. */
  readonly path: string;
  readonly clock: Pick<Clock, 'setTimer'>;
  readonly log: (sentence: string) => void;
}

export interface WindowState {
  /** `null` where none is kept, or none that makes sense. */
  read(): Placement | null;
  follow(window: PlacedWindow): void;
  /** Resolves when the last place is on disk, or could not be written. */
  flush(): Promise<void>;
}

export function keepWindowState({ path, clock, log }: WindowStateParts): WindowState {
  let pending: Placement | null = null;
  let callOff: (() => void) | null = null;
  let writing = Promise.resolve();

  function write(): Promise<void> {
    callOff?.();
    callOff = null;
    const placement = pending;
    pending = null;
    if (placement !== null) writing = writing.then(() => replace(placement));
    return writing;
  }

  async function replace(placement: Placement): Promise<void> {
    try {
      await replaceWhole(path, Buffer.from(JSON.stringify(placement)));
    } catch (error) {
      log(`The window's place could not be kept. ${String(error)}`);
    }
  }

  return {
    read: () => readPlacement(path, log),
    follow(window) {
      const note = (): void => {
        pending = { bounds: window.getNormalBounds(), isMaximised: window.isMaximized() };
        callOff ??= clock.setTimer(WRITE_AFTER_MS, () => void write());
      };
      window.on('resize', note);
      window.on('move', note);
      window.on('maximize', note);
      window.on('unmaximize', note);
      window.on('close', note);
    },
    flush: write,
  };
}

function readPlacement(path: string, log: (sentence: string) => void): Placement | null {
  try {
    const placement = parsePlacement(readFileSync(path, 'utf8'));
    if (placement === null)
      log(`${path} holds no place for a window; it opens where it does anew.`);
    return placement;
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isMissing) log(`The window's place could not be read. ${String(error)}`);
    return null;
  }
}
