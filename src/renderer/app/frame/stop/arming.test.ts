import { expect, it } from 'vitest';
import type { TradingStatus } from '../../../../contract/trading.ts';
import { sampleStatus } from '../../../testing/sample-status.ts';
import { sampleBot } from '../../../features/bots/testing/sample-bots.ts';
import { armingOf } from './arming.ts';

const BOTS: TradingStatus['bots'] = [
  sampleBot(),
  sampleBot({ id: 'bot-2', status: 'stopped' }),
  sampleBot({ id: 'bot-3', status: 'paused' }),
];

it('names the bots that decide again, and says that live mode stays off', () => {
  const halted = { tradingState: 'halted', bots: BOTS } as const;
  const paper = sampleStatus({ ...halted, venue: 'Practice market' });
  const live = sampleStatus({ ...halted, mode: 'live', venue: 'Kraken', bots: [] });
  expect(armingOf([paper, live])).toEqual([
    {
      account: 'paper',
      permits: [
        'On Practice market this bot decides again: First bot (BTC/USDT).',
        'Bots by hand take orders again; those that are paused or stopped stay so.',
      ],
    },
    {
      account: 'live',
      permits: [
        'On Kraken no bot decides by itself.',
        'Live mode stays off, and nothing is bought, until you confirm it in Settings.',
      ],
    },
  ]);
});

it('counts nobody among those that decide who has no strategy', () => {
  const { settings } = sampleBot();
  const byHand = sampleBot({ settings: { ...settings, strategy: null } });
  const armed = armingOf([sampleStatus({ tradingState: 'halted', bots: [byHand] })]);
  expect(armed.flatMap(({ permits }) => permits)).toEqual([
    'On Practice market no bot decides by itself.',
    'Bots by hand take orders again; those that are paused or stopped stay so.',
  ]);
});

it('leaves out what is not stopped', () => {
  expect(armingOf([sampleStatus(), null])).toEqual([]);
});
