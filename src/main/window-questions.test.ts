import { describe, expect, it } from 'vitest';
import { DialogStandIn } from './testing/desktop.ts';
import { askAboutWindows } from './window-questions.ts';

describe('the question about a window that failed', () => {
  it('opens it anew, or leaves it, and says that trading goes on', async () => {
    const dialog = new DialogStandIn();
    const questions = askAboutWindows(dialog, () => {});
    dialog.answer = () => 'Open anew';
    expect([await questions.whileHanging(), await questions.afterCrashes()]).toEqual([true, true]);
    dialog.answer = ({ buttons }) => buttons?.[0] ?? '';
    expect([await questions.whileHanging(), await questions.afterCrashes()]).toEqual([
      false,
      false,
    ]);
    expect(dialog.asked.every(({ detail }) => detail?.startsWith('Trading does not need'))).toBe(
      true,
    );
  });

  it('leaves it where it cannot be asked', async () => {
    const dialog = new DialogStandIn();
    const logged: string[] = [];
    dialog.answer = () => Promise.reject(new Error('no display'));
    expect(await askAboutWindows(dialog, (text) => logged.push(text)).whileHanging()).toBe(false);
    expect(logged).toEqual(['The question about the window could not be asked. Error: no display']);
  });
});
