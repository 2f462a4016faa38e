/** Runs `piggy data download`: the progress on standard error, what is kept afterwards on standard output. */

import {
  downloadSeries,
  type DownloadRequest,
  type FinishedDownload,
} from '../app/downloads/download.ts';
import { historyOpener } from '../app/downloads/open-history.ts';
import { seriesId, shownSeries, type SeriesName } from '../app/downloads/series-name.ts';
import { createProgressLine } from './data-progress.ts';
import { dataFolder, type DataFolderOptions } from './data-folder.ts';
import { barCount, gapLines, shownMoment } from './data-sentences.ts';
import { stopRequested } from './stop-requested.ts';

export interface DownloadOptions extends SeriesName, DataFolderOptions {
  readonly from: number;
  readonly to: number | 'now';
}

/** @returns the sentence to end with, or `null` when all went well. */
export async function download(options: DownloadOptions): Promise<string | null> {
  const { exchange, symbol, timeframe, from, to } = options;
  const folder = await dataFolder(options);
  if (!folder.ok) return folder.error.sentence;
  const { series: store, simulatorUrl } = folder.value;
  if (simulatorUrl !== null) note(`Note: asking the simulator at ${simulatorUrl}.`);
  const series = { exchange, symbol, timeframe };
  const request: DownloadRequest = { series, from, to: to === 'now' ? null : to };
  const progress = createProgressLine(shownSeries(series), {
    write: (text) => void process.stderr.write(text),
    isTerminal: process.stderr.isTTY,
    now: Date.now,
  });
  const history = await historyOpener(simulatorUrl)(exchange);
  const signal = stopRequested();
  const { onProgress } = progress;
  const done = await downloadSeries(request, { store, history, onProgress, signal });
  history.close();
  progress.end();
  if (!done.ok) return done.error.sentence;
  process.stdout.write(summaryOf(done.value));
  return null;
}

function summaryOf({ series, bars, pages, remark }: FinishedDownload): string {
  const { firstTime, lastTime, gaps } = series;
  const span =
    firstTime === null || lastTime === null
      ? 'no bars in that range'
      : `${barCount(series.bars)}, ${shownMoment(firstTime)} to ${shownMoment(lastTime)} UTC`;
  const news = pages === 0 ? 'Nothing new.' : `${barCount(bars)} new.`;
  const lines = [
    `${shownSeries(series)}: ${span}. ${news}`,
    ...(remark === null ? [] : [remark]),
    ...gapLines(gaps, seriesId(series)),
  ];
  return `${lines.join('\n')}\n`;
}

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}
