import { describe, expect, it } from 'vitest';
import { rethrow } from '../app/testing/rethrow.ts';
import { LiveClock } from '../app/trading/testing/live-clock.ts';
import { watchGlance } from './glance-watch.ts';
import { tellOfModes, tellOfNeed } from './mode-news.ts';
import { createNotify } from './notify.ts';
import { TradingStandIn } from './testing/desktop.ts';

function watching(trading: TradingStandIn) {
  const clock = new LiveClock(0);
  const { controls } = trading;
  return { clock, watch: watchGlance({ controls, clock: clock.run(), reportFault: rethrow }) };
}

function following() {
  const trading = new TradingStandIn();
  const { clock, watch } = watching(trading);
  const told: string[] = [];
  const end = tellOfModes(watch, (title, sentence) => told.push(`${title}: ${sentence}`));
  return {
    told,
    end,
    async becomes(mode: 'paper' | 'live' | 'halted') {
      trading.becomes({ mode });
      await clock.advance(1_000);
    },
  };
}

describe('a change of mode', () => {
  it('is told once, whatever made it', async () => {
    const { told, becomes } = following();
    for (const mode of ['live', 'live', 'paper', 'paper'] as const) await becomes(mode);
    expect(told).toEqual([
      'Live mode is on: Bots may spend real money, within the hard limits.',
      'Live mode went off: Nothing new is bought. Positions keep their stop-losses; the window says why.',
    ]);
  });

  it('to a halt, and out of it, is told too', async () => {
    const { told, becomes } = following();
    for (const mode of ['halted', 'paper', 'live', 'halted', 'live'] as const) await becomes(mode);
    expect(told.map((text) => text.split(':')[0])).toEqual([
      'Trading is halted',
      'Trading is armed again',
      'Live mode is on',
      'Live mode went off',
      'Trading is armed again',
    ]);
  });

  it('is no news at the start, nor after the end', async () => {
    const { told, becomes, end } = following();
    await becomes('paper');
    end();
    await becomes('halted');
    expect(told).toEqual([]);
  });
});

describe('a notification', () => {
  function notifying(isSupported: boolean, show: () => void) {
    const shown: string[] = [];
    const logged: string[] = [];
    createNotify({
      isSupported: () => isSupported,
      createNotification: ({ title, body }) => ({
        show() {
          show();
          shown.push(`${title} | ${body}`);
        },
      }),
      log: (sentence) => logged.push(sentence),
    })('Emergency stop', 'Stopped.');
    return { shown, logged };
  }

  it('is shown and written down', () => {
    expect(notifying(true, () => {})).toEqual({
      shown: ['Emergency stop | Stopped.'],
      logged: ['Emergency stop: Stopped.'],
    });
  });

  it('is at least written down where the system shows none', () => {
    expect(notifying(false, () => {})).toEqual({
      shown: [],
      logged: ['Emergency stop: Stopped.'],
    });
  });

  it('that fails stops nothing', () => {
    const { logged } = notifying(true, () => {
      throw new Error('no daemon');
    });
    expect(logged[1]).toBe('A notification could not be shown. Error: no daemon');
  });
});

describe('what waits for a person', () => {
  it('is told at the start, again when it is something else, and not while it goes on by itself', async () => {
    const trading = new TradingStandIn();
    const exposure = 'Real money is open, NOT WATCHED';
    trading.becomes({ exposure, personNeeded: 'Unlock the keys.' });
    const { clock, watch } = watching(trading);
    const told: string[] = [];
    tellOfNeed(watch, (title, sentence) => told.push(`${title}: ${sentence}`));
    for (const personNeeded of ['Unlock the keys.', null, 'Save a key.', 'Save a key.']) {
      trading.becomes({ personNeeded });
      await clock.advance(1_000);
    }
    expect(told).toEqual([`${exposure}: Unlock the keys.`, `${exposure}: Save a key.`]);
  });

  it('is nothing where nothing is open', () => {
    const { watch } = watching(new TradingStandIn());
    const told: string[] = [];
    tellOfNeed(watch, (title) => told.push(title));
    expect(told).toEqual([]);
  });
});
