/** Runs `piggy data check`: reads kept candles again and says what is wrong and what is missing. */

import { ok, type Result } from '../core/domain/result.ts';
import { counted } from '../app/candles/field-text.ts';
import { dataFolder, type DataFolder, type DataFolderOptions } from './data-folder.ts';
import { barCount, gapLines } from './data-sentences.ts';
import { allKept, findKept, type Kept } from './kept-candles.ts';
import { usable } from './usable-folder.ts';

/** @returns the sentence to end with where something is wrong, else `null`. */
export async function check(
  names: readonly string[],
  options: DataFolderOptions,
): Promise<string | null> {
  const folder = await dataFolder(options);
  if (!folder.ok) return folder.error.sentence;
  const { value } = folder;
  const problems: string[] = [];
  const meant = await usable(value.path, () => keptOf(names, value, problems));
  if (!meant.ok) return meant.error.sentence;
  if (!meant.value.ok) return meant.value.error.sentence;
  for (const kept of meant.value.value) problems.push(...(await checkOne(kept)));
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  if (problems.length === 0) return null;
  return `${counted(problems.length, 'defect')} found. Candles that are damaged can be downloaded or imported again.`;
}

async function keptOf(
  names: readonly string[],
  folder: DataFolder,
  problems: string[],
): Promise<Result<readonly Kept[]>> {
  if (names.length === 0) return ok(await allKept(folder, (sentence) => problems.push(sentence)));
  const kept: Kept[] = [];
  for (const name of names) {
    const found = await findKept(name, folder);
    if (!found.ok) return found;
    kept.push(found.value);
  }
  return ok(kept);
}

/** Writes what there is, and answers with what is wrong. */
async function checkOne(kept: Kept): Promise<readonly string[]> {
  const problems = await kept.problems();
  const loaded = problems.length === 0 ? await kept.load() : null;
  if (loaded?.ok !== true) return problems.map((problem) => `${kept.facts.id}: ${problem}`);
  const gaps = gapLines(kept.gaps(loaded.value), kept.facts.id, Infinity);
  const lines = [`${kept.facts.id}: ${barCount(loaded.value.length)}, sound.`, ...gaps];
  process.stdout.write(`${lines.join('\n')}\n`);
  return [];
}
