/** The best bid and ask of the picked bot's symbol, asked for every so many seconds, so many times. */

import { Button } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { MarketTick } from '../../../../contract/market.ts';
import { useServices } from '../../../app/services.tsx';
import { NumberField } from '../../../ui/form/number-field.tsx';
import { decimalsFor, formatPrice } from '../../../ui/format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { PlainTable, type PlainColumn } from '../../../ui/plain-table.tsx';
import { ErrorPanel } from '../../../ui/states.tsx';
import type { Submitted } from '../../../ui/submitted.ts';
import { When } from '../when.tsx';
import { createPollStore, readPoll, type PollRun, type PollStore } from './poll-store.ts';

interface TickerPanelProps {
  readonly venueId: string;
  readonly symbol: string;
}

export function TickerPanel({ venueId, symbol }: TickerPanelProps) {
  const { client } = useServices();
  const [poll] = useState(() => createPollStore({ client, venueId, symbol }));
  const run = useStore(poll, (state) => state.run);
  useEffect(() => poll.stop, [poll]);
  return (
    <Panel title="Ticker" note={noteOf(run, symbol)}>
      <PollForm poll={poll} />
      {run.status === 'failed' && (
        <div className="poll-note">
          <ErrorPanel
            title="The prices could not be read"
            sentence={run.error ?? ''}
            onRetry={poll.start}
          />
        </div>
      )}
      {run.status === 'idle' && (
        <p className="quiet poll-note">The best prices are shown here, one line each time.</p>
      )}
      {run.status === 'running' && run.ticks.length === 0 && (
        <p className="quiet poll-note" role="status">
          Waiting for the first price
        </p>
      )}
      {run.ticks.length > 0 && <Ticks run={run} />}
    </Panel>
  );
}

function noteOf({ status, ticks, of }: PollRun, symbol: string): string {
  switch (status) {
    case 'idle':
    case 'failed':
      return symbol;
    case 'running':
      return `${ticks.length} of ${of}`;
    case 'done':
      return `All ${of} have come.`;
    case 'stopped':
      return `Stopped after ${ticks.length} of ${of}.`;
  }
}

function PollForm({ poll }: { poll: PollStore }) {
  const { seconds, times, run } = useStore(poll);
  const isRunning = run.status === 'running';
  const asked = readPoll(seconds, times);
  const submit = (event: Submitted): void => {
    event.preventDefault();
    if (isRunning) poll.stop();
    else poll.start();
  };
  return (
    <form className="poll-form" aria-label="Polling" onSubmit={submit} noValidate>
      <NumberField
        label="Every"
        help="Seconds between two prices, from 1 to 3,600."
        helpSide="top"
        unit="s"
        whole
        min={1}
        max={3_600}
        step={1}
        value={seconds}
        error={readPoll(seconds, 1) === null ? 'From 1 to 3,600.' : undefined}
        onChange={(entry) => poll.change({ seconds: entry })}
      />
      <NumberField
        label="Times"
        help="How many prices, from 1 to 1,000."
        helpSide="top"
        unit="×"
        whole
        min={1}
        max={1_000}
        step={1}
        value={times}
        error={readPoll(1, times) === null ? 'From 1 to 1,000.' : undefined}
        onChange={(entry) => poll.change({ times: entry })}
      />
      {isRunning ? (
        <Button
          type="submit"
          variant="default"
          leftSection={<IconPlayerStop size={14} aria-hidden="true" />}
        >
          Stop polling
        </Button>
      ) : (
        <Button
          type="submit"
          variant="default"
          disabled={asked === null}
          leftSection={<IconPlayerPlay size={14} aria-hidden="true" />}
        >
          {asked === null
            ? 'Start polling'
            : `Start polling ${asked.everySeconds} s × ${asked.times}`}
        </Button>
      )}
    </form>
  );
}

function Ticks({ run: { ticks, of, status } }: { run: PollRun }) {
  const decimals = decimalsFor(ticks.flatMap(({ bid, ask }) => [bid, ask]));
  return (
    <div className="poll-ticks" data-stale={status !== 'running'}>
      <PlainTable
        label="Prices that came"
        rows={ticks}
        rowId={({ count }) => String(count)}
        columns={columnsOf(of, decimals)}
      />
    </div>
  );
}

function columnsOf(of: number, decimals: number): readonly PlainColumn<MarketTick>[] {
  return [
    { title: 'Time', cell: ({ time }) => <When time={time} isClock /> },
    { title: 'Bid', align: 'end', cell: ({ bid }) => formatPrice(bid, decimals) },
    { title: 'Ask', align: 'end', cell: ({ ask }) => formatPrice(ask, decimals) },
    {
      title: 'No.',
      align: 'end',
      cell: ({ count }) => (
        <>
          {count}
          <span className="unit"> of {of}</span>
        </>
      ),
    },
  ];
}
