import { expect, it } from 'vitest';
import { sampleBot } from '../testing/sample-bots.ts';
import { ordersFor, stateOf } from './bot-state.ts';

it('says what a bot does in a word', () => {
  expect(stateOf(sampleBot())).toMatchObject({ word: 'running', tone: 'good' });
  expect(stateOf(sampleBot({ isWarm: false }))).toMatchObject({ word: 'waiting for history' });
  expect(stateOf(sampleBot({ status: 'paused' }))).toMatchObject({ word: 'paused' });
  // A bot that asks no strategy waits for nothing.
  expect(stateOf(sampleBot({ status: 'stopped', isWarm: false }))).toMatchObject({
    word: 'stopped',
  });
});

it('says why a bot has failed, in its own sentence', () => {
  const failed = sampleBot({ status: 'failed', error: 'The strategy divided by zero.' });
  expect(stateOf(failed)).toEqual({
    word: 'failed',
    tone: 'bad',
    sentence: 'The strategy divided by zero.',
  });
});

it('offers only what makes sense now', () => {
  expect(ordersFor('running')).toEqual(['pause', 'stop']);
  expect(ordersFor('paused')).toEqual(['start', 'stop']);
  expect(ordersFor('stopped')).toEqual(['start']);
  expect(ordersFor('failed')).toEqual(['start']);
});
