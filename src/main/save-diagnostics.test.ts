import { describe, expect, it } from 'vitest';
import { saveDiagnostics } from './save-diagnostics.ts';

/** A person who is asked where to, and answers. */
async function asked(filePath: string, write = (_path: string) => Promise.resolve()) {
  const proposed: (string | undefined)[] = [];
  const written: string[] = [];
  const told: string[] = [];
  await saveDiagnostics({
    dialog: {
      showSaveDialog({ defaultPath }) {
        proposed.push(defaultPath);
        return Promise.resolve({ canceled: filePath === '', filePath });
      },
    },
    folder: '/home/ann',
    now: () => Date.UTC(2026, 10, 23, 12),
    write: async (path) => {
      await write(path);
      written.push(path);
    },
    notify: (title, sentence) => void told.push(`${title}: ${sentence}`),
  });
  return { proposed, written, told };
}

describe('the diagnostics', () => {
  it('go where a person wants them', async () => {
    const { proposed, written, told } = await asked('/home/ann/piggy.json');
    expect(proposed[0]).toMatch(/ann.cryptopiggy-diagnostics-2026-11-23\.json$/);
    expect(written).toEqual(['/home/ann/piggy.json']);
    expect(told).toEqual([
      'Diagnostics saved: /home/ann/piggy.json holds no keys. Read it before you send it.',
    ]);
  });

  it('go nowhere when the person thinks better of it', async () => {
    expect(await asked('')).toMatchObject({ written: [], told: [] });
  });

  it('that cannot be written are told', async () => {
    const full = () => Promise.reject(new Error('The disk is full.'));
    expect(await asked('/home/ann/piggy.json', full)).toMatchObject({
      written: [],
      told: [
        'The diagnostics could not be saved: Choose another place for them. (The disk is full.)',
      ],
    });
  });
});
