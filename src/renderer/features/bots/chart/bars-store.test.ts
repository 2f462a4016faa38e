/** The bars of a chart: the last ones at once, one more as each closes, and what is left when the stream breaks. */

import { beforeEach, expect, it } from 'vitest';
import type { MarketBars } from '../../../../contract/market.ts';
import type { Sink } from '../../../../contract/rpc/handlers.ts';
import { FakeApp, settled } from '../../../testing/fake-app.ts';
import { sampleBars } from '../testing/sample-bots.ts';
import { createBarsStore, type BarsStore } from './bars-store.ts';

const ASKED = { venue: 'sample', symbol: 'BTC/USDT', timeframe: '1m', count: 500 } as const;

let sink: Sink<MarketBars> | null;
let store: BarsStore;

beforeEach(async () => {
  const app = new FakeApp({
    'market.bars': (_input, into) => {
      sink = into;
      return () => {
        sink = null;
      };
    },
  });
  store = createBarsStore(app.client, ASKED);
  store.connect();
  await settled();
});

it('shows the bars that have closed, and one more as it closes', async () => {
  expect(store.getState()).toEqual({ bars: null, error: null });
  sink?.push(sampleBars([1, 2]));
  await settled();
  sink?.push(sampleBars([1, 2, 3]));
  await settled();
  expect(store.getState().bars?.close).toEqual(Float64Array.of(1, 2, 3));
});

it('keeps what has come when the stream breaks, until it is asked again', async () => {
  sink?.push(sampleBars([1, 2]));
  await settled();
  sink?.end({ code: 'FEED_UNAVAILABLE', sentence: 'The exchange does not answer.' });
  await settled();
  expect(store.getState()).toEqual({
    bars: sampleBars([1, 2]),
    error: 'The exchange does not answer.',
  });
  store.connect();
  expect(store.getState().error).toBeNull();
});

it('leaves the stream when the chart is gone', async () => {
  const leave = store.connect();
  await settled();
  leave();
  await settled();
  expect(sink).toBeNull();
});
