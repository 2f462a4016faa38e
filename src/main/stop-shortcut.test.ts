import { describe, expect, it } from 'vitest';
import { registerStopShortcut, STOP_SHORTCUT } from './stop-shortcut.ts';

/** A system on which shortcuts are given out by `register`. */
function system(register: () => boolean) {
  const held = new Map<string, () => void>();
  const logged: string[] = [];
  let stops = 0;
  const shortcut = registerStopShortcut({
    globalShortcut: {
      register(accelerator, action) {
        const isOurs = register();
        if (isOurs) held.set(accelerator, action);
        return isOurs;
      },
      unregister: (accelerator) => void held.delete(accelerator),
    },
    stop: () => (stops += 1),
    log: (sentence) => logged.push(sentence),
  });
  return { shortcut, held, logged, stops: () => stops };
}

describe('the shortcut for the stop', () => {
  it('stops, until the app gives it back', () => {
    const { shortcut, held, stops } = system(() => true);
    expect(shortcut.problem).toBeNull();
    held.get(STOP_SHORTCUT)?.();
    expect(stops()).toBe(1);
    shortcut.release();
    expect(held.size).toBe(0);
  });

  it.each([
    ['is taken', () => false, 'another program has it'],
    [
      'cannot be had on this system',
      () => {
        throw new Error('no portal');
      },
      'Error: no portal',
    ],
  ])('that %s is told, and nothing else fails', (_what, register, reason) => {
    const { shortcut, logged } = system(register);
    expect(shortcut.problem).toContain('stop from here');
    shortcut.release();
    expect(logged).toEqual([
      `The shortcut ${STOP_SHORTCUT} for the emergency stop could not be registered (${reason}). The tray and the window can stop.`,
    ]);
  });
});
