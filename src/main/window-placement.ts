/** Where a window was, and whether that is still a place on the desktop. */

/** In device-independent pixels, as Electron counts. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Placement {
  /** When it is not maximised. */
  readonly bounds: Rectangle;
  readonly isMaximised: boolean;
}

/** Options for a new window; without a position the system centres it. */
export interface WindowPlace {
  readonly width: number;
  readonly height: number;
  readonly x?: number;
  readonly y?: number;
}

/** So much of the title bar must be seen that a person can take hold of it. */
const HANDLE = { width: 100, height: 20 } as const;
const TITLE_BAR_HEIGHT = 32;

/** @param workAreas - Of every display that is there now, the main one first. */
export function placeOn({ bounds }: Placement, workAreas: readonly Rectangle[]): WindowPlace {
  const titleBar = { ...bounds, height: TITLE_BAR_HEIGHT };
  const area = workAreas.find((candidate) => isWithinReach(titleBar, candidate));
  if (area !== undefined) return { ...sizeWithin(bounds, area), x: bounds.x, y: bounds.y };
  const [main] = workAreas;
  return main === undefined ? sizeOf(bounds) : sizeWithin(bounds, main);
}

function isWithinReach(titleBar: Rectangle, area: Rectangle): boolean {
  return (
    overlap(titleBar.x, titleBar.width, area.x, area.width) >= HANDLE.width &&
    overlap(titleBar.y, titleBar.height, area.y, area.height) >= HANDLE.height
  );
}

function overlap(start: number, length: number, otherStart: number, otherLength: number): number {
  return Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);
}

function sizeOf({ width, height }: Rectangle): WindowPlace {
  return { width, height };
}

function sizeWithin({ width, height }: Rectangle, area: Rectangle): WindowPlace {
  return { width: Math.min(width, area.width), height: Math.min(height, area.height) };
}

/** @returns `null` for a text that is no placement. */
export function parsePlacement(text: string): Placement | null {
  const parsed = parseJson(text);
  if (!isRecord(parsed) || typeof parsed['isMaximised'] !== 'boolean') return null;
  const bounds = parsed['bounds'];
  return isRectangle(bounds) ? { bounds, isMaximised: parsed['isMaximised'] } : null;
}

function isRectangle(value: unknown): value is Rectangle {
  if (!isRecord(value)) return false;
  const { x, y, width, height } = value;
  return (
    [x, y, width, height].every(Number.isSafeInteger) && Number(width) > 0 && Number(height) > 0
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** `undefined` for what is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
