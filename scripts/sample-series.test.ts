import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SAMPLE_URL } from '../src/app/candles/sample.ts';
import { SAMPLE_BARS, SAMPLE_SEED, sampleCsv, sampleSeries } from './sample-series.ts';

describe('the synthetic sample', () => {
  it('is what the script makes of its seed, to the byte', () => {
    const committed = gunzipSync(readFileSync(SAMPLE_URL)).toString();
    expect(committed).toBe(sampleCsv(SAMPLE_SEED, SAMPLE_BARS));
  });

  it('has bars that can be: hourly, low and high around open and close, something traded', () => {
    let expected = Date.UTC(2023, 0, 1);
    for (const { time, open, high, low, close, volume } of sampleSeries(SAMPLE_SEED, SAMPLE_BARS)) {
      expect(time).toBe(expected);
      expect(low > 0 && low <= Math.min(open, close) && high >= Math.max(open, close)).toBe(true);
      expect(volume).toBeGreaterThan(0);
      expected += 3_600_000;
    }
  });

  it('is another series for another seed', () => {
    expect(sampleCsv(2, 10)).not.toBe(sampleCsv(1, 10));
  });
});
