/** What a person does on the Backtest screen, each ending in a sentence or `null` when all went well. */

import type { ExportedFile, ExportFormat, RunInfo } from '../../../contract/backtest.ts';
import type { Contract } from '../../../contract/contract.ts';
import type { ContractResult } from '../../../contract/errors.ts';
import type { ContractClient } from '../../../contract/rpc/client-types.ts';
import type { CandleFile } from './upload/upload-store.ts';
import { readForm, type FormContext } from './form/form-model.ts';
import type { BacktestStores } from './stores.ts';
import { valueOf } from '../../app/loadable.ts';

/** What was chosen in the form, as far as the app has told. */
function formContext({ form, sources, strategies }: BacktestStores): FormContext {
  const { sourceId, strategy } = form.getState().values;
  const known = valueOf(sources.getState().sources) ?? [];
  const offered = valueOf(strategies.getState().strategies) ?? [];
  return {
    source: known.find(({ id }) => id === sourceId) ?? null,
    strategy: offered.find(({ name }) => name === strategy) ?? null,
  };
}

export interface BacktestActions {
  /** Starts what the form asks and shows the run; errors show in the form. */
  start(): Promise<void>;
  /** Imports a file and chooses it in the form; errors show in the upload's panel. */
  importFile(file: CandleFile): Promise<void>;
  cancel(runId: string): Promise<string | null>;
  rename(runId: string, name: string): Promise<string | null>;
  remove(runId: string): Promise<string | null>;
  removeSource(sourceId: string): Promise<string | null>;
  exportRun(runId: string, format: ExportFormat): Promise<ContractResult<ExportedFile>>;
  /** Fills the form with a kept run's settings. */
  reuse(run: RunInfo): void;
}

export function createBacktestActions(
  client: ContractClient<Contract>,
  stores: BacktestStores,
): BacktestActions {
  const { form, upload, view } = stores;

  async function start(): Promise<void> {
    if (form.getState().starting) return;
    const { request } = readForm(form.getState().values, formContext(stores));
    form.setState({ attempted: true, refusal: null });
    if (request === null) return;
    form.setState({ starting: true });
    const started = await client.call('backtest.start', request);
    form.setState({ starting: false, refusal: started.ok ? null : started.error.sentence });
    if (!started.ok) return;
    form.change({ name: '' });
    view.showRun(started.value.runId);
  }

  return {
    start,
    async importFile(file) {
      const source = await upload.upload(file);
      if (source !== null) form.chooseSource(source);
    },
    cancel: async (runId) => sentenceOf(await client.call('backtest.cancel', { runId })),
    rename: async (runId, name) =>
      sentenceOf(await client.call('backtest.rename', { runId, name })),
    remove: async (runId) => sentenceOf(await client.call('backtest.delete', { runId })),
    removeSource: async (sourceId) => sentenceOf(await client.call('candles.delete', { sourceId })),
    exportRun: (runId, format) => client.call('backtest.export', { runId, format }),
    reuse: (run) => form.reuse(run),
  };
}

function sentenceOf(result: ContractResult<unknown>): string | null {
  return result.ok ? null : result.error.sentence;
}
