/** Which candles: the sample or an imported file, and which pair they are of. */

import { Button, FileButton, Select, TextInput } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { valueOf } from '../../../app/loadable.ts';
import { useServices } from '../../../app/services.tsx';
import { ErrorPanel } from '../../../ui/states.tsx';
import { FieldGroup } from '../../../ui/form/field-group.tsx';
import { DownloadButton } from '../download/download-button.tsx';
import { SourceFacts } from './source-facts.tsx';
import { sourceOption } from './source-option.tsx';
import { useForm } from './use-form.ts';

export function CandleFields() {
  const { store, values, source, errors } = useForm();
  return (
    <FieldGroup
      title="Candles"
      action={
        <>
          <DownloadButton />
          <ImportButton />
        </>
      }
    >
      <SourceSelect />
      {source !== null && <SourceFacts source={source} />}
      <div className="field-pair">
        <TextInput
          label="Symbol"
          placeholder="BTC/USDT"
          required
          withAsterisk={false}
          value={values.symbol}
          error={errors['symbol']}
          onChange={(event) => store.change({ symbol: event.currentTarget.value })}
        />
        <TextInput
          label="Timeframe"
          value={source?.timeframe ?? ''}
          readOnly
          title="Told by the candles themselves."
          variant="filled"
        />
      </div>
    </FieldGroup>
  );
}

function SourceSelect() {
  const { sources } = useServices().backtest;
  const loadable = useStore(sources, (state) => state.sources);
  const { store, values, errors } = useForm();
  const known = valueOf(loadable) ?? [];
  if (loadable.status === 'failed') {
    return (
      <ErrorPanel
        title="The candles could not be listed"
        sentence={loadable.error.sentence}
        onRetry={sources.connect}
      />
    );
  }
  return (
    <Select
      aria-label="Candles"
      placeholder={loadable.status === 'loading' ? 'Loading' : 'Choose candles'}
      disabled={loadable.status === 'loading'}
      data={known.map(({ id, name }) => ({ value: id, label: name }))}
      value={values.sourceId}
      error={errors['sourceId']}
      maxDropdownHeight={320}
      renderOption={({ option }) => sourceOption(known.find(({ id }) => id === option.value))}
      onChange={(sourceId) => {
        const chosen = known.find(({ id }) => id === sourceId);
        if (chosen !== undefined) store.chooseSource(chosen);
      }}
    />
  );
}

function ImportButton() {
  const { actions, backtest } = useServices();
  const busy = useStore(backtest.upload, ({ active }) => active !== null);
  return (
    <FileButton
      onChange={(file) => {
        if (file !== null) void actions.importFile(file);
      }}
      accept=".csv,.json,.gz,text/csv,application/json,application/gzip"
      inputProps={{ 'aria-label': 'Candle file' }}
    >
      {(props) => (
        <Button
          {...props}
          variant="subtle"
          size="compact-xs"
          disabled={busy}
          title="CSV or JSON, also gzipped. You can also drop a file anywhere on this screen."
          leftSection={<IconFileImport size={14} aria-hidden="true" />}
        >
          Import file
        </Button>
      )}
    </FileButton>
  );
}
