import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LiveClock } from '../app/trading/testing/live-clock.ts';
import { BrowserWindowStandIn } from './testing/desktop.ts';
import { parsePlacement, placeOn, type Rectangle } from './window-placement.ts';
import { keepWindowState } from './window-state.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'piggy-window-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function kept() {
  const path = join(folder, 'window.json');
  const clock = new LiveClock(0);
  const logged: string[] = [];
  const log = (sentence: string) => void logged.push(sentence);
  const state = keepWindowState({ path, clock: clock.run(), log });
  return { path, clock, logged, state };
}

describe("a window's place", () => {
  it('is there in the next run', async () => {
    const { state, clock } = kept();
    const standIn = new BrowserWindowStandIn({}, 1);
    state.follow(standIn.window);
    standIn.bounds = { x: 5, y: 6, width: 1_100, height: 700 };
    standIn.isMaximised = true;
    standIn.says('maximize');
    await clock.advance(500);
    await state.flush();
    expect(kept().state.read()).toEqual({ bounds: standIn.bounds, isMaximised: true });
  });

  it('is written once for a window that is being dragged, and the last place counts', async () => {
    const { path, state, clock } = kept();
    const standIn = new BrowserWindowStandIn({}, 1);
    state.follow(standIn.window);
    for (let x = 0; x < 30; x += 1) {
      standIn.bounds = { ...standIn.bounds, x };
      standIn.says('move');
      await clock.advance(10);
    }
    expect(() => readFileSync(path)).toThrow('ENOENT');
    await state.flush();
    expect(state.read()?.bounds.x).toBe(29);
  });

  it('that was never kept is no news', () => {
    const { state, logged } = kept();
    expect([state.read(), logged]).toEqual([null, []]);
  });

  it.each([
    '',
    '{',
    '[]',
    'null',
    '{"bounds":{"x":1,"y":2,"width":3,"height":0},"isMaximised":true}',
  ])('that is broken (%s) is passed over and told', (text) => {
    const { path, state, logged } = kept();
    writeFileSync(path, text);
    expect(state.read()).toBeNull();
    expect(logged).toEqual([`${path} holds no place for a window; it opens where it does anew.`]);
  });

  it('that cannot be written stops nothing', async () => {
    rmSync(folder, { recursive: true });
    const { state, logged } = kept();
    const standIn = new BrowserWindowStandIn({}, 1);
    state.follow(standIn.window);
    standIn.says('close');
    await state.flush();
    expect(logged[0]).toMatch(/^The window's place could not be kept\. .*ENOENT/);
  });

  it('is read as it was written, and nothing else is', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const placement = parsePlacement(text);
        return placement === null || parsePlacement(JSON.stringify(placement)) !== null;
      }),
    );
  });
});

const LAPTOP: Rectangle = { x: 0, y: 25, width: 1_440, height: 875 };
const SECOND: Rectangle = { x: 1_440, y: 0, width: 1_920, height: 1_080 };

const at = (bounds: Rectangle, ...displays: readonly Rectangle[]) =>
  placeOn({ bounds, isMaximised: false }, displays);

describe('the displays', () => {
  it('have the window where it was, on the second one too', () => {
    const bounds = { x: 1_500, y: 40, width: 1_280, height: 800 };
    expect(at(bounds, LAPTOP, SECOND)).toEqual(bounds);
  });

  it('of which one has gone leave the window to the system, no larger than what is left', () => {
    const bounds = { x: 1_500, y: 40, width: 1_800, height: 1_000 };
    expect(at(bounds, LAPTOP)).toEqual({ width: 1_440, height: 875 });
  });

  it.each([
    ['above', { x: 100, y: -400, width: 1_280, height: 800 }],
    ['below', { x: 100, y: 890, width: 1_280, height: 800 }],
    ['left', { x: -1_270, y: 100, width: 1_280, height: 800 }],
    ['right', { x: 1_430, y: 100, width: 1_280, height: 800 }],
  ])('do not keep a window whose title bar is out of reach: %s', (_where, bounds) => {
    expect(at(bounds, LAPTOP)).toEqual({ width: 1_280, height: 800 });
  });

  it('keep one that hangs over an edge but can be taken hold of', () => {
    expect(at({ x: -1_000, y: 100, width: 1_280, height: 800 }, LAPTOP)).toMatchObject({
      x: -1_000,
    });
  });
});
