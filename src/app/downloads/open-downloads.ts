/** Puts downloads together over a profile: where series are kept, what they are read from, and the shelf that shows them. */

import { AppStartError } from '../app-start-error.ts';
import { readSettings } from '../settings/app-settings.ts';
import { historyOpener, seriesFolder, type OpenHistory } from './open-history.ts';
import { SeriesShelf } from './series-shelf.ts';
import { SeriesStore } from './series-store.ts';

export interface OpenedDownloads {
  readonly store: SeriesStore;
  readonly shelf: SeriesShelf;
  readonly openHistory: OpenHistory;
}

/** @throws AppStartError where a setting is wrong */
export async function openDownloads(
  dataDir: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<OpenedDownloads> {
  const settings = await readSettings(dataDir, environment);
  if (!settings.ok) throw new AppStartError(settings.error.sentence);
  const simulatorUrl = settings.value.EXCHANGE_SIMULATOR_URL;
  const store = new SeriesStore(seriesFolder(dataDir, simulatorUrl));
  const shelf = new SeriesShelf(store, simulatorUrl !== null);
  return { store, shelf, openHistory: historyOpener(simulatorUrl) };
}
