/** Where `piggy data` finds and keeps candles: the data folder that is meant, and the settings in it. */

import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { defaultDataDir, platformOf } from '../app/data-dir.ts';
import { seriesFolder } from '../app/downloads/open-history.ts';
import { SeriesStore } from '../app/downloads/series-store.ts';
import { readSettings } from '../app/settings/app-settings.ts';
import { ok, type Result } from '../core/domain/result.ts';
import { usable } from './usable-folder.ts';

export interface DataFolderOptions {
  readonly dataDir?: string;
}

export interface DataFolder {
  /** Absolute. */
  readonly path: string;
  readonly series: SeriesStore;
  /** Where imported files are kept. */
  readonly candles: string;
  /** In place of the exchanges; `null` where none is set. */
  readonly simulatorUrl: string | null;
}

export async function dataFolder({ dataDir }: DataFolderOptions): Promise<Result<DataFolder>> {
  const platform = platformOf(process.platform);
  const path = resolve(dataDir ?? defaultDataDir(platform, process.env, homedir()));
  const read = await usable(path, () => readSettings(path, process.env));
  if (!read.ok) return read;
  const settings = read.value;
  if (!settings.ok) return settings;
  const simulatorUrl = settings.value.EXCHANGE_SIMULATOR_URL;
  const series = new SeriesStore(seriesFolder(path, simulatorUrl));
  return ok({ path, series, candles: join(path, 'candles'), simulatorUrl });
}
