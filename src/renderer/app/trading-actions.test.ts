/** What a person reads after the emergency stop. */

import { describe, expect, it } from 'vitest';
import type { StopReportWire } from '../../contract/stop.ts';
import { stopSentence } from './trading-actions.ts';

const NOTHING: StopReportWire = {
  time: 0,
  flatten: false,
  state: 'carried-out',
  holds: ['paper', 'live'],
  trouble: null,
  places: [],
  cancelled: [],
  notCancelled: [],
  kept: [],
  sold: [],
  notSold: [],
};

describe('the words after a stop', () => {
  it('are short where there was nothing to withdraw', () => {
    expect(stopSentence(NOTHING)).toBe('Stopped.');
  });

  it('say what was withdrawn, what was not, and what stays', () => {
    const report = { ...NOTHING, cancelled: ['a', 'b', 'c'], notCancelled: ['d'], kept: ['e'] };
    expect(stopSentence(report)).toBe(
      'Stopped. 3 orders withdrawn. 1 order could not be: look at it on the exchange. 1 order that protects a position stays.',
    );
  });

  it('say what was sold and what is still held', () => {
    const report = { ...NOTHING, flatten: true, sold: ['BTC/USDT'], notSold: ['ETH/USDT'] };
    expect(stopSentence(report)).toBe('Stopped. Sold: BTC/USDT. Not sold yet: ETH/USDT.');
  });
});
