/** What a person types into the download dialog, and what becomes of it. */

import { describe, expect, it } from 'vitest';
import { downloadRequest, type DownloadFields } from './download-request.ts';

const NOW = Date.UTC(2026, 0, 31);
const FIELDS: DownloadFields = {
  exchange: 'binanceus',
  symbol: 'btc/usdt ',
  timeframe: '1h',
  from: '2024-01-01',
  to: '',
};

const sentence = (change: Partial<DownloadFields>): string => {
  const request = downloadRequest({ ...FIELDS, ...change }, NOW);
  return request.ok ? '' : request.error.sentence;
};

describe('a download', () => {
  it('is asked for from the first day until now', () => {
    expect(downloadRequest(FIELDS, NOW)).toEqual({
      ok: true,
      value: {
        exchange: 'binanceus',
        symbol: 'BTC/USDT',
        timeframe: '1h',
        from: Date.UTC(2024, 0, 1),
        to: null,
      },
    });
  });

  it('has the whole of its last day', () => {
    expect(downloadRequest({ ...FIELDS, to: '2024-01-01' }, NOW)).toMatchObject({
      value: { to: Date.UTC(2024, 0, 2) },
    });
  });

  it('says what is wrong, and what to do', () => {
    expect(sentence({ symbol: 'BTC' })).toContain('as in BTC/USDT');
    expect(sentence({ from: '' })).toBe('Choose the first day.');
    expect(sentence({ from: '2027-01-01' })).toBe('The first day is still to come.');
    expect(sentence({ to: '2023-12-31' })).toBe('The last day is before the first.');
  });
});
