/** How often the disk is read for what is open: seldom, more seldom while it fails, and anew when told. */

import { expect, it } from 'vitest';
import { KeptLook } from './kept-look.ts';

function looking() {
  let [now, reads] = [1_000_000, 0];
  const disk = { isHeld: false };
  const look = new KeptLook(
    () => {
      reads += 1;
      if (disk.isHeld) throw new Error('database is locked');
      return reads;
    },
    () => now,
  );
  const after = (ms: number) => {
    now += ms;
    return look.look();
  };
  return { look, disk, after, reads: () => reads };
}

it('is good for five seconds, and for none where the clock was set back', () => {
  const { after, reads } = looking();
  for (const ms of [0, 4_999]) expect(after(ms)).toEqual({ ok: true, value: 1 });
  expect(after(1)).toEqual({ ok: true, value: 2 });
  expect(after(-1)).toEqual({ ok: true, value: 3 });
  expect(reads()).toBe(3);
});

it('is asked for every fifteen seconds where it fails, and never passes for what was read before', () => {
  const { after, disk, reads } = looking();
  after(0);
  disk.isHeld = true;
  const failed = { ok: false, error: { code: 'BOOKS_UNREADABLE', sentence: 'database is locked' } };
  for (const ms of [5_000, 14_999]) expect(after(ms)).toEqual(failed);
  expect(reads()).toBe(2);
  disk.isHeld = false;
  expect(after(1)).toEqual({ ok: true, value: 3 });
});

it('is read anew once it is told that something has changed', () => {
  const { after, look } = looking();
  after(0);
  look.forget();
  expect(after(0)).toEqual({ ok: true, value: 2 });
});
