import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StrategyInfo } from '../../../../contract/backtest.ts';
import { SAMPLE_CONFIG, sampleSource, SMA_CROSS } from '../../../testing/samples.ts';
import { defaultParams, fractionToPercent, percentToFraction } from '../../../ui/form/entries.ts';
import {
  INITIAL_VALUES,
  readForm,
  suggestName,
  valuesFromConfig,
  type FormValues,
} from './form-model.ts';

const context = { source: sampleSource(), strategy: SMA_CROSS };

function filled(part: Partial<FormValues> = {}): FormValues {
  return {
    ...INITIAL_VALUES,
    sourceId: 'sample',
    symbol: 'BTC/USDT',
    strategy: 'sma-cross',
    params: defaultParams(SMA_CROSS),
    ...part,
  };
}

const errorsOf = (part: Partial<FormValues>) => readForm(filled(part), context).errors;

describe('reading the form', () => {
  it('turns percent into fractions and takes the timeframe from the candles', () => {
    const { errors, request } = readForm(filled(), context);
    expect(errors).toEqual({});
    expect(request?.config).toEqual(SAMPLE_CONFIG);
  });

  it('asks for candles and a strategy when there are none', () => {
    const { errors, request } = readForm(INITIAL_VALUES, { source: null, strategy: null });
    expect(request).toBeNull();
    expect(Object.keys(errors)).toEqual(['sourceId', 'strategy', 'symbol']);
  });

  it('gives each wrong field its own sentence', () => {
    expect(
      errorsOf({
        symbol: 'bitcoin',
        params: { fast: 0, slow: '' },
        startingBalance: 0,
        feePercent: 100,
        slippageBps: -1,
        halfSpreadBps: 6_000,
      }),
    ).toEqual({
      symbol: expect.stringContaining('"BITCOIN" is not a symbol') as string,
      'param.fast': 'Parameter fast is 0, but must be from 1 to 500.',
      'param.slow': 'Parameter slow is "", but must be a number.',
      startingBalance: 'Must be above 0.',
      feePercent: 'Must be below 100.',
      slippageBps: 'Must be 0 or more.',
      halfSpreadBps: 'Must be 5,000 or less.',
    });
  });

  it('checks the size that is chosen, not the others', () => {
    expect(errorsOf({ sizing: 'all-in', fixedCost: '', riskPercent: '' })).toEqual({});
    expect(errorsOf({ sizing: 'fixed', fixedCost: '' })).toEqual({ fixedCost: 'Enter a number.' });
    expect(errorsOf({ sizing: 'risk', riskPercent: 101 })).toEqual({
      riskPercent: 'Must be 100 or less.',
    });
  });

  it('writes a symbol in capitals', () => {
    const { request } = readForm(filled({ symbol: ' eth/usdt ' }), context);
    expect(request?.config).toMatchObject({ symbol: 'ETH/USDT' });
  });
});

describe('parameters of every kind', () => {
  const strategy: StrategyInfo = {
    name: 'mixed',
    title: 'Mixed',
    summary: '',
    parameters: {
      level: { kind: 'number', label: '', help: '', default: 0.5, min: 0, max: 1, step: 0.1 },
      both: { kind: 'boolean', label: '', help: '', default: true },
      price: { kind: 'choice', label: '', help: '', default: 'close', options: ['open', 'close'] },
    },
  };

  it('start with their defaults and come through as they are', () => {
    const values = filled({ strategy: 'mixed', params: defaultParams(strategy) });
    const { request } = readForm(values, { ...context, strategy });
    expect(request?.config.params).toEqual({ level: 0.5, both: true, price: 'close' });
  });
});

describe('the name', () => {
  it('is suggested from what tells runs apart', () => {
    expect(suggestName(filled(), context)).toBe('Moving-average cross 10/30, BTC/USDT 1d');
    expect(suggestName(filled({ limits: false }), context)).toBe(
      'Moving-average cross 10/30, BTC/USDT 1d, limits off',
    );
  });

  it('is what was typed, where something was', () => {
    expect(readForm(filled({ name: ' Mine ' }), context).request?.name).toBe('Mine');
  });
});

describe('percent and fractions', () => {
  it('are exact where a division would not be', () => {
    expect(percentToFraction(0.07)).toBe(0.0007);
    expect(fractionToPercent(0.0007)).toBe(0.07);
    expect(percentToFraction(1e-7)).toBe(1e-9);
  });

  it('lead back to where they started', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999 }), (millionths) => {
        const fraction = millionths / 1e6;
        expect(percentToFraction(fractionToPercent(fraction))).toBe(fraction);
      }),
    );
  });

  it('a config makes a form that makes the same config', () => {
    const values = valuesFromConfig(SAMPLE_CONFIG, 'sample');
    expect(readForm(values, context).request?.config).toEqual(SAMPLE_CONFIG);
  });
});
